"""What a company can answer: its entries, searched by what a caller said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.vocabulary import Word, informative_words
from clientsvia.telephony.search import Index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientsvia.companies.profile import KnowledgeEntry

_CANDIDATES = 8
_ANSWER_WEIGHT = 0.5
# A word that no entry knows weighs this much of one that a single entry knows; more such words add
# little, since people wrap questions in stories. Chosen on tests/companies/data/questions.yaml.
_UNKNOWN_WEIGHT = 1.3
_MORE_UNKNOWN = 0.3


@dataclass(frozen=True, slots=True)
class Entry:
    """What a company can answer: the question it wrote down, and its answer."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers a question; ``score`` is from 0 to 1, comparable between companies."""

    entry: Entry
    score: float


class Knowledge:
    """The searchable entries of one company.

    The index in the core ranks; of its best few the one wins that covers most of what was asked.
    The score is the share of the question's informative words, each weighted by its rarity, that
    an entry knows: all of it from question and keywords, part of it from the answer. An entry of
    which only the answer has something in common with the question does not answer it.

    Words of an answer stand for themselves alone, since few of them are what it is about.

    PERF: the entries that know a word are the bits of a number: 18 KB for a dozen entries, 62 KB
    in sets, and a company has one of these in every worker.
    """

    __slots__ = ("_index", "_named", "_told", "entries", "keywords")

    def __init__(self, entries: Iterable[KnowledgeEntry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.id)
        self.entries = tuple(Entry(entry.id, entry.question, entry.answer) for entry in ordered)
        self.keywords = tuple(dict.fromkeys(word for entry in ordered for word in entry.keywords))
        named = [_meanings(entry) for entry in ordered]
        told = [_stems(entry) for entry in ordered]
        self._index = Index([" ".join(a | b) for a, b in zip(named, told, strict=True)])
        self._named = _places(named)
        self._told = _places(told)

    def best(self, text: str, threshold: float) -> Match | None:
        """The entry that answers best, or None when none reaches ``threshold``; ties by rank."""
        best = max(self._found(text), key=lambda match: match.score, default=None)
        return best if best is not None and best.score >= threshold else None

    def matches(self, text: str, most: int) -> list[Match]:
        """At most so many entries that know a word of the text, those that answer best first."""
        return sorted(self._found(text), key=lambda match: -match.score)[:most]

    def _found(self, text: str) -> list[Match]:
        asked = dict.fromkeys(informative_words(text))
        known = {word: rarity for word in asked if (rarity := self._rarity(word))}
        if not known:
            return []
        whole = sum(known.values()) + self._doubt(len(asked) - len(known))
        found = self._index.search(_query(known), _CANDIDATES)
        named = [(self._named.get(word.meaning, 0), rarity) for word, rarity in known.items()]
        told = [self._told.get(word.stem, 0) for word in known]
        return [
            Match(self.entries[place], _covered(named, told, place) / whole)
            for place, _ in found
            if any(places >> place & 1 for places, _ in named)
        ]

    def _rarity(self, word: Word) -> float:
        """How much a word tells by the entries that know it (inverse document frequency)."""
        places = self._named.get(word.meaning, 0) | self._told.get(word.stem, 0)
        return _rarity(len(self.entries), places.bit_count()) if places else 0.0

    def _doubt(self, unknown: int) -> float:
        return _UNKNOWN_WEIGHT * _rarity(len(self.entries), 1) * math.pow(unknown, _MORE_UNKNOWN)


def _meanings(entry: KnowledgeEntry) -> frozenset[str]:
    """What question and keywords are about."""
    asked = informative_words(" ".join((entry.question, *entry.keywords)))
    return frozenset(word.meaning for word in asked)


def _stems(entry: KnowledgeEntry) -> frozenset[str]:
    return frozenset(word.stem for word in informative_words(entry.answer))


def _places(texts: Iterable[frozenset[str]]) -> dict[str, int]:
    """Which texts have a word: a bit for each, at its place."""
    places: dict[str, int] = {}
    for place, words in enumerate(texts):
        for word in words:
            places[word] = places.get(word, 0) | 1 << place
    return places


def _query(words: Iterable[Word]) -> str:
    return " ".join(dict.fromkeys(form for word in words for form in (word.meaning, word.stem)))


def _covered(named: Iterable[tuple[int, float]], told: Iterable[int], place: int) -> float:
    """How much of the words the entry at ``place`` knows, each weighted by its rarity."""
    return sum(
        rarity * (1.0 if places >> place & 1 else _ANSWER_WEIGHT * (answers >> place & 1))
        for (places, rarity), answers in zip(named, told, strict=True)
    )


def _rarity(entries: int, containing: int) -> float:
    """A word's weight by how many entries contain it, as in BM25."""
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))
