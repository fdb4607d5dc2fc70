"""Which layer of a schedule rules a date, and the shifts it gives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientsvia.companies import public_holidays
from clientsvia.companies.days import ONE_DAY, Day, Rule, Stretch, stretches_of, turn_in
from clientsvia.companies.shifts import in_both, on_one_day, parse_shift
from clientsvia.companies.weeks import Week, seasonal_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientsvia.companies.schedule import HolidayCalendar, Schedule
    from clientsvia.companies.shifts import Shift

QUIET_DAYS = 8
"""After so many days without a change the next one is looked up."""


class Calendar:
    """The days of a schedule: exceptions before holidays before seasons before the weekly grid.

    Of several exceptions for one date the shorter rules, then the one written later. On a special
    day of ``company`` nothing is open here but what is open there as well, unless this schedule has
    an exception for that day, or for a holiday has holidays of its own.
    """

    __slots__ = (
        "_company",
        "_days",
        "_holidays",
        "_quiet",
        "_ranges",
        "_seasons",
        "_stretches",
        "_unusual",
        "exceptions",
        "seasons",
        "week",
    )

    def __init__(self, schedule: Schedule, company: Calendar | None = None) -> None:
        self.week = Week(schedule.weekly)
        self._seasons = seasonal_weeks(schedule.seasons)
        self.seasons = tuple(sorted(self._seasons, key=lambda week: week.first))
        self.exceptions = schedule.exceptions
        self._ranges = sorted(schedule.exceptions, key=lambda days: days.first - days.last)
        self._holidays = schedule.holidays
        self._company = company
        self._days: dict[int, dict[date, Day]] = {}
        self._unusual: dict[int, frozenset[date]] = {}
        self._stretches: dict[date, tuple[Stretch, ...]] = {}
        self._quiet: dict[int, tuple[date, ...]] = {}

    def prepare(self, year: int) -> None:
        """Look up what is special in a year now, not when it is first asked about."""
        self._unusual_of(year)
        # PERF: it takes 0.4 ms a year, and few companies need it.
        if self._rests():
            self._quiet_ends(year)

    def day(self, on: date) -> Day:
        """What is written for a date."""
        return self.special(on.year).get(on) or self.week_on(on).day(on)

    def week_on(self, on: date) -> Week:
        """The ordinary week that holds on a date: its season's, or that of the whole year."""
        for week in self._seasons:
            if week.holds(on):
                return week
        return self.week

    def stretches(self, on: date) -> tuple[Stretch, ...]:
        """What holds from one midnight of a date to the next, last night's shifts included."""
        if on not in self._unusual_of(on.year):
            return self.week_on(on).stretches[on.weekday()]
        stretches = self._stretches.get(on)
        if stretches is None:
            before = on - ONE_DAY
            usual = self.week_on(before).shifts[before.weekday()]
            stretches = self._stretches[on] = stretches_of(self.day(on), self.day(before), usual)
        return stretches

    def turn(self, on: date, *, is_open: bool) -> int | None:
        """The first minute of a date at which it is otherwise than ``is_open``; None for none."""
        # PERF: most days are ordinary; looking the minute up takes half of looking for it.
        if on not in self._unusual_of(on.year):
            return self.week_on(on).turns[on.weekday()][is_open]
        return turn_in(self.stretches(on), is_open=is_open)

    def open_between(self, on: date) -> tuple[Shift, ...]:
        """When it is open between the two midnights of a date, last night's shifts included."""
        return on_one_day(self.day(on).shifts, self.day(on - ONE_DAY).shifts)

    def next_turn(self, on: date) -> date | None:
        """The first date after ``on``, in its year or the next, that ends a quiet stretch.

        That is one of QUIET_DAYS at least on which it neither opens nor closes.
        """
        ends = (*self._quiet_ends(on.year), *self._quiet_ends(on.year + 1))
        return next((end for end in ends if end > on), None)

    def special(self, year: int) -> Mapping[date, Day]:
        """The dates of a year that an exception or a holiday rules."""
        days = self._days.get(year)
        if days is None:
            days = self._days[year] = {day.date: day for day in self._special(year)}
        return days

    def holiday_names(self, year: int) -> dict[date, str]:
        """All public holidays of a year, also those on which the company works."""
        if self._holidays is not None:
            return dict(_names(self._holidays, year))
        return self._company.holiday_names(year) if self._company else {}

    def _special(self, year: int) -> Iterator[Day]:
        """What is special in a year, the strongest last."""
        if self._company is not None:
            yield from self._of_company(self._company, year)
        if self._holidays is not None:
            yield from _closed(self._holidays, year)
        first, last = date(year, 1, 1), date(year, 12, 31)
        # Of two ranges of one length the later comes last here too: sorting keeps their order.
        for days in self._ranges:
            start, shifts = max(days.first, first), days.shifts
            for number in range((min(days.last, last) - start).days + 1):
                yield Day(start + number * ONE_DAY, Rule.EXCEPTION, days.label, shifts)

    def _of_company(self, company: Calendar, year: int) -> Iterator[Day]:
        for on, day in company.special(year).items():
            if day.rule is Rule.HOLIDAY and self._holidays is not None:
                continue
            own = self.week_on(on).shifts[on.weekday()]
            left = in_both(own, day.shifts)
            if left != own:
                yield Day(on, day.rule, day.label, left)

    def _unusual_of(self, year: int) -> frozenset[date]:
        """The dates of a year on which not all is as in their week: special ones and their next."""
        dates = self._unusual.get(year)
        if dates is None:
            dates = frozenset(on + n * ONE_DAY for on in self._special_or_new(year) for n in (0, 1))
            self._unusual[year] = dates
        return dates

    def _special_or_new(self, year: int) -> Iterator[date]:
        """The special dates of a year, the day before it, and the first days of its seasons."""
        yield date(year, 1, 1) - ONE_DAY
        yield from self.special(year)
        if self._seasons:
            week = None
            for on in _dates(date(year, 1, 1), 366):
                if self.week_on(on) is not week:
                    yield on
                week = self.week_on(on)

    def _rests(self) -> bool:
        """Whether a whole week of it, or a long exception, has nothing that opens or closes."""
        weeks = (self.week, *self.seasons)
        return any(week.quiet for week in weeks) or any(
            (days.last - days.first).days >= QUIET_DAYS for days in self._ranges
        )

    def _quiet_ends(self, year: int) -> tuple[date, ...]:
        ends = self._quiet.get(year)
        if ends is None:
            ends = self._quiet[year] = tuple(self._ending_quiet(year))
        return ends

    def _ending_quiet(self, year: int) -> Iterator[date]:
        quiet, is_open, before = 0, False, 2 * QUIET_DAYS
        for on in _dates(date(year, 1, 1) - before * ONE_DAY, 366 + before):
            stretches = self.stretches(on)
            if all(stretch.open is is_open for stretch in stretches):
                quiet += 1
                continue
            if quiet >= QUIET_DAYS and on.year == year:
                yield on
            quiet, is_open = 0, stretches[-1].open


def _dates(first: date, count: int) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range(count))


def _names(chosen: HolidayCalendar, year: int) -> Mapping[date, str]:
    return public_holidays.in_year(chosen.country, chosen.subdivision, year)


def _closed(chosen: HolidayCalendar, year: int) -> Iterator[Day]:
    """The holidays of a year that are not as usual, with what hours they have."""
    usual = {name.casefold() for name in chosen.open}
    hours = {
        name.casefold(): tuple(map(parse_shift, shifts)) for name, shifts in chosen.hours.items()
    }
    for on, label in _names(chosen, year).items():
        names = [name.casefold() for name in public_holidays.names_of(label)]
        own = next((hours[name] for name in names if name in hours), None)
        if own is not None or usual.isdisjoint(names):
            yield Day(on, Rule.HOLIDAY, label, own or ())
