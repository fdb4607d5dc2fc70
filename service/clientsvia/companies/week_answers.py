"""What to say about an ordinary week and its days, and about the weeks of other seasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.days import Rule
from clientsvia.companies.schedule import WEEKDAYS
from clientsvia.companies.speech import (
    THE_COMPANY,
    capital,
    say_answer,
    say_day_of_year,
    say_list,
    say_shifts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientsvia.companies.calendar import Calendar
    from clientsvia.companies.shifts import Shift
    from clientsvia.companies.speech import About
    from clientsvia.companies.weeks import Week

    Days = Sequence[Sequence[Shift]]


def say_weekdays(
    week: Days, weekdays: Iterable[int], asked: Asked, about: About = THE_COMPANY
) -> str:
    """One sentence on some ordinary weekdays."""
    weekdays = tuple(weekdays)
    open_days = {bool(week[day]) for day in weekdays}
    agreed = asked if len(open_days) == 1 else Asked.HOURS
    text = _on_weekdays(week, weekdays, about)
    return say_answer(agreed, is_open=True in open_days, text=text)


def say_week(week: Days, about: About = THE_COMPANY) -> tuple[str, ...]:
    """A sentence on all days of the same hours, those that are closed last."""
    return tuple(f"{capital(line)}." for line in _week_lines(week, about))


def say_other_seasons(
    calendar: Calendar, now: Week, about: About = THE_COMPANY, weekdays: Sequence[int] = ()
) -> tuple[str, ...]:
    """Sentences on the weeks that hold in other seasons; on ``weekdays`` alone where they differ.

    None where a calendar has no seasons.
    """
    others = [week for week in (*calendar.seasons, calendar.week) if week is not now]
    if not calendar.seasons:
        return ()
    if weekdays:
        return tuple(
            f"{_season(week)}, {_on_weekdays(week.shifts, weekdays, about)}."
            for week in others
            if any(week.shifts[day] != now.shifts[day] for day in weekdays)
        )
    return tuple(line for week in others for line in _season_lines(week, about))


def _season_lines(week: Week, about: About) -> Iterable[str]:
    first, *more = _week_lines(week.shifts, about)
    yield f"{_season(week)}, {first}."
    yield from (f"{capital(line)}." for line in more)


def _season(week: Week) -> str:
    """When a week holds, as in ``From May 1 to September 30``."""
    if week.rule is not Rule.SEASON:
        return "In the rest of the year"
    return f"From {say_day_of_year(*week.first)} to {say_day_of_year(*week.last)}"


def _on_weekdays(week: Days, weekdays: Sequence[int], about: About) -> str:
    said = []
    for shifts, days in _alike(weekdays, week):
        opening = f"{about.open} {{}} {say_shifts(shifts)}" if shifts else f"{about.closed} {{}}"
        said.append(opening.format(f"on {say_list([f'{_name(day)}s' for day in days])}"))
    return f"{about.are} {say_list(said)}"


def _week_lines(week: Days, about: About) -> list[str]:
    groups = sorted(_alike(range(len(WEEKDAYS)), week), key=_closed_last)
    return [_week_line(shifts, days, about) for shifts, days in groups]


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday].capitalize()


def _alike(weekdays: Iterable[int], week: Days) -> list[tuple[Sequence[Shift], list[int]]]:
    """Weekdays gathered by their shifts, in order of the first of each."""
    groups: dict[Sequence[Shift], list[int]] = {}
    for day in weekdays:
        groups.setdefault(tuple(week[day]), []).append(day)
    return list(groups.items())


def _closed_last(group: tuple[Sequence[Shift], list[int]]) -> bool:
    return not group[0]


def _week_line(shifts: Sequence[Shift], days: list[int], about: About) -> str:
    in_a_row = days[-1] - days[0] == len(days) - 1
    if len(days) == len(WEEKDAYS):
        named = "every day"
    elif in_a_row and len(days) > 2:  # noqa: PLR2004 - two days are named with "and"
        named = f"{_name(days[0])} through {_name(days[-1])}"
    else:
        named = f"on {say_list([_name(day) for day in days])}"
    if not shifts:
        return f"{about.are} {about.closed} {named}"
    return f"{about.are} {about.open} {named} {say_shifts(shifts)}"
