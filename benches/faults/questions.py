"""What callers ask, each time with a word of its own, by which an answer is known to be theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_SYLLABLES = [first + second for first, second in product("bdgklmnprstv", "aeiou")]
MARK = re.compile(r"\bzu(?:[bdgklmnprstv][aeiou]){3}k\b", re.IGNORECASE)
"""A word that no language has, and no two questions share."""
CANARY = re.compile(r"\bxo(?:[bdgklmnprstv][aeiou]){2}m\b", re.IGNORECASE)
"""Likewise for companies: it is in the name and in every answer of its knowledge."""
QUOTED = "I understand, you asked,"
"""How the stand-in's model begins."""

TOPIC = re.compile(r"So it is for (\S+) at")
"""How an answer of the companies' knowledge ends: with the id of its entry."""

_KNOWN = {
    "price": "How much does a visit cost for {mark}?",
    "service-area": "Which areas do you serve around {mark}?",
    "estimates": "Do you give free estimates to {mark}?",
    "payment": "Can I pay by credit card, says {mark}?",
    "licence": "Are you licensed and insured, asks {mark}?",
    "who-comes": "Do I have to be at home when plumbers visit {mark}?",
}
_UNKNOWN = (
    "Does the colour of pipes matter to {mark}?",
    "Why is the pressure strange at {mark}?",
    "Did anybody ever mention {mark} before?",
    "Could marble floors suffer from {mark}?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its mark, and which entry of the company's own knowledge answers it, if any."""

    text: str
    mark: str
    topic: str

    def partials(self) -> Iterator[str]:
        """What a recogniser hears on the way."""
        words = self.text.split()
        for share in (0.4, 0.7, 1.0):
            yield " ".join(words[: max(1, round(share * len(words)))]).rstrip("?")


def questions(random: Random, known_share: float = 0.6) -> Iterator[Asked]:
    """Questions without end, none with the mark of another."""
    used: set[str] = set()
    while True:
        mark = f"zu{''.join(random.choices(_SYLLABLES, k=3))}k"
        if mark not in used:
            used.add(mark)
            known = random.random() < known_share
            topic = random.choice(list(_KNOWN)) if known else ""
            text = _KNOWN[topic] if known else random.choice(_UNKNOWN)
            yield Asked(text.format(mark=mark), mark, topic)


def canary(number: int) -> str:
    """A company's word."""
    first, second = divmod(number, len(_SYLLABLES))
    return f"Xo{_SYLLABLES[first]}{_SYLLABLES[second]}m"
