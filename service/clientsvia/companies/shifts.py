"""Shifts: the stretches of a day during which a company is open, on the wall clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HOUR = 60
NOON = 12 * HOUR
DAY = 24 * HOUR

_SHIFT = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Open from ``start`` up to ``end``, in minutes after the midnight that begins its day.

    An ``end`` above 1440 lies on the following day.
    """

    start: int
    end: int

    def __str__(self) -> str:
        """As a profile writes it: ``08:00-12:00``, or ``22:00-02:00`` past midnight."""
        end = self.end if self.end <= DAY else self.end - DAY
        return f"{clock(self.start)}-{clock(end)}"

    def __contains__(self, minute: int) -> bool:
        return self.start <= minute < self.end


def clock(minute: int) -> str:
    """A minute of the day as ``HH:MM``; 1440 is ``24:00``."""
    return f"{minute // HOUR:02}:{minute % HOUR:02}"


def parse_shift(text: str) -> Shift:
    """Read ``08:00-12:00``; an end at or before noon may lie on the next day. Raises ValueError."""
    match = _SHIFT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a span of time: write it as 08:00-17:00")
    hours = [int(part) for part in match.groups()]
    start, end = hours[0] * HOUR + hours[1], hours[2] * HOUR + hours[3]
    if start >= DAY or end > DAY:
        raise ValueError(f"{text!r} leaves the day: start before 24:00 and end by 24:00")
    if start == end:
        raise ValueError(f"{text!r} has no length: write 00:00-24:00 for the whole day")
    if end > start:
        return Shift(start, end)
    if end > NOON:
        raise ValueError(
            f"{text!r} ends before it starts: swap the times (a shift past midnight ends by noon)"
        )
    return Shift(start, end + DAY) if end else Shift(start, DAY)


def overlap(shifts: Iterable[Shift]) -> tuple[Shift, Shift] | None:
    """The first two shifts that share a minute, or None."""
    ordered = sorted(shifts)
    return next(((a, b) for a, b in pairwise(ordered) if b.start < a.end), None)


def on_one_day(own: Iterable[Shift], before: Iterable[Shift]) -> tuple[Shift, ...]:
    """What is open between a day's two midnights: its own shifts and the tail of those before."""
    spans = [Shift(shift.start, min(shift.end, DAY)) for shift in own]
    spans += [Shift(0, shift.end - DAY) for shift in before if shift.end > DAY]
    merged: list[Shift] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Shift(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def in_both(shifts: Iterable[Shift], others: Iterable[Shift]) -> tuple[Shift, ...]:
    """What two days of shifts that do not overlap have in common."""
    others = tuple(others)
    pairs = ((a, b) for a in shifts for b in others if a.start < b.end and b.start < a.end)
    return tuple(Shift(max(a.start, b.start), min(a.end, b.end)) for a, b in pairs)
