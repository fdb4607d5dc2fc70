"""Times, dates and shifts as a person would say them on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.shifts import DAY, HOUR, NOON, Shift

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_WITHIN_A_WEEK = 6
_LEAP_YEAR = 2000
_WHOLE_DAY = Shift(0, DAY)


@dataclass(frozen=True, slots=True)
class About:
    """Of whom hours are told: "we're open", or "Maria is available".

    ``closes`` goes before a time. A sentence about somebody who is ``named`` begins with the name.
    """

    are: str
    open: str
    closed: str
    opens: str
    closes: str
    keeps: str
    named: bool = True


THE_COMPANY = About(
    "we're", "open", "closed", "we open", "we close at", "we keep our usual hours", named=False
)


def about(name: str) -> About:
    """Words for a department or a person of this spoken name."""
    return About(
        f"{name} is",
        "available",
        "not available",
        f"{name} is available",
        f"{name} is available until",
        f"{name} keeps the usual hours",
    )


def say_time(minute: int) -> str:
    """A minute of the day or of the next: ``8 AM``, ``12:30 PM``, ``noon``, ``midnight``."""
    minute %= DAY
    if minute == 0:
        return "midnight"
    return "noon" if minute == NOON else f"{_digits(minute)} {_half(minute)}"


def say_shift(shift: Shift) -> str:
    """``from 8 AM to noon``; one AM or PM serves both ends where they share it."""
    if shift == _WHOLE_DAY:
        return "all day"
    start, end = shift.start, shift.end % DAY
    if _half(start) == _half(end) and shift.end < DAY and NOON not in (start, end) and start:
        return f"from {_digits(start)} to {say_time(end)}"
    return f"from {say_time(start)} to {say_time(end)}"


def say_shifts(shifts: Sequence[Shift]) -> str:
    """``from 8 AM to noon and from 1 to 5 PM``."""
    return say_list([say_shift(shift) for shift in shifts])


def say_list(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b, and c``."""
    if len(items) > 2:  # noqa: PLR2004 - from three on there are commas
        return f"{', '.join(items[:-1])}, and {items[-1]}"
    return " and ".join(items)


def say_date(day: date, today: date) -> str:
    """``today``, ``tomorrow``, ``on Monday`` within a week, else ``on Friday, December 25``."""
    if day == today:
        return "today"
    if day == today + ONE_DAY:
        return "tomorrow"
    if 0 < (day - today).days <= _WITHIN_A_WEEK:
        return f"on {day:%A}"
    year = "" if abs((day - today).days) < 300 else f", {day.year}"  # noqa: PLR2004 - no doubt which one
    return f"on {day:%A, %B} {day.day}{year}"


def say_day_of_year(month: int, day: int) -> str:
    """``May 1``."""
    return f"{date(_LEAP_YEAR, month, day):%B} {day}"


def say_moment(moment: datetime, today: date) -> str:
    """``at 8 AM tomorrow``, ``at 9 AM on Monday``."""
    return f"at {say_time(moment.hour * HOUR + moment.minute)} {say_date(moment.date(), today)}"


def say_answer(asked: Asked, *, is_open: bool, text: str) -> str:
    """A sentence: the text with Yes or No before it when that was the question."""
    if asked in (Asked.OPEN, Asked.CLOSED):
        return f"{'Yes' if is_open is (asked is Asked.OPEN) else 'No'}, {text}."
    return f"{capital(text)}."


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def _digits(minute: int) -> str:
    hour, rest = divmod(minute, HOUR)
    return f"{(hour - 1) % 12 + 1}" + (f":{rest:02}" if rest else "")


def _half(minute: int) -> str:
    return "AM" if minute < NOON else "PM"
