"""A day from minute to minute: open or closed, which layer of a schedule says so, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from clientsvia.companies.shifts import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clientsvia.companies.shifts import Shift

ONE_DAY = timedelta(days=1)


class Rule(StrEnum):
    """The layers that decide about a moment; a higher one overrules those below it."""

    OVERRIDE = "override"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    SEASON = "season"
    WEEKLY = "weekly"

    @property
    def ordinary(self) -> bool:
        """Whether its days are nothing special."""
        return self in (Rule.SEASON, Rule.WEEKLY)


@dataclass(frozen=True, slots=True)
class Day:
    """A date with the shifts that begin on it; ``label`` names the exception, holiday or season."""

    date: date
    rule: Rule
    label: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a date up to the minute ``end`` in which all of this holds."""

    end: int
    open: bool
    rule: Rule
    label: str
    reason: str


def stretches_of(today: Day, before: Day, usual_tail: tuple[Shift, ...]) -> tuple[Stretch, ...]:
    """A date from midnight to midnight: a night shift is of the day ``before``, on which it began.

    ``usual_tail`` are the shifts of an ordinary day before: what a special one took from them is
    still its doing after midnight.
    """
    tails = (*before.shifts, *usual_tail)
    ends = {minute for shift in today.shifts for minute in (shift.start, shift.end)}
    ends |= {shift.end - DAY for shift in tails}
    turns = sorted({0, DAY, *(minute for minute in ends if 0 < minute < DAY)})
    stretches = [_stretch(start, end, today, before, usual_tail) for start, end in pairwise(turns)]
    return tuple(_joined(stretches))


def turn_in(stretches: Iterable[Stretch], *, is_open: bool) -> int | None:
    """The first minute of a day at which it is otherwise than ``is_open``; None for none."""
    start = 0
    for stretch in stretches:
        if stretch.open is not is_open:
            return start
        start = stretch.end
    return None


def _stretch(
    start: int, end: int, today: Day, before: Day, usual_tail: tuple[Shift, ...]
) -> Stretch:
    own = any(start in shift for shift in today.shifts)
    tail = any(DAY + start in shift for shift in before.shifts)
    of_before = not own and (tail or any(DAY + start in shift for shift in usual_tail))
    day, is_open = before if of_before else today, own or tail
    return Stretch(end, is_open, day.rule, day.label, _reason(day, is_open=is_open))


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """The stretches, but for those that the next one only continues."""
    for stretch, following in pairwise(stretches):
        if (stretch.open, stretch.reason) != (following.open, following.reason):
            yield stretch
    yield stretches[-1]


def _reason(day: Day, *, is_open: bool) -> str:
    """Why, in a few words, as in ``closed: Thanksgiving Day (holiday)``."""
    state = "open" if is_open else "closed"
    if not day.rule.ordinary:
        return f"{state}: {day.label or f'{day.date:%B} {day.date.day}'} ({day.rule})"
    rule = f"{day.rule}: {day.label}" if day.label else str(day.rule)
    name = f"{day.date:%A}"
    if not day.shifts:
        return f"{state}: always on {name}s ({rule})"
    return f"{state}: {name} {', '.join(map(str, day.shifts))} ({rule})"
