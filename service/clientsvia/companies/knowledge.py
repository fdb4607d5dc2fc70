"""What a company can answer: its entries, searched by what a caller said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.vocabulary import Word, informative_words
from clientsvia.telephony.search import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientsvia.companies.profile import KnowledgeEntry

_CANDIDATES = 8
_ANSWER_WEIGHT = 0.5
# A word that no entry knows weighs this much of one that a single entry knows; more such words add
# little, since people wrap questions in stories. Chosen on tests/companies/data/questions.yaml.
_UNKNOWN_WEIGHT = 1.3
_MORE_UNKNOWN = 0.3
_NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers a question; ``score`` is from 0 to 1, comparable between companies."""

    entry: KnowledgeEntry
    score: float


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of an entry: meanings in question and keywords, stems in the answer.

    Words of an answer stand for themselves alone, since few of them are what it is about.
    """

    named: frozenset[str]
    told: frozenset[str]

    @classmethod
    def of(cls, entry: KnowledgeEntry) -> _Known:
        named = informative_words(" ".join((entry.question, *entry.keywords)))
        return cls(
            frozenset(word.meaning for word in named),
            frozenset(word.stem for word in informative_words(entry.answer)),
        )

    def weight(self, word: Word) -> float:
        """How much of a word the entry knows, from 0 to 1."""
        if word.meaning in self.named:
            return 1.0
        return _ANSWER_WEIGHT if word.stem in self.told else 0.0


class Knowledge:
    """The searchable entries of one company.

    The index in the core ranks; of its best few the one wins that covers most of what was asked.
    The score is the share of the question's informative words, each weighted by its rarity, that
    an entry knows: all of it from question and keywords, part of it from the answer. An entry of
    which only the answer has something in common with the question does not answer it.
    """

    __slots__ = ("_index", "_known", "_named", "_told", "entries")

    def __init__(self, entries: Iterable[KnowledgeEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self._known = [_Known.of(entry) for entry in self.entries]
        self._index = Index([" ".join(known.named | known.told) for known in self._known])
        self._named = _places(known.named for known in self._known)
        self._told = _places(known.told for known in self._known)

    def best(self, text: str, threshold: float) -> Match | None:
        """The entry that answers best, or None when none reaches ``threshold``; ties by rank."""
        asked = dict.fromkeys(informative_words(text))
        known = {word: rarity for word in asked if (rarity := self._rarity(word))}
        if not known:
            return None
        whole = sum(known.values()) + self._doubt(len(asked) - len(known))
        found = self._index.search(_query(known), _CANDIDATES)
        matches = [
            Match(self.entries[place], _covered(known, self._known[place]) / whole)
            for place, _ in found
            if any(word.meaning in self._known[place].named for word in known)
        ]
        best = max(matches, key=lambda match: match.score, default=None)
        return best if best is not None and best.score >= threshold else None

    def _rarity(self, word: Word) -> float:
        """How much a word tells by the entries that know it (inverse document frequency)."""
        places = self._named.get(word.meaning, _NOWHERE) | self._told.get(word.stem, _NOWHERE)
        return _rarity(len(self.entries), len(places)) if places else 0.0

    def _doubt(self, unknown: int) -> float:
        return _UNKNOWN_WEIGHT * _rarity(len(self.entries), 1) * math.pow(unknown, _MORE_UNKNOWN)


def _places(texts: Iterable[frozenset[str]]) -> dict[str, set[int]]:
    """Which texts have a word, by their place."""
    places: dict[str, set[int]] = {}
    for place, words in enumerate(texts):
        for word in words:
            places.setdefault(word, set()).add(place)
    return places


def _query(words: Iterable[Word]) -> str:
    return " ".join(dict.fromkeys(form for word in words for form in (word.meaning, word.stem)))


def _covered(words: Mapping[Word, float], known: _Known) -> float:
    return sum(rarity * known.weight(word) for word, rarity in words.items())


def _rarity(entries: int, containing: int) -> float:
    """A word's weight by how many entries contain it, as in BM25."""
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))
