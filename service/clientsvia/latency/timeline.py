"""Where a turn's time goes: named marks on one monotonic clock."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Timeline:
    """Contiguous segments of one webhook; each mark ends the segment that began at the last one.

    Segments add up to the whole, so no time is unaccounted for. Times are in nanoseconds.

    PERF: a mark notes its moment, and whoever reads the segments subtracts: 0.2 us instead of 0.5.
    """

    __slots__ = ("_clock", "_marks", "_start")

    def __init__(self, clock: Callable[[], int] = perf_counter_ns) -> None:
        self._clock = clock
        self._start = clock()
        self._marks: list[tuple[str, int]] = []

    def mark(self, name: str) -> None:
        """End the segment ``name`` now; a name marked twice adds up."""
        self._marks.append((name, self._clock()))

    @property
    def segments(self) -> dict[str, int]:
        """The nanoseconds of each segment, in the order of their first marks."""
        segments: dict[str, int] = {}
        last = self._start
        for name, moment in self._marks:
            segments[name] = segments.get(name, 0) + moment - last
            last = moment
        return segments

    @property
    def total(self) -> int:
        """Nanoseconds from the start to the last mark."""
        return self._marks[-1][1] - self._start if self._marks else 0
