"""The time of day: the machine's, or one that was set to begin elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)


class StartedClock:
    """A clock that was set to ``start`` (aware) when it was made, and runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._began = monotonic()

    def now(self) -> datetime:
        """The set time plus what has passed since."""
        return self._start + timedelta(seconds=monotonic() - self._began)
