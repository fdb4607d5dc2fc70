"""Wall clocks that are set forward and back: what they show, and when they first show it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_JUST_BEFORE = timedelta(microseconds=1)


def latest_shown(local: datetime) -> datetime:
    """The latest wall time shown up to a local moment: it never goes back, unlike the clock.

    Without a zone. In the second pass of a repeated hour it is the end of the first.
    """
    if not local.fold:
        return datetime.combine(local, local.time())  # PERF: a fourth of what replace takes
    zone = local.tzinfo
    now = local.astimezone(UTC)
    changes = clock_changes(zone, now.year)
    set_back = changes[bisect_right(changes, now) - 1] - _JUST_BEFORE
    return set_back.astimezone(zone).replace(tzinfo=None)


def first_shown(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at which a zone's clock shows ``wall`` or, set forward, is past it.

    Local; ``wall`` has no zone, and no fold.
    """
    moment = datetime.combine(wall, wall.time(), zone)
    # PERF: most days no clock is set; looking for that takes a tenth of going to UTC and back.
    if wall.toordinal() not in days_of_change(zone, wall.year):
        return moment
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    skipped = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return next_change(zone, skipped).astimezone(zone)


def written(local: datetime) -> str:
    """A local moment as people read it in a log: ``Mon 2026-11-23 08:00``."""
    # PERF: strftime takes four times as long.
    wall = datetime.combine(local, local.time())
    return f"{_DAYS[local.weekday()]} {wall.isoformat(' ', 'minutes')}"


def next_change(zone: ZoneInfo, moment: datetime) -> datetime:
    """When the clocks are set next after a moment in UTC; the end of time when nobody plans it."""
    for year in (moment.year, moment.year + 1):
        changes = clock_changes(zone, year)
        if (place := bisect_right(changes, moment)) < len(changes):
            return changes[place]
    return datetime.max.replace(tzinfo=UTC)


@cache
def clock_changes(zone: ZoneInfo, year: int) -> tuple[datetime, ...]:
    """When a zone's clocks are set in a year and on the day before it, in UTC."""
    start = datetime(year, 1, 1, tzinfo=UTC) - _ONE_DAY
    days = [start + number * _ONE_DAY for number in range(366 + 2)]
    return tuple(
        _change(zone, low, high)
        for low, high in pairwise(days)
        if _offset(zone, low) != _offset(zone, high)
    )


@cache
def days_of_change(zone: ZoneInfo, year: int) -> frozenset[int]:
    """The ordinals of the local dates of a year on which its clocks may be set."""
    changes = clock_changes(zone, year)
    local = [change.astimezone(zone).date().toordinal() for change in changes]
    return frozenset(day + beside for day in local for beside in (-1, 0, 1))


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first whole second, after ``low`` and up to ``high``, at which the clocks are set."""
    before, seconds = _offset(zone, low), int((high - low).total_seconds())
    return low + timedelta(
        seconds=bisect_left(
            range(seconds), 1, key=lambda second: _offset(zone, low + second * _SECOND) != before
        )
    )


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
