"""What a company can answer: its entries, searched by what a caller said."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.vocabulary import informative_words
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


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers a question; ``score`` is from 0 to 1, comparable between companies."""

    entry: KnowledgeEntry
    score: float


class Knowledge:
    """The searchable entries of one company.

    The index in the core ranks; of its best few the one wins that covers most of what was asked.
    The score is the share of the question's informative words, each weighted by its rarity, that
    an entry knows: all of it from question and keywords, part of it from the answer.
    """

    __slots__ = ("_index", "_rarity", "_weights", "entries")

    def __init__(self, entries: Iterable[KnowledgeEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.id))
        self._weights = [_word_weights(entry) for entry in self.entries]
        self._index = Index([" ".join(weights) for weights in self._weights])
        known = Counter(word for weights in self._weights for word in weights)
        self._rarity = {word: _rarity(len(self.entries), count) for word, count in known.items()}

    def best(self, text: str, threshold: float) -> Match | None:
        """The entry that answers best, or None when none reaches ``threshold``; ties by rank."""
        asked = dict.fromkeys(informative_words(text))
        if not asked:
            return None
        known = {word: self._rarity[word] for word in asked if word in self._rarity}
        whole = sum(known.values()) + self._doubt(len(asked) - len(known))
        found = self._index.search(" ".join(known), _CANDIDATES)
        matches = [
            Match(self.entries[place], _covered(known, self._weights[place]) / whole)
            for place, _ in found
        ]
        best = max(matches, key=lambda match: match.score, default=None)
        return best if best is not None and best.score >= threshold else None

    def _doubt(self, unknown: int) -> float:
        return _UNKNOWN_WEIGHT * _rarity(len(self.entries), 1) * math.pow(unknown, _MORE_UNKNOWN)


def _covered(known: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(rarity * weights.get(word, 0.0) for word, rarity in known.items())


def _word_weights(entry: KnowledgeEntry) -> dict[str, float]:
    weights = dict.fromkeys(informative_words(entry.answer), _ANSWER_WEIGHT)
    named = " ".join((entry.question, *entry.keywords))
    return weights | dict.fromkeys(informative_words(named), 1.0)


def _rarity(entries: int, containing: int) -> float:
    """How much a word tells that so many entries know (inverse document frequency, as in BM25)."""
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))
