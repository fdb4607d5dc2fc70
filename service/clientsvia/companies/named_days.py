"""Days that callers call by a date or a name: the 3rd of May, Thanksgiving."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clientsvia.companies import public_holidays
from clientsvia.companies.days import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.calendar import Calendar

MONTHS = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip

_DAY_NUMBER = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})"
_DATES = (
    re.compile(rf"\b{_MONTH}\.? (?:the )?{_DAY_NUMBER}\b"),
    re.compile(rf"\b{_DAY_NUMBER} (?:of )?{_MONTH}\b"),
    re.compile(rf"\b(?P<month>1[0-2]|0?[1-9])/{_DAY_NUMBER}\b"),
)
_BARE_DAY = re.compile(r"\bthe (?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)\b")
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


def find_day(text: str, today: date, calendar: Calendar) -> tuple[date, ...] | None:
    """The next day of a date or name in a ``plain`` text; empty for one that never comes."""
    for pattern in _DATES:
        if match := pattern.search(text):
            return _next_date(today, int(match["day"]), _month_number(match["month"]))
    if found := _holiday(text, today, calendar):
        return (found,)
    match = _BARE_DAY.search(text)
    return _next_date(today, int(match["day"])) if match else None


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
