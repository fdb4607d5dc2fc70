"""What a recogniser sends while somebody speaks, as unkind as real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.rehearsal.respelling import bare, punctuated, recased, respelled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

STABLE_AFTER = 0.9
"""Seconds after which a recogniser no longer changes its mind about a word."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How unkind the recogniser is; times in seconds, shares of one.

    A turn has its own ``words_per_second``, each word its own length within ``uneven``. A partial
    comes ``every`` so often, give or take ``jitter``, and knows the words that ended ``delay``
    before. Of its newest words ``wrong`` are others, right again in the next. Of the partials
    ``late`` arrive up to ``lateness`` later, ``doubled`` twice, ``swapped`` after their successor,
    ``overdue`` after the final. The final comes ``silence`` after the last word; in ``changed`` of
    the turns a word of it is another.
    """

    words_per_second: tuple[float, float] = (2.0, 3.0)
    uneven: float = 0.3
    every: float = 0.3
    jitter: float = 0.05
    delay: float = 0.1
    wrong: float = 0.3
    late: float = 0.1
    lateness: float = 0.4
    doubled: float = 0.05
    swapped: float = 0.05
    overdue: float = 0.02
    silence: float = 1.2
    changed: float = 0.05


@dataclass(frozen=True, slots=True)
class Partial:
    """What the recogniser believes; ``at`` it arrives, seconds after the turn began.

    ``right`` when it says all that the final will: the generator knows, nobody had to compare.
    """

    at: float
    sequence: int
    text: str
    stable: str
    right: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing a caller says, as it arrives; partials by the moment they do."""

    partials: tuple[Partial, ...]
    final: str
    final_at: float


class Recogniser:
    """Hears turns; what it mistakes for something else it takes from a vocabulary."""

    def __init__(self, vocabulary: Sequence[str], rates: Rates | None = None) -> None:
        self._vocabulary = vocabulary
        self._rates = rates or Rates()

    def hear(self, text: str, rng: Random) -> Turn:
        """The turn in which somebody says ``text``."""
        words = text.split()
        ends = self._ends(len(words), rng)
        final_at = ends[-1] + self._rates.silence
        changed = rng.random() < self._rates.changed
        final = list(words)
        if changed:
            place = rng.randrange(len(words))
            final[place] = self._other(words[place], rng)
        partials = self._partials(words, ends, rng, final_changed=changed)
        arrived = self._delivered(partials, final_at, rng)
        return Turn(tuple(arrived), recased(" ".join(respelled(final, rng)), rng), final_at)

    def _ends(self, count: int, rng: Random) -> list[float]:
        """When each word has been said."""
        rates = self._rates
        mean = 1 / rng.uniform(*rates.words_per_second)
        at, ends = 0.0, []
        for _ in range(count):
            at += mean * rng.uniform(1 - rates.uneven, 1 + rates.uneven)
            ends.append(at)
        return ends

    def _partials(
        self, words: Sequence[str], ends: Sequence[float], rng: Random, *, final_changed: bool
    ) -> list[Partial]:
        """A partial at each tick; the last mends the first that had every word."""
        rates, found = self._rates, list[Partial]()
        tick, known, last = rng.uniform(0, rates.every), 0, False
        while not last:
            tick += rates.every + rng.uniform(-rates.jitter, rates.jitter)
            heard = sum(end <= tick - rates.delay for end in ends)
            if not heard:
                continue
            last = known == len(words)
            believed = [
                self._other(word, rng) if place >= known and rng.random() < rates.wrong else word
                for place, word in enumerate(words[:heard])
            ]
            settled = sum(end <= tick - STABLE_AFTER for end in ends)
            right = not final_changed and believed == list(words)
            found.append(
                Partial(
                    tick,
                    len(found),
                    self._written(believed, rng),
                    self._written(believed[:settled], rng),
                    right,
                )
            )
            known = heard
        return found

    def _written(self, words: Sequence[str], rng: Random) -> str:
        return recased(punctuated(respelled([bare(word) for word in words], rng), rng), rng)

    def _other(self, word: str, rng: Random) -> str:
        same = bare(word).lower()
        return next(other for other in rng.sample(self._vocabulary, 2) if other != same)

    def _delivered(self, sent: list[Partial], final_at: float, rng: Random) -> list[Partial]:
        """The partials as the network brings them."""
        rates, arrived = self._rates, list[Partial]()
        for place, partial in enumerate(sent):
            at = partial.at
            if rng.random() < rates.late:
                at += rng.uniform(0, rates.lateness)
            if rng.random() < rates.swapped and place + 1 < len(sent):
                at = max(at, sent[place + 1].at + 0.01)
            if rng.random() < rates.overdue:
                at = final_at + rng.uniform(0.05, 0.5)
            arrived += [replace(partial, at=at)] * (2 if rng.random() < rates.doubled else 1)
        return sorted(arrived, key=lambda partial: partial.at)
