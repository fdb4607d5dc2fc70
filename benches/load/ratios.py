"""Ratios of paired rounds, with the interval that chance leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RESAMPLES = 2_000
CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Ratio:
    """A median ratio and the bounds it has at a confidence of 99 %."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f} to {self.high:.2f})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """The median of the ratios round by round, and its bootstrap interval.

    Only what was measured in one round is divided, so what slows the machine for longer than a
    round slows both. The median of resampled rounds is not moved by rounds that went wrong.
    """
    rounds = [one / other for one, other in zip(ours, theirs, strict=True)]
    random = Random(1)  # noqa: S311 - the same rounds always give the same interval
    medians = sorted(median(random.choices(rounds, k=len(rounds))) for _ in range(RESAMPLES))
    outside = int(RESAMPLES * (1 - CONFIDENCE) / 2)
    return Ratio(medians[outside], median(rounds), medians[-1 - outside])
