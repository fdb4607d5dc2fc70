"""How many requests a program may send."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import falcon

if TYPE_CHECKING:
    from collections.abc import Callable

PER_SECOND = 20.0
AT_ONCE = 200.0
_MOST_KEPT = 10_000


class RateLimit:
    """So many requests a second of each key, and so many of them at once, in this process."""

    def __init__(
        self,
        per_second: float = PER_SECOND,
        at_once: float = AT_ONCE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._now = now
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Count a request; raises 429 with the seconds to wait when there are too many."""
        now = self._now()
        left, at = self._left.pop(key, (self._at_once, now))
        left = min(self._at_once, left + (now - at) * self._per_second)
        taken = left >= 1
        self._left[key] = (left - 1 if taken else left, now)
        if len(self._left) > _MOST_KEPT:  # the one that is longest ago stands first
            del self._left[next(iter(self._left))]
        if not taken:
            seconds = int((1 - left) / self._per_second) + 1
            raise falcon.HTTPTooManyRequests(
                description=f"too many requests of this token: wait {seconds} seconds, and send "
                f"at most {self._per_second:g} a second",
                retry_after=seconds,
            )
