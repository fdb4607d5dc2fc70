"""A day from minute to minute."""

from __future__ import annotations

from datetime import date

from clientsvia.companies.days import ONE_DAY, Day, Rule, stretches_of, turn_in
from clientsvia.companies.shifts import Shift

FRIDAY = date(2026, 11, 27)
NIGHT = (Shift(1320, 1560),)  # 22:00 to 2:00


def day(on: date, *shifts: Shift, rule: Rule = Rule.WEEKLY, label: str = "") -> Day:
    return Day(on, rule, label, shifts)


def told(today: Day, before: Day, tail: tuple[Shift, ...] = ()) -> list[tuple[int, bool, str]]:
    return [(part.end, part.open, part.reason) for part in stretches_of(today, before, tail)]


def test_each_stretch_says_why() -> None:
    assert told(day(FRIDAY, Shift(480, 720)), day(FRIDAY - ONE_DAY)) == [
        (480, False, "closed: Friday 08:00-12:00 (weekly)"),
        (720, True, "open: Friday 08:00-12:00 (weekly)"),
        (1440, False, "closed: Friday 08:00-12:00 (weekly)"),
    ]


def test_a_night_is_of_the_day_it_began_on() -> None:
    before = day(FRIDAY - ONE_DAY, *NIGHT, rule=Rule.SEASON, label="summer")
    first, *_ = told(day(FRIDAY), before, NIGHT)
    assert first == (120, True, "open: Thursday 22:00-02:00 (season: summer)")


def test_what_a_special_day_took_from_its_night_is_still_its_doing() -> None:
    before = day(FRIDAY - ONE_DAY, rule=Rule.HOLIDAY, label="Thanksgiving Day")
    assert told(day(FRIDAY), before, NIGHT) == [
        (120, False, "closed: Thanksgiving Day (holiday)"),
        (1440, False, "closed: always on Fridays (weekly)"),
    ]


def test_a_shift_that_follows_a_night_at_once_is_another_stretch() -> None:
    told_open = told(day(FRIDAY, Shift(120, 480)), day(FRIDAY - ONE_DAY, *NIGHT), NIGHT)
    assert [(end, is_open) for end, is_open, _ in told_open] == [
        (120, True),
        (480, True),
        (1440, False),
    ]


def test_a_turn_is_the_first_minute_that_is_otherwise() -> None:
    stretches = stretches_of(day(FRIDAY, Shift(0, 480)), day(FRIDAY - ONE_DAY), ())
    assert (turn_in(stretches, is_open=False), turn_in(stretches, is_open=True)) == (0, 480)
    closed = stretches_of(day(FRIDAY), day(FRIDAY - ONE_DAY), ())
    assert turn_in(closed, is_open=False) is None


def test_only_weeks_and_seasons_are_ordinary() -> None:
    assert [rule for rule in Rule if rule.ordinary] == [Rule.SEASON, Rule.WEEKLY]
