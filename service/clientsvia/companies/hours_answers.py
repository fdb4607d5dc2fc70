"""What to say about opening hours, in sentences for the ear."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.days import ONE_DAY, Rule
from clientsvia.companies.shifts import DAY, HOUR, Shift, overlap
from clientsvia.companies.speech import (
    THE_COMPANY,
    capital,
    say_answer,
    say_date,
    say_moment,
    say_shift,
    say_shifts,
    say_time,
)
from clientsvia.companies.times_of_day import ANY_TIME, LUNCH
from clientsvia.companies.week_answers import say_other_seasons, say_week, say_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from clientsvia.companies.hours import Hours, Status
    from clientsvia.companies.speech import About
    from clientsvia.companies.times_of_day import TimeOfDay
    from clientsvia.companies.weeks import Week
    from clientsvia.companies.when import When

Sentences = tuple[str, ...]

_HOLIDAYS_AHEAD = 90
_HOLIDAYS_SAID = 4
_A_WEEK = 7
_WHEN_VAGUE = 14
_OF_BREAKS = frozenset({Asked.CLOSED, Asked.CLOSES, Asked.NEGATED})
_LUNCH_FROM, _LUNCH_TO = 11 * HOUR, 15 * HOUR


def say_hours(
    hours: Hours, asked: Asked, when: When, now: datetime, about: About = THE_COMPANY
) -> Sentences:
    """The answer to a question about the hours of whoever it is ``about``; ``now`` is aware."""
    told = _Told(hours, now, about)
    if asked is Asked.HOLIDAYS and not when.dates:
        return told.holidays()
    if when.vague:
        return told.year()
    if when.weekdays:
        return told.weekdays(when.weekdays, asked)
    if asked in _OF_BREAKS and when.time.part == LUNCH:
        return told.lunch(when.dates, asked)
    days = when.dates or ((told.today,) if when.time != ANY_TIME else ())
    if days:
        return told.days(days, asked, when.time)
    return told.week() if asked is Asked.HOURS else told.right_now(asked)


class _Told:
    """The hours of one company, or of one target, as told at one moment."""

    def __init__(self, hours: Hours, now: datetime, about: About) -> None:
        self._hours = hours
        self._about = about
        self._now = hours.local(now)
        self.today = self._now.date()

    @property
    def _open(self) -> str:
        return f"{self._about.are} {self._about.open}"

    @property
    def _closed(self) -> str:
        return f"{self._about.are} {self._about.closed}"

    def right_now(self, asked: Asked) -> Sentences:
        status = self._hours.status(self._now)
        if not status.open:
            if asked is Asked.OPENS and status.changes_at is not None:
                opens = capital(self._about.opens)
                return (f"{opens} {say_moment(status.changes_at, self.today)}.",)
            text = f"{self._closed} right now{_because(status)}"
            return (say_answer(asked, is_open=False, text=text), *self._opens_again(status))
        if asked is Asked.CLOSES and status.changes_at is not None:
            return self._closes(status.changes_at)
        until = f", until {self._end(status.changes_at)}" if status.changes_at else ""
        text = say_answer(asked, is_open=True, text=f"{self._open} right now{until}")
        if asked is Asked.OPENS and status.changes_at is not None:
            return (text, *self._opens_again(self._hours.status(status.changes_at)))
        return (text,)

    def days(self, days: Sequence[date], asked: Asked, then: TimeOfDay) -> Sentences:
        if len(days) == 1:
            return self._one_day(days[0], asked, then)
        return tuple(self.day(day) for day in days)

    def _one_day(self, on: date, asked: Asked, then: TimeOfDay) -> Sentences:
        shifts, status = self._opening(on), self._at(on, then.tested)
        if not shifts:
            return (self.day(on, asked), *self._opens_again(self._at(on, 0)))
        if then.moment is not None:
            text = f"{self._open if status.open else self._closed} at {say_time(then.moment)}"
            text = f"{text} {say_date(on, self.today)}"
            first = say_answer(asked, is_open=status.open, text=text)
            return (first, self.day(on))
        if then.part is not None and asked is Asked.CLOSED:
            return (self.day(on),)
        if then.part is not None and asked is Asked.OPEN:
            return (self.day(on, asked, is_open=overlap((*shifts, then.part)) is not None),)
        if asked is Asked.CLOSES and shifts[-1].end - shifts[0].start < DAY:
            closes = capital(self._about.closes)
            first = f"{closes} {say_time(shifts[-1].end)} {say_date(on, self.today)}."
            return (first, self.day(on)) if len(shifts) > 1 else (first,)
        return (self.day(on, asked),)

    def lunch(self, days: Sequence[date], asked: Asked) -> Sentences:
        """Whether it closes for lunch: on a day that was named, else on the next that is open."""
        coming = (self.today + number * ONE_DAY for number in range(_WHEN_VAGUE))
        on = days[0] if days else next(filter(self._opening, coming), self.today)
        shifts = self._opening(on)
        gap = next((Shift(a.end, b.start) for a, b in pairwise(shifts) if _noonish(a, b)), None)
        if gap is None:
            return (self.day(on, asked if overlap((*shifts, LUNCH)) else Asked.HOURS),)
        text = f"{self._closed} {say_shift(gap)} {say_date(on, self.today)}"
        return (say_answer(asked, is_open=False, text=text),)

    def day(self, on: date, asked: Asked = Asked.HOURS, *, is_open: bool | None = None) -> str:
        """One sentence on one date; ``is_open`` is what yes and no refer to."""
        shifts, label = self._opening(on), self._label(on)
        named = say_date(on, self.today)
        named += "," if "," in named else ""
        if not shifts:
            reason = f" for {label}" if label else ""
            text = f"{self._closed} {named}{reason}".rstrip(",")
            return say_answer(asked, is_open=False, text=text)
        name = f", {label}," if label else ""
        text = f"{self._open} {named.rstrip(',') if label else named}{name} {say_shifts(shifts)}"
        return say_answer(asked, is_open=True if is_open is None else is_open, text=text)

    def week(self) -> Sentences:
        """The hours of this week's season, and what differs on the days to come."""
        return (*self._usual(), *self._buts(_A_WEEK), *self._soon(_A_WEEK))

    def year(self) -> Sentences:
        """The hours of every season, and what differs on the days to come."""
        seasons = say_other_seasons(self._hours.calendar, self._season, self._about)
        return (*self._usual(), *self._buts(_WHEN_VAGUE), *seasons)

    def weekdays(self, weekdays: Sequence[int], asked: Asked) -> Sentences:
        """Some ordinary weekdays, in this season and in those that are unlike it."""
        calendar, season = self._hours.calendar, self._season
        return (
            say_weekdays(season.shifts, weekdays, asked, self._about),
            *say_other_seasons(calendar, season, self._about, weekdays),
        )

    @property
    def _season(self) -> Week:
        return self._hours.calendar.week_on(self.today)

    def _usual(self) -> Sentences:
        return say_week(self._season.shifts, self._about)

    def _buts(self, ahead: int) -> Iterable[str]:
        for line in map(self.day, self._special_days(ahead)):
            yield f"But {line if self._about.named else line[0].lower() + line[1:]}"

    def _soon(self, ahead: int) -> Sentences:
        """The week of a season that begins in so many days."""
        calendar = self._hours.calendar
        for number in range(1, ahead + 1):
            on = self.today + number * ONE_DAY
            if (week := calendar.week_on(on)) is not self._season:
                first, *more = say_week(week.shifts, self._about)
                first = first if self._about.named else first[0].lower() + first[1:]
                return (f"From {say_date(on, self.today).removeprefix('on ')}, {first}", *more)
        return ()

    def holidays(self) -> Sentences:
        """The next holidays and exceptional days."""
        days = list(self._special_days(_HOLIDAYS_AHEAD))[:_HOLIDAYS_SAID]
        if not days:
            return (f"{capital(self._about.keeps)} on the coming holidays.",)
        return tuple(self.day(day) for day in days)

    def _special_days(self, ahead: int) -> Iterable[date]:
        for number in range(ahead):
            day = self._hours.calendar.day(self.today + number * ONE_DAY)
            if not day.rule.ordinary:
                yield day.date

    def _closes(self, closes_at: datetime) -> Sentences:
        first = f"{capital(self._about.closes)} {self._end(closes_at)}"
        opens_at = self._hours.status(closes_at).changes_at
        if opens_at is None or opens_at.date() != self.today:
            return (f"{first}{' today' if closes_at.date() == self.today else ''}.",)
        later = [shift for shift in self._opening(self.today) if shift.start >= _minute(opens_at)]
        return (f"{first}, and {self._open} again {say_shifts(later)} today.",)

    def _opens_again(self, status: Status) -> Sentences:
        if status.open or status.changes_at is None:
            return ()
        opens = capital(self._about.opens)
        return (f"{opens} again {say_moment(status.changes_at, self.today)}.",)

    def _end(self, moment: datetime) -> str:
        """A time alone while it belongs to today, this night included; else with its day."""
        if moment - self._now < timedelta(hours=18):
            return say_time(_minute(moment))
        return say_moment(moment, self.today).removeprefix("at ")

    def _at(self, on: date, minute: int | None) -> Status:
        wall = datetime.combine(on, time(*divmod(minute or 0, 60)), self._hours.zone)
        return self._hours.status(max(wall, self._now) if minute is None else wall)

    def _label(self, on: date) -> str:
        status = self._override(on)
        if status is not None:
            return status.label
        day = self._hours.calendar.day(on)
        return "" if day.rule.ordinary else day.label.replace("; ", " and ")

    def _override(self, on: date) -> Status | None:
        status = self._at(on, None)
        return status if status.rule is Rule.OVERRIDE else None

    def _opening(self, on: date) -> Sequence[Shift]:
        """The shifts of a date; those that an override leaves when it holds on that day."""
        status = self._override(on)
        if status is None:
            return self._hours.calendar.day(on).shifts
        return list(self._walk(on))

    def _walk(self, on: date) -> Iterator[Shift]:
        """What the engine has open on a date, from now on."""
        midnight = datetime.combine(on, time(), self._hours.zone)
        at, end = max(midnight, self._now), midnight + ONE_DAY
        while at < end:
            status = self._hours.status(at)
            until = min(status.changes_at or end, end)
            if status.open:
                yield Shift(_minute(at), _minute(until) or DAY)
            at = until


def _because(status: Status) -> str:
    label = status.label.replace("; ", " and ")
    return f" for {label}" if label and not status.rule.ordinary else ""


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _noonish(before: Shift, after: Shift) -> bool:
    """Whether the break between two shifts is one for lunch."""
    return _LUNCH_FROM <= before.end <= after.start <= _LUNCH_TO
