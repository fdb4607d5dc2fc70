"""What to say about an ordinary week and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.schedule import WEEKDAYS
from clientsvia.companies.speech import say_answer, say_list, say_shifts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientsvia.companies.shifts import Shift

    Week = Sequence[Sequence[Shift]]


def say_weekdays(week: Week, weekdays: Iterable[int], asked: Asked) -> str:
    """One sentence on some ordinary weekdays."""
    said = []
    for shifts, days in _alike(weekdays, week):
        opening = f"open {{}} {say_shifts(shifts)}" if shifts else "closed {}"
        said.append(opening.format(f"on {say_list([f'{_name(day)}s' for day in days])}"))
    open_days = {bool(week[day]) for day in weekdays}
    agreed = asked if len(open_days) == 1 else Asked.HOURS
    return say_answer(agreed, is_open=True in open_days, text=f"we're {say_list(said)}")


def say_week(week: Week) -> tuple[str, ...]:
    """A sentence on all days of the same hours, those that are closed last."""
    groups = _alike(range(len(WEEKDAYS)), week)
    return tuple(_week_line(shifts, days) for shifts, days in sorted(groups, key=_closed_last))


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday].capitalize()


def _alike(
    weekdays: Iterable[int], week: Sequence[Sequence[Shift]]
) -> list[tuple[Sequence[Shift], list[int]]]:
    """Weekdays gathered by their shifts, in order of the first of each."""
    groups: dict[Sequence[Shift], list[int]] = {}
    for day in weekdays:
        groups.setdefault(tuple(week[day]), []).append(day)
    return list(groups.items())


def _closed_last(group: tuple[Sequence[Shift], list[int]]) -> bool:
    return not group[0]


def _week_line(shifts: Sequence[Shift], days: list[int]) -> str:
    in_a_row = days[-1] - days[0] == len(days) - 1
    if len(days) == len(WEEKDAYS):
        named = "every day"
    elif in_a_row and len(days) > 2:  # noqa: PLR2004 - two days are named with "and"
        named = f"{_name(days[0])} through {_name(days[-1])}"
    else:
        named = f"on {say_list([_name(day) for day in days])}"
    return f"We're open {named} {say_shifts(shifts)}." if shifts else f"We're closed {named}."
