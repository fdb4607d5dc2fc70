"""Questions about the hours of a department or a person: "is billing open on Monday?"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

_STANDING = "the business"
"""What stands for a target in a question, so that it is understood like one about the company."""

_UNIT = r"(?: (?:department|team|desk|office|line|people|staff))?"
_REACH = r"(?:can|could|may|should) i (?:reach|call|see|meet|talk to|speak (?:to|with))"
_BEFORE = (
    r"(?:is|are|will|does|do|when|what time|if|whether|hours (?:of|for)|know|me|about"
    rf"|(?:when|what time|what days?) {_REACH})"
)
_HERE = re.compile(
    rf"(?<={_STANDING}) (?P<before>(?:(?:is|will|be|still|even|usually|normally) )*)"
    r"(?:in the office|at work|on duty|on call|available|working|around|there|in|reachable)\b"
)
_BACK = re.compile(rf"\b(?:is|will) {_STANDING} (?:be )?back(?: in)?(?: the office)?\b")
_WORKS = re.compile(rf"\b(?:(?:does|do|will) {_STANDING} work|{_REACH} {_STANDING})\b")
_HOURS = re.compile(rf"\b{_STANDING}(?:'s?)? (?:hours|schedule)\b|\bhours (?:of|for) {_STANDING}\b")


def about_a_target(clause: str, company: Company) -> tuple[Target, str] | None:
    """Whom a ``plain`` clause asks about, and the clause as if it asked about the company.

    None when no target is what it asks about: "open for an emergency" is not about who is on call.
    """
    for target, name in _names(company):
        subject = _subject(name)
        if subject.search(clause):
            return target, _as_of_company(subject.sub(rf"\g<before>{_STANDING}", clause, count=1))
    return None


def _names(company: Company) -> Iterator[tuple[Target, str]]:
    """Every name of a target, the longest first: "billing support" is not "billing"."""
    names = [
        (target, name.lower().removeprefix("the "))
        for target in company.targets
        for name in (target.name, *target.keywords)
    ]
    yield from sorted(names, key=lambda named: -len(named[1]))


@lru_cache(maxsize=1000)
def _subject(name: str) -> re.Pattern[str]:
    named = rf"(?:the |your |our |this )?{re.escape(name)}{_UNIT}"
    return re.compile(rf"(?P<before>^|\b{_BEFORE} ){named}\b")


def _as_of_company(clause: str) -> str:
    clause = _BACK.sub(f"does {_STANDING} open", clause)
    clause = _HERE.sub(r" \g<before>open", clause)
    clause = _WORKS.sub(f"is {_STANDING} open", clause)
    return _HOURS.sub("your hours", clause)
