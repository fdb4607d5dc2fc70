"""Where a turn's time goes: named marks on one monotonic clock."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Timeline:
    """Contiguous segments of one webhook; each mark ends the segment that began at the last one.

    Segments add up to the whole, so no time is unaccounted for. Times are in nanoseconds.
    """

    __slots__ = ("_clock", "_last", "segments")

    def __init__(self, clock: Callable[[], int] = perf_counter_ns) -> None:
        self._clock = clock
        self._last = clock()
        self.segments: dict[str, int] = {}

    def mark(self, name: str) -> None:
        """End the segment ``name`` now; a name marked twice adds up."""
        now = self._clock()
        self.segments[name] = self.segments.get(name, 0) + now - self._last
        self._last = now

    @property
    def total(self) -> int:
        """Nanoseconds from the start to the last mark."""
        return sum(self.segments.values())
