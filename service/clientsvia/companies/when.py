"""Which days and time of day a caller speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clientsvia.companies import public_holidays
from clientsvia.companies.calendar import ONE_DAY
from clientsvia.companies.schedule import WEEKDAYS
from clientsvia.companies.shifts import DAY, HOUR, NOON, Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.calendar import Calendar

MONTHS = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip

_A_WEEK = 7
_SATURDAY = 5
_DAY_NUMBER = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})"
_DATES = (
    re.compile(rf"\b{_MONTH}\.? (?:the )?{_DAY_NUMBER}\b"),
    re.compile(rf"\b{_DAY_NUMBER} (?:of )?{_MONTH}\b"),
    re.compile(rf"\b(?P<month>1[0-2]|0?[1-9])/{_DAY_NUMBER}\b"),
)
_BARE_DAY = re.compile(r"\bthe (?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)\b")
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
_ALIASES = {
    "fourth of july": "independence",
    "4th of july": "independence",
    "july fourth": "independence",
    "mlk": "martin luther king jr",
    "martin luther king": "martin luther king jr",
    "presidents": "washingtons birthday",
    "juneteenth": "juneteenth national independence",
    "xmas": "christmas",
    "new year": "new years",
    "easter": "easter sunday",
    "st patricks": "saint patricks",
}
_ALIAS = re.compile(rf" ({'|'.join(sorted(_ALIASES, key=len, reverse=True))}) ")
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

    ``moment`` is the minute of the day that was said and ``tested`` the one that matters for it:
    who asks "until 6" means the minute before. ``part`` is a stretch of the day, as the evening.
    """

    dates: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = ()
    moment: int | None = None
    tested: int | None = None
    part: Shift | None = None


def plain(text: str) -> str:
    """Lower case, simple apostrophes, ``pm`` without full stops, numbers up to twelve as digits."""
    text = " ".join(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    text = re.sub(r"\b([ap])\.? ?m\b\.?", r"\1m", text)
    return _NUMBER_WORD.sub(lambda match: _NUMBERS[match[1]], text)


def find_when(text: str, today: date, calendar: Calendar) -> When:
    """The days and time of day in a ``plain`` text, as somebody means them who speaks ``today``."""
    weekdays: tuple[int, ...] = ()
    dates = _named_dates(text, today, calendar)
    if not dates:
        weekdays, dates = _weekdays(text, today)
    moment, tested = _moment(text)
    return When(dates, weekdays, moment, tested, _part(text))


def _named_dates(text: str, today: date, calendar: Calendar) -> tuple[date, ...]:
    for pattern in _DATES:
        if match := pattern.search(text):
            return _next_date(today, int(match["day"]), _month_number(match["month"]))
    if found := _holiday(text, today, calendar):
        return (found,)
    if match := _BARE_DAY.search(text):
        return _next_date(today, int(match["day"]))
    days = next((number for pattern, number in _RELATIVE if pattern.search(text)), None)
    return () if days is None else (today + days * ONE_DAY,)


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(text))


def _next_date(today: date, day: int, month: int | None = None) -> tuple[date, ...]:
    """The first such date within four years from today; none for the 30th of February."""
    for number in range(4 * 366):
        on = today + number * ONE_DAY
        if on.day == day and month in (None, on.month):
            return (on,)
    return ()


def _holiday(text: str, today: date, calendar: Calendar) -> date | None:
    """The next day of a name in the text; the longest wins, so that an eve is not its feast."""
    spoken = f" {_spoken_name(text)} "
    spoken = _ALIAS.sub(lambda match: f" {_ALIASES[match[1]]} ", spoken)
    named = [(-len(name), on) for on, name in _named_days(today, calendar) if f" {name} " in spoken]
    return min(named)[1] if named else None


def _named_days(today: date, calendar: Calendar) -> Iterator[tuple[date, str]]:
    last = today + timedelta(days=400)
    for year in (today.year, today.year + 1):
        for days in (public_holidays.widely_known(year), calendar.holiday_names(year)):
            for on, label in days.items():
                if today <= on <= last and "observed" not in label:
                    names = [_spoken_name(name) for name in public_holidays.names_of(label)]
                    yield from ((on, name) for name in names)
                    if "thanksgiving" in names:
                        yield on + ONE_DAY, "black friday"
    for exception in calendar.exceptions:
        if exception.label and today <= exception.first <= last:
            yield exception.first, _spoken_name(exception.label)


@lru_cache(maxsize=1000)
def _spoken_name(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower().replace("'", ""))
    return " ".join(words).removesuffix(" day")


def _weekdays(text: str, today: date) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """Ordinary weekdays (``Sundays``, ``on weekends``), or the dates of those that come next."""
    named = list(_WEEKDAY.finditer(text))
    if named:
        numbers = [WEEKDAYS.index(match["name"]) for match in named]
        if any(match["plural"] or match["which"] in ("every", "each", "any") for match in named):
            return tuple(dict.fromkeys(numbers)), ()
        return (), tuple(
            _coming(number, today, next_week=match["which"] == "next")
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
