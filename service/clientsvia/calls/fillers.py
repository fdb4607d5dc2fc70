"""What is said while an answer takes its time: it fits what was asked, and promises nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.words import words

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

GENERAL = ("Let me see.", "One moment, please.", "Let me check that for you.")
_PRICE = ("Let me look at the prices.", "Let me see what that costs.")
_HOURS = ("Let me look at the hours.", "Let me check when we're open.")
_VISIT = ("Let me see about that visit.", "One moment, I'm looking into that.")
_PEOPLE = ("Let me see who can help with that.", "One moment, I'm looking for the right person.")
_WORDS = (
    ("price prices cost costs charge charges fee fees rate rates expensive quote much", _PRICE),
    ("open close closed closing hours holiday holidays weekend weekends", _HOURS),
    ("appointment appointments book schedule reschedule available availability visit slot", _VISIT),
    ("who somebody someone manager owner technician doctor person department", _PEOPLE),
)
_KINDS = tuple((frozenset(known.split()), variants) for known, variants in _WORDS)
FILLERS = (*GENERAL, *_PRICE, *_HOURS, *_VISIT, *_PEOPLE)


def filler(text: str, company: Company, turn: int) -> str:
    """A sentence that fits the caller's ``text``; never the same in two turns in a row.

    In another language than English, whose words tell what is asked, a general one.
    """
    asked = frozenset(words(text)) if company.agent.language[:2] == "en" else frozenset()
    variants = next((said for known, said in _KINDS if not known.isdisjoint(asked)), GENERAL)
    return variants[turn % len(variants)]
