"""Times of day in what a caller says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.shifts import DAY, Shift
from clientsvia.companies.times_of_day import ANY_TIME, find_time
from clientsvia.companies.when import plain


@pytest.mark.parametrize(
    ("text", "moment", "tested"),
    [
        ("at 7 PM", 1140, 1140),
        ("at 7 p.m.", 1140, 1140),
        ("at seven in the evening", 1140, 1140),
        ("at 8", 480, 480),
        ("after 5", 1020, 1020),
        ("until 9", 1260, 1259),
        ("before 8:30 am", 510, 509),
        ("at noon", 720, 720),
        ("until midnight", 1440, 1439),
        ("at 12 pm", 720, 720),
        ("at 12 am", 0, 0),
        ("on the 7th", None, None),
        ("on 12/26", None, None),
    ],
)
def test_times_of_day_are_minutes(text: str, moment: int | None, tested: int | None) -> None:
    found = find_time(plain(text))
    assert (found.moment, found.tested) == (moment, tested)


def test_parts_of_a_day_are_stretches() -> None:
    assert find_time("saturday morning").part == Shift(300, 720)
    assert find_time("during lunch").part == Shift(720, 780)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between 12 and 1", 720, 780),
        ("between nine and five", 540, 1020),
        ("between 8 and 10 pm", 1200, 1320),
        ("between 11 and 2 p.m.", 660, 840),
        ("between 9:30 am and noon", 570, 720),
    ],
)
def test_between_two_times_is_a_stretch(text: str, start: int, end: int) -> None:
    assert find_time(plain(text)).part == Shift(start, end)


@pytest.mark.parametrize(
    "text", ["between Monday and Friday", "between 5 pm and 9 am", "between 40 and 50", "between"]
)
def test_between_anything_else_is_no_time(text: str) -> None:
    assert find_time(plain(text)) == ANY_TIME


@given(st.text(alphabet="between and at 19:3apm'", max_size=500))
def test_any_text_has_times_within_a_day(text: str) -> None:
    found = find_time(plain(text))
    assert found.moment is None or 0 <= found.moment <= DAY
    assert found.part is None or 0 <= found.part.start < found.part.end <= DAY
