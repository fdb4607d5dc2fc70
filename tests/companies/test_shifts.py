"""Shifts are read, written and laid on days."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.shifts import Shift, in_both, on_one_day, overlap, parse_shift


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("08:00-12:00", Shift(480, 720)),
        (" 8:00 - 12:00 ", Shift(480, 720)),
        ("00:00-24:00", Shift(0, 1440)),
        ("22:00-02:00", Shift(1320, 1560)),
        ("22:00-00:00", Shift(1320, 1440)),
        ("22:00-12:00", Shift(1320, 2160)),
    ],
)
def test_a_span_is_read(text: str, shift: Shift) -> None:
    assert parse_shift(text) == shift


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("8-5", "write it as 08:00-17:00"),
        ("08:00", "write it as 08:00-17:00"),
        ("25:00-26:00", "write it as 08:00-17:00"),
        ("24:00-06:00", "start before 24:00"),
        ("08:00-24:30", "end by 24:00"),
        ("09:00-09:00", "write 00:00-24:00"),
        ("17:00-13:00", "swap the times"),
        ("", "write it as 08:00-17:00"),
    ],
)
def test_what_is_no_span_is_refused_with_a_remedy(text: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        parse_shift(text)


@given(st.integers(0, 1439), st.integers(1, 1439))
def test_what_is_written_reads_back(start: int, length: int) -> None:
    shift = Shift(start, min(start + length, 1440 + 720))
    assert parse_shift(str(shift)) == shift


@given(st.text(max_size=15))
def test_any_text_is_a_span_or_a_value_error(text: str) -> None:
    try:
        shift = parse_shift(text)
    except ValueError:
        return
    assert 0 <= shift.start < shift.end <= 2160


def test_touching_shifts_do_not_overlap() -> None:
    assert overlap([Shift(720, 800), Shift(480, 720)]) is None
    assert overlap([Shift(700, 800), Shift(480, 720)]) == (Shift(480, 720), Shift(700, 800))


def test_a_day_shows_its_own_shifts_and_the_tail_of_last_night() -> None:
    own, before = [Shift(1320, 1560), Shift(60, 180)], [Shift(1300, 1500)]
    assert on_one_day(own, before) == (Shift(0, 180), Shift(1320, 1440))


def test_what_two_days_have_in_common() -> None:
    day = (Shift(480, 720), Shift(780, 1020))
    assert in_both(day, (Shift(600, 840),)) == (Shift(600, 720), Shift(780, 840))
    assert in_both(day, (Shift(720, 780),)) == ()
    assert in_both(day, day) == day
