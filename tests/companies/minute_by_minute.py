"""The slow and obvious reference for hours: walk minute by minute and look at the wall clock.

It reads what profiles say, and shares nothing with the engine that is compared with it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays
from hypothesis import strategies as st

from clientsvia.companies.schedule import WEEKDAYS, Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MINUTE = timedelta(minutes=1)
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/St_Johns",  # half an hour off everybody else
    "Africa/Casablanca",  # clocks set around Ramadan
    "America/Santiago",  # set at midnight
    "Pacific/Apia",  # a whole day skipped in 2011
    "Asia/Kolkata",
)
Spans = list[tuple[int, int]]


def read(texts: Sequence[str]) -> Spans:
    """Minutes of the day on which shifts begin; an end past midnight is above 1440."""
    spans = []
    for text in texts:
        start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
        spans.append((start, end if end > start else end + 1440))
    return spans


def holiday_on(country: str, on: date) -> list[str]:
    label = us_holidays(country, on.year).get(on, "")
    return [name.replace(" (observed)", "") for name in label.split("; ") if name]


@cache
def us_holidays(country: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays(country, years=year).items())


def exception_on(schedule: Schedule, on: date) -> Spans | None:
    """The shortest exception that holds on a date, of those the last."""
    best, length = None, timedelta.max
    for days in schedule.exceptions:
        if days.first <= on <= days.last and days.last - days.first <= length:
            best, length = read(days.hours), days.last - days.first
    return best


def holiday_hours(schedule: Schedule, on: date) -> Spans | None:
    """What a public holiday makes of a date; None when it is as usual."""
    if schedule.holidays is None:
        return None
    names = holiday_on(schedule.holidays.country, on)
    for name in names:
        if name in schedule.holidays.hours:
            return read(schedule.holidays.hours[name])
    return None if not names or set(names) & set(schedule.holidays.open) else []


def usual_hours(schedule: Schedule, on: date) -> Spans:
    """The hours of the shortest season that holds on a date, of those the last; else weekly."""
    day, best, length = f"{on:%m-%d}", schedule.weekly, 1000
    for season in schedule.seasons:
        months = int(season.last[:2]) - int(season.first[:2])
        lasts = (months * 31 + int(season.last[3:]) - int(season.first[3:])) % 372
        over_new_year = season.first > season.last
        holds = season.first <= day, day <= season.last
        if (any(holds) if over_new_year else all(holds)) and lasts <= length:
            best, length = season.weekly, lasts
    return read(best.get(WEEKDAYS[on.weekday()], ()))


def hours_on(schedule: Schedule, on: date, company: Schedule | None = None) -> Spans:
    """The shifts that begin on a date: of a company, or of a target of a ``company``."""
    own = exception_on(schedule, on)
    if own is None:
        own = holiday_hours(schedule, on)
    if own is not None:
        return own
    usual = usual_hours(schedule, on)
    if company is None:
        return usual
    above = exception_on(company, on)
    if above is None and schedule.holidays is None:
        above = holiday_hours(company, on)
    if above is None:
        return usual
    return stretches(minutes_of(usual) & minutes_of(above))


def minutes_of(shifts: Spans) -> set[int]:
    return {minute for start, end in shifts for minute in range(start, end)}


def stretches(minutes: set[int]) -> Spans:
    starts = sorted(minute for minute in minutes if minute - 1 not in minutes)
    ends = sorted(minute + 1 for minute in minutes if minute + 1 not in minutes)
    return list(zip(starts, ends, strict=True))


def by_hand(schedule: Schedule, moment: datetime, company: Schedule | None) -> bool | None:
    """What an override says at a moment, its own before one that closes the company."""
    own, above = schedule.override, company.override if company else None
    if own and (own.until is None or moment < own.until):
        return own.state == "open"
    closed = above and above.state == "closed" and (above.until is None or moment < above.until)
    return False if closed else None


def is_open(
    schedule: Schedule, zone: ZoneInfo, company: Schedule | None = None
) -> Callable[[datetime], bool]:
    """Whether it is open at an aware moment, told from the wall clock alone."""

    @cache
    def shifts(on: date) -> Spans:
        return hours_on(schedule, on, company)

    def at(moment: datetime) -> bool:
        overridden = by_hand(schedule, moment, company)
        if overridden is not None:
            return overridden
        wall = moment.astimezone(zone)
        minute, today = wall.hour * 60 + wall.minute, wall.date()
        return any(start <= minute < end for start, end in shifts(today)) or any(
            start <= minute + 1440 < end for start, end in shifts(today - timedelta(days=1))
        )

    return at


def next_change(at: Callable[[datetime], bool], moment: datetime) -> datetime | None:
    """The first minute of the next two days at which it is not as it is at a moment."""
    now = at(moment)
    for number in range(1, 2 * 1440):
        later = moment.replace(second=0, microsecond=0) + number * MINUTE
        if at(later) is not now:
            return later
    return None


def on_turn(
    order: Sequence[str], starts: datetime, days: int, moment: datetime, zone: ZoneInfo
) -> str:
    """Whose turn it is: from well before on, whoever sees the clock reach a handover takes over."""
    turn, handover = -1, starts
    minute = (starts - timedelta(days=2)).replace(tzinfo=UTC)
    while minute <= moment:
        if minute.astimezone(zone).replace(tzinfo=None) >= handover:
            turn, handover = turn + 1, handover + timedelta(days=days)
        minute += MINUTE
    return order[turn % len(order)] if turn >= 0 else ""


def transitions(zone: str, first: int, years: int) -> list[datetime]:
    start = datetime(first, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=number) for number in range(years * 8766)]
    offsets = [(hour, hour.astimezone(ZoneInfo(zone)).utcoffset()) for hour in hours]
    return [after for (_, old), (after, new) in pairwise(offsets) if old != new]


@cache
def clock_changes(zone: str) -> list[datetime]:
    """When the clocks of a zone are set in some years; without any, a turn of the year."""
    first = 2010 if zone == "Pacific/Apia" else 2025
    return transitions(zone, first, 4) or [datetime(2026, 12, 31, tzinfo=UTC)]


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


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, list[str]]:
    drawn = draw(st.dictionaries(st.sampled_from(WEEKDAYS), spans(), max_size=7))
    return {day: written(shifts) for day, shifts in drawn.items()}


@st.composite
def schedules(draw: st.DrawFn, around: datetime, zone: str) -> Schedule | None:
    """All layers of a schedule, near a moment; None where shifts overlap, which is refused."""
    near = around.astimezone(ZoneInfo(zone)).date()
    close = st.integers(-3, 3).map(lambda number: near + timedelta(days=number))
    names = st.lists(
        st.sampled_from(("Thanksgiving Day", "Christmas Day", "New Year's Day", "Veterans Day")),
        unique=True,
        max_size=2,
    )
    fields = {
        "weekly": draw(weeks()),
        "seasons": [
            {"from": f"{draw(close):%m-%d}", "to": f"{draw(close):%m-%d}", "weekly": draw(weeks())}
            for _ in range(draw(st.integers(0, 2)))
        ],
        "holidays": draw(
            st.none()
            | st.builds(
                lambda usual, other, shifts: {
                    "country": "US",
                    "open": usual,
                    "hours": {name: written(shifts) for name in other if name not in usual},
                },
                names,
                names,
                spans(),
            )
        ),
        "exceptions": [
            {"from": min(days), "to": max(days), "hours": written(draw(spans()))}
            for days in draw(st.lists(st.tuples(close, close), max_size=3))
        ],
        "override": draw(
            st.none()
            | st.builds(
                lambda state, minutes: {
                    "state": state,
                    "until": around.replace(second=0) + timedelta(minutes=minutes),
                },
                st.sampled_from(("open", "closed")),
                st.integers(-2000, 2000),
            )
        ),
    }
    try:
        return Schedule.model_validate(fields)
    except ValueError:
        return None
