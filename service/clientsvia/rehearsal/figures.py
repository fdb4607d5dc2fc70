"""What a rehearsal found, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING

from clientsvia.calls import deadline
from clientsvia.calls.meaning import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientsvia.rehearsal.pairs import Pair
    from clientsvia.rehearsal.speculating import Measured

MISTAKES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """A start policy over many turns; shares are of one, ``tokens_wasted`` are those of a turn.

    ``saving_vs_oracle`` is how much of the oracle's saving in the median a policy brings, None
    where the oracle saves nothing.
    """

    policy: str
    default: bool
    turns: int
    p50_ms: float
    p90_ms: float
    p99_ms: float
    saving_vs_oracle: float | None
    hit_rate: float
    generations_per_turn: float
    tokens_wasted: float
    filler_rate: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """The medians, in seconds, of who prepares nothing and of who knows what will be said."""

    none: float
    oracle: float

    def saving(self, median: float) -> float | None:
        """The share of the oracle's saving."""
        if self.none <= self.oracle:
            return None
        return (self.none - median) / (self.none - self.oracle)


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile of at least one sorted value."""
    return ordered[max(0, ceil(percent * len(ordered) / 100) - 1)]


def median(measured: Sequence[Measured]) -> float:
    """The middle one of the waits, in seconds."""
    return percentile(sorted(turn.waited for turn in measured), 50)


def figures(
    policy: str, measured: Sequence[Measured], bounds: Bounds, *, default: bool = False
) -> Figures:
    """At least one turn in figures."""
    waits = sorted(turn.waited for turn in measured)
    saving = bounds.saving(percentile(waits, 50))
    return Figures(
        policy=policy,
        default=default,
        turns=len(measured),
        p50_ms=round(percentile(waits, 50) * 1000, 1),
        p90_ms=round(percentile(waits, 90) * 1000, 1),
        p99_ms=round(percentile(waits, 99) * 1000, 1),
        saving_vs_oracle=None if saving is None else round(saving, 3),
        hit_rate=round(fmean(turn.prepared for turn in measured), 3),
        generations_per_turn=round(fmean(turn.generations for turn in measured), 2),
        tokens_wasted=round(fmean(turn.tokens_wasted for turn in measured), 1),
        filler_rate=round(fmean(turn.waited > deadline.FIRST for turn in measured), 3),
    )


@dataclass(frozen=True, slots=True)
class Matching:
    """How often the matcher took two texts for one question, beside what the labels say."""

    changed: int
    false_accepts: int
    noise: int
    noise_accepted: int
    mistakes: tuple[Pair, ...]


def judged(pairs: Iterable[Pair]) -> Matching:
    """Every pair judged by its label; the first mistakes are kept."""
    accepted = {False: 0, True: 0}
    judged_pairs = {False: 0, True: 0}
    mistakes: list[Pair] = []
    for pair in pairs:
        equal = canonical(pair.one) == canonical(pair.other)
        judged_pairs[pair.same] += 1
        accepted[pair.same] += equal
        if equal is not pair.same and len(mistakes) < MISTAKES_KEPT:
            mistakes.append(pair)
    return Matching(
        changed=judged_pairs[False],
        false_accepts=accepted[False],
        noise=judged_pairs[True],
        noise_accepted=accepted[True],
        mistakes=tuple(mistakes),
    )
