"""Ordinary weeks: that of the whole year and those of its seasons."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientsvia.companies.days import Day, Rule, stretches_of, turn_in
from clientsvia.companies.schedule import parse_week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.schedule import Season, Weekly

_LONGEST_MONTH = 31
_MONDAY = date(2001, 1, 1).toordinal()  # any other would do


class Week:
    """The hours of Monday to Sunday, in a season or whenever there is none.

    ``shifts`` are those that begin on a day, ``stretches`` what holds between its two midnights,
    ``turns`` when it first opens, or closes if it begins open, so that ``turns[day][is_open]``.
    """

    __slots__ = ("first", "label", "last", "rule", "shifts", "stretches", "turns")

    def __init__(self, weekly: Weekly, season: Season | None = None) -> None:
        self.rule = Rule.SEASON if season else Rule.WEEKLY
        self.label = season.label if season else ""
        self.first = _month_and_day(season.first if season else "01-01")
        self.last = _month_and_day(season.last if season else "12-31")
        self.shifts = parse_week(weekly)
        days = [self.day(date.fromordinal(_MONDAY + number)) for number in range(7)]
        self.stretches = tuple(
            stretches_of(day, days[n - 1], days[n - 1].shifts) for n, day in enumerate(days)
        )
        self.turns = tuple(
            (turn_in(day, is_open=False), turn_in(day, is_open=True)) for day in self.stretches
        )

    def day(self, on: date) -> Day:
        """A date in this week."""
        return Day(on, self.rule, self.label, self.shifts[on.weekday()])

    def holds(self, on: date) -> bool:
        """Whether a date lies in its season, which may last over New Year."""
        day = on.month, on.day
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last

    @property
    def quiet(self) -> bool:
        """Whether it neither opens nor closes on any day."""
        return len({stretch.open for day in self.stretches for stretch in day}) == 1

    @property
    def length(self) -> int:
        """How long the season lasts, in days of a year whose months all have 31."""
        months, days = self.last[0] - self.first[0], self.last[1] - self.first[1]
        return (months * _LONGEST_MONTH + days) % (12 * _LONGEST_MONTH)


def seasonal_weeks(seasons: Sequence[Season]) -> tuple[Week, ...]:
    """The weeks of seasons, the strongest first: the shorter, then the one written later."""
    latest_first = [Week(season.weekly, season) for season in seasons[::-1]]
    return tuple(sorted(latest_first, key=lambda week: week.length))


def _month_and_day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)
