"""Which days and time of day a caller speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.distant_days import find_distant_day
from clientsvia.companies.named_days import MONTHS, find_day
from clientsvia.companies.schedule import WEEKDAYS
from clientsvia.companies.times_of_day import ANY_TIME, TimeOfDay, find_time

if TYPE_CHECKING:
    from datetime import date

    from clientsvia.companies.calendar import Calendar

_A_WEEK = 7
_SATURDAY = 5
_WEEKDAY = re.compile(
    rf"\b(?P<which>next|every|each|any)?\s*(?P<name>{'|'.join(WEEKDAYS)})(?P<plural>s)?\b"
)
_RELATIVE = (
    (re.compile(r"\bday after tomorrow\b"), 2),
    (re.compile(r"\btomorrow\b"), 1),
    (re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b"), 0),
)
_WEEKENDS = re.compile(
    r"\b(?:on|during|work|open|every|your) weekends?\b|\bweekends\b|\bweekend hours\b"
)
_WEEKEND = re.compile(r"\b(?P<next>next )?weekend\b")
_WORKDAYS = re.compile(r"\bweekdays?\b|\bduring the week\b")
_NEXT_WEEK = re.compile(r"\bnext week\b")
_COUNTED = re.compile(
    rf"\b(?:1st|2nd|3rd|4th|first|second|third|fourth|last|other) (?:{'|'.join(WEEKDAYS)})\b"
)
_WEEK_OF = re.compile(r"\bweek(?:end)?s?\b")
_PERIOD = re.compile(
    r"\b(?:weeks|months?|years?|seasons?|(?:in|during|over|this|next|last|all|the|of) "
    rf"(?:early |late )?(?:spring|summer|fall|autumn|winter|{'|'.join(MONTHS)}))\b"
)
_OTHER_TIME = re.compile(
    r"\d|\b(?:week|later|(?<!how )early|earlier|breakfast|brunch|dinner|supper|noon|midnight|"
    r"(?<!for the )night|nights|days|eve|between|yesterday|holidays?|"
    r"(?:all|any|each|other|which|what|whole|entire|same) day|day (?:after|before))\b"
)
_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        map(str, range(1, 13)),
        strict=True,
    )
)
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b")


@dataclass(frozen=True, slots=True)
class When:
    """What was named: ``dates``, or ordinary ``weekdays`` (Monday is 0), or no day at all.

    ``vague`` tells that more was said than these hold, as of a week or the 30th of February: then
    neither they nor the present moment are what was asked about.
    """

    dates: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = ()
    time: TimeOfDay = ANY_TIME
    vague: bool = False


def plain(text: str) -> str:
    """Lower case, simple apostrophes, ``pm`` without full stops, numbers up to twelve as digits."""
    text = " ".join(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    text = re.sub(r"\b([ap])\.? ?m\b\.?", r"\1m", text)
    return _NUMBER_WORD.sub(lambda match: _NUMBERS[match[1]], text)


def find_when(text: str, today: date, calendar: Calendar, asking: str = "") -> When:
    """The days and time of day in a ``plain`` text, as somebody means them who speaks ``today``.

    ``asking`` is the part of the text that asks, when others say something too.
    """
    asking, time = asking or text, find_time(text)
    if distant := find_distant_day(text, today, calendar):
        return When((distant,), (), time)
    named = find_day(text, today, calendar)
    if named is not None:
        return When(named, (), time, not named or bool(_WEEK_OF.search(asking)))
    days = _relative(text)
    if days is not None:
        return When((today + days * ONE_DAY,), (), time)
    weekdays, dates = _weekdays(text, today)
    vague = any(pattern.search(asking) for pattern in (_COUNTED, _PERIOD))
    if not (weekdays or dates):
        vague |= _NEXT_WEEK.search(asking) is not None
        vague |= time == ANY_TIME and _OTHER_TIME.search(asking) is not None
    return When(dates, weekdays, time, vague)


def _relative(text: str) -> int | None:
    return next((number for pattern, number in _RELATIVE if pattern.search(text)), None)


def _weekdays(text: str, today: date) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """Ordinary weekdays (``Sundays``, ``on weekends``), or the dates of those that come next."""
    named = list(_WEEKDAY.finditer(text))
    if named:
        numbers = [WEEKDAYS.index(match["name"]) for match in named]
        if any(match["plural"] or match["which"] in ("every", "each", "any") for match in named):
            return tuple(dict.fromkeys(numbers)), ()
        later = _NEXT_WEEK.search(text) is not None
        return (), tuple(
            _coming(number, today, next_week=match["which"] == "next" or later)
            for number, match in zip(numbers, named, strict=True)
        )
    if _WORKDAYS.search(text):
        return tuple(range(_SATURDAY)), ()
    if _WEEKENDS.search(text):
        return (_SATURDAY, _SATURDAY + 1), ()
    if match := _WEEKEND.search(text):
        return (), _weekend(today, next_week=bool(match["next"]))
    return (), ()


def _coming(weekday: int, today: date, *, next_week: bool) -> date:
    """The next such day, today included; with ``next_week`` the one after the coming Sunday."""
    if next_week:
        return today + (_A_WEEK - today.weekday() + weekday) * ONE_DAY
    return today + (weekday - today.weekday()) % _A_WEEK * ONE_DAY


def _weekend(today: date, *, next_week: bool) -> tuple[date, ...]:
    sunday = _coming(_SATURDAY + 1, today, next_week=next_week)
    return tuple(day for day in (sunday - ONE_DAY, sunday) if day >= today)
