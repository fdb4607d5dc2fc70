"""Days that callers count from another: in two weeks, the day after Thanksgiving."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.named_days import find_day
from clientsvia.companies.schedule import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from clientsvia.companies.calendar import Calendar

_A_WEEK = 7
_DAYS = {"day": 1, "week": _A_WEEK}
_WEEKDAY = "|".join(WEEKDAYS)
_AHEAD = (
    re.compile(
        r"\b(?P<count>\d{1,2}|a) (?P<unit>day|week)s? from (?:now|today|"
        rf"(?P<base>tomorrow|{_WEEKDAY}))\b"
    ),
    re.compile(r"\bin (?P<count>\d{1,2}|a) (?P<unit>day|week)s?\b(?! on)"),
)
_BESIDE = re.compile(
    rf"\b(?:(?P<count>[2-7]) days|(?P<day>day|{_WEEKDAY})) (?P<side>after|before) (?P<base>\D.*)"
)


def find_distant_day(text: str, today: date, calendar: Calendar) -> date | None:
    """The day that a ``plain`` text counts from today or from another day, or None."""
    match = next((match for pattern in _AHEAD if (match := pattern.search(text))), None)
    if match is not None:
        count = 1 if match["count"] == "a" else int(match["count"])
        return _base(match.groupdict().get("base"), today) + count * _DAYS[match["unit"]] * ONE_DAY
    if match := _BESIDE.search(text):
        return _beside(match, today, calendar)
    return None


def _base(name: str | None, today: date) -> date:
    if not name:
        return today
    if name == "tomorrow":
        return today + ONE_DAY
    return today + (WEEKDAYS.index(name) - today.weekday()) % _A_WEEK * ONE_DAY


def _beside(match: re.Match[str], today: date, calendar: Calendar) -> date | None:
    """The first such day from today on: the feast that it lies beside may be over."""
    sign = 1 if match["side"] == "after" else -1
    for weeks in (-1, 0, 1):
        base = find_day(match["base"], today + weeks * _A_WEEK * ONE_DAY, calendar)
        if not base:
            return None
        found = base[0] + sign * _steps(match, base[0], sign) * ONE_DAY
        if found >= today:
            return found
    return None


def _steps(match: re.Match[str], base: date, sign: int) -> int:
    if match["count"]:
        return int(match["count"])
    if match["day"] == "day":
        return 1
    return (sign * (WEEKDAYS.index(match["day"]) - base.weekday()) - 1) % _A_WEEK + 1
