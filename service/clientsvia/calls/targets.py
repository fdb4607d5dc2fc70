"""Finds whom the caller names among those a call may be passed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.words import padded, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

BEFORE = frozenset(
    (
        "is hi hello hey can could may i get have please the to for looking give me just yes yeah "
        "no with"
    ).split()
)
AFTER = frozenset(
    (
        "there in available around free please today now right still at the moment thanks thank "
        "you department working line"
    ).split()
)


def wanted_target(text: str, company: Company) -> Target | None:
    """The transfer target the caller names first, by its name or one of its keywords."""
    found = _named(padded(words(text)), company)
    return min(found, key=lambda place: place[0], default=(0, None, ""))[1]


def asked_for(text: str, company: Company, *, offered: bool) -> Target | None:
    """The target that is all the caller speaks of: "is Maria there?", "billing please".

    A bare "billing" counts when a person was ``offered``; else it may be a question's subject.
    """
    heard = padded(words(text))
    for at, target, name in _named(heard, company):
        before, after = heard[:at].split(), heard[at + len(name) :].split()
        more = bool(before or after)
        if BEFORE.issuperset(before) and AFTER.issuperset(after) and (more or offered):
            return target
    return None


def _named(heard: str, company: Company) -> Iterator[tuple[int, Target, str]]:
    for target in company.targets:
        for called in (target.name, *target.keywords):
            name = padded(words(called))
            if (at := heard.find(name)) >= 0:
                yield at, target, name
