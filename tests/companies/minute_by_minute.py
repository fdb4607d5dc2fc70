"""The slow and obvious reference for hours: walk minute by minute and look at the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

MINUTE = timedelta(minutes=1)
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "Africa/Casablanca",  # clocks set around Ramadan
    "America/Santiago",  # set at midnight
    "Asia/Kolkata",
)
Spans = list[tuple[int, int]]


def wall_open(weekly: dict[int, Spans], dates: dict[date, Spans], moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    today, yesterday = moment.date(), moment.date() - timedelta(days=1)

    def shifts(on: date) -> Spans:
        return dates.get(on, weekly.get(on.weekday(), []))

    return any(start <= minute < end for start, end in shifts(today)) or any(
        start <= minute + 1440 < end for start, end in shifts(yesterday)
    )


def reference(
    weekly: dict[int, Spans], dates: dict[date, Spans], moment: datetime, zone: ZoneInfo
) -> tuple[bool, datetime | None]:
    is_open = wall_open(weekly, dates, moment.astimezone(zone))
    for number in range(1, 2 * 1440):
        later = moment.replace(second=0, microsecond=0) + number * MINUTE
        if wall_open(weekly, dates, later.astimezone(zone)) != is_open:
            return is_open, later
    return is_open, None


def transitions(zone: str) -> list[datetime]:
    days = [
        datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(2 * 8760)
    ]
    offsets = [(day, day.astimezone(ZoneInfo(zone)).utcoffset()) for day in days]
    return [after for (_, old), (after, new) in pairwise(offsets) if old != new]


TRANSITIONS = {zone: transitions(zone) or [datetime(2026, 12, 31, tzinfo=UTC)] for zone in ZONES}


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    # Quarters of an hour, most of them in the night, where clocks are set.
    points = draw(
        st.lists(
            st.one_of(st.integers(0, 16), st.integers(0, 95), st.integers(80, 120)),
            unique=True,
            max_size=6,
        )
    )
    points.sort()
    pairs = [(a * 15, b * 15) for a, b in zip(points[::2], points[1::2], strict=False)]
    return [(a, b) for a, b in pairs if a < 1440 and b < a + 1440]


def written(shifts: Spans) -> list[str]:
    return [
        f"{a // 60:02}:{a % 60:02}-"
        + (f"{b // 60:02}:{b % 60:02}" if b <= 1440 else f"{(b - 1440) // 60:02}:{b % 60:02}")
        for a, b in shifts
    ]
