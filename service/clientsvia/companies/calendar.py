"""Which layer of a schedule rules a date, and the shifts it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.companies import public_holidays
from clientsvia.companies.shifts import Shift, on_one_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.schedule import ExceptionalDays, Schedule

ONE_DAY = timedelta(days=1)


class Rule(StrEnum):
    """The layers that decide about a moment; a higher one overrules those below it."""

    OVERRIDE = "override"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Day:
    """A date with the shifts that begin on it; ``label`` names the exception or holiday."""

    date: date
    rule: Rule
    label: str
    shifts: tuple[Shift, ...]


class Calendar:
    """The days of a schedule: exceptions before holidays before the weekly grid.

    Of several exceptions for one date the shorter rules, then the one written later.
    """

    __slots__ = ("_exceptions", "_holidays", "_open", "exceptions", "week")

    def __init__(self, schedule: Schedule) -> None:
        self.week = schedule.week
        self.exceptions = schedule.exceptions
        self._holidays = schedule.holidays
        names = schedule.holidays.open if schedule.holidays else ()
        self._open = frozenset(name.casefold() for name in names)
        latest_first = schedule.exceptions[::-1]
        self._exceptions = tuple(sorted(latest_first, key=lambda days: days.last - days.first))

    def day(self, on: date) -> Day:
        """What is written for a date."""
        if exception := self._exception(on):
            return Day(on, Rule.EXCEPTION, exception.label, exception.shifts)
        if holiday := self._holiday(on):
            return Day(on, Rule.HOLIDAY, holiday, ())
        return Day(on, Rule.WEEKLY, "", self.week[on.weekday()])

    def open_between(self, on: date) -> tuple[Shift, ...]:
        """When it is open between the two midnights of a date, last night's shifts included."""
        return on_one_day(self.day(on).shifts, self.day(on - ONE_DAY).shifts)

    def open_on_weekday(self, weekday: int) -> tuple[Shift, ...]:
        """The same for an ordinary Monday (0) to Sunday (6)."""
        return on_one_day(self.week[weekday], self.week[weekday - 1])

    def special_days(self, year: int) -> Iterator[tuple[date, tuple[Shift, ...]]]:
        """Every date of a year that differs from an ordinary week, with its opening."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        named = {on for near in (year - 1, year) for on in self.holiday_names(near)}
        for days in self._exceptions:
            start, end = max(days.first, first - ONE_DAY), min(days.last, last)
            named.update(start + number * ONE_DAY for number in range((end - start).days + 1))
        for on in sorted(named | {on + ONE_DAY for on in named}):
            spans = self.open_between(on)
            if first <= on <= last and spans != self.open_on_weekday(on.weekday()):
                yield on, spans

    def holiday_names(self, year: int) -> dict[date, str]:
        """All public holidays of a year, also those on which the company works."""
        if self._holidays is None:
            return {}
        known = public_holidays.in_year(self._holidays.country, self._holidays.subdivision, year)
        return dict(known)

    def _exception(self, on: date) -> ExceptionalDays | None:
        return next((days for days in self._exceptions if days.first <= on <= days.last), None)

    def _holiday(self, on: date) -> str | None:
        if self._holidays is None:
            return None
        label = public_holidays.in_year(
            self._holidays.country, self._holidays.subdivision, on.year
        ).get(on)
        if label is None or any(
            name.casefold() in self._open for name in public_holidays.names_of(label)
        ):
            return None
        return label
