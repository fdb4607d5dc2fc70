"""Many durations in little room: counted by size, and added up in any order."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from clientsvia.latency.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable

_BITS = 6  # of a duration's figures are kept: what is told is at most 1.6 % off


class Histogram:
    """Durations in nanoseconds; percentiles are within 1.6 % of nearest rank, the longest is exact.

    PERF: a dictionary of the sizes that occur, about forty for a stage; lists of all durations
    would have to be sorted anew for each span somebody looks at.
    """

    __slots__ = ("_counts", "_longest")

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._longest = 0

    def add(self, duration: int) -> None:
        """Count a duration; one below nothing is nothing."""
        duration = max(0, duration)
        shift = max(0, duration.bit_length() - _BITS)
        size = (shift << _BITS) | (duration >> shift)
        self._counts[size] = self._counts.get(size, 0) + 1
        self._longest = max(self._longest, duration)

    def merge(self, other: Histogram) -> None:
        """Count all that another has."""
        for size, count in other._counts.items():
            self._counts[size] = self._counts.get(size, 0) + count
        self._longest = max(self._longest, other._longest)

    def __len__(self) -> int:
        """How many sizes it holds: the room it takes."""
        return len(self._counts)

    def summary(self) -> Summary:
        """The summary of at least one duration."""
        total = sum(self._counts.values())
        p50, p95, p99 = self._at(ceil(total * percent / 100) for percent in (50, 95, 99))
        return Summary(total, p50, p95, p99, self._longest)

    def _at(self, ranks: Iterable[int]) -> list[int]:
        """The durations at ascending ranks, from one."""
        sizes = iter(sorted(self._counts.items()))
        found, passed, size = [], 0, 0
        for rank in ranks:
            while passed < rank:
                size, count = next(sizes)
                passed += count
            found.append(min(self._longest, _middle(size)))
        return found


def _middle(size: int) -> int:
    shift, figures = size >> _BITS, size & ((1 << _BITS) - 1)
    return (figures << shift) + ((1 << shift) >> 1)
