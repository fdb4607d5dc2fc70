"""Amounts and times are the same however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.guard.quantities import Kind, Quantity, quantities, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$89", "eighty-nine dollars"),
        ("$89.50", "89 dollars and 50 cents"),
        ("$1,200", "twelve hundred dollars"),
        ("$140", "one hundred and forty dollars"),
        ("10%", "ten percent"),
        ("half an hour", "30 minutes"),
        ("an hour and a half", "90 minutes"),
        ("two and a half hours", "150 minutes"),
        ("a day", "24 hours"),
        ("three to four hours", "3-4 hours"),
        ("3 PM", "three p.m."),
        ("half past two", "2:30"),
        ("quarter to five", "4:45"),
        ("17:00", "5 PM"),
        ("noon", "12:00 PM"),
        ("Tuesdays", "on Tuesday"),
        ("the 24th of December", "December 24"),
        ("right away", "immediately"),
    ],
)
def test_two_spellings_are_one_quantity(one: str, other: str) -> None:
    assert quantities(one) == quantities(other) != frozenset()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("89 dollars", {Kind.MONEY}),
        ("at three", {Kind.TIME}),
        ("three tables", {Kind.NUMBER}),
        ("from 1 to 5 PM", {Kind.TIME}),
        ("the first half hour", {Kind.DURATION}),
        ("forty dollars a month", {Kind.MONEY}),
        ("children of three years of age", {Kind.NUMBER}),
        ("within the hour", {Kind.DURATION}),
        ("one moment", set()),
        ("you may call", set()),
        ("in May", {Kind.DAY}),
        ("the second one", set()),
        ("hello there", set()),
    ],
)
def test_each_quantity_is_of_its_kind(text: str, kinds: set[Kind]) -> None:
    assert {quantity.kind for quantity in quantities(text)} - {Kind.NUMBER} == kinds - {Kind.NUMBER}


def test_a_time_without_its_half_agrees_with_either() -> None:
    three, morning = Quantity(Kind.TIME, "3:00"), Quantity(Kind.TIME, "3:00am")
    assert same(three, morning)
    assert not same(morning, Quantity(Kind.TIME, "3:00pm"))
    assert not same(three, Quantity(Kind.TIME, "3:30"))
    assert not same(three, Quantity(Kind.DURATION, "3:00"))


@given(
    st.text(max_size=80) | st.text(st.sampled_from("0123456789 :.,$%-amp half to and"), max_size=60)
)
def test_no_text_is_too_odd(text: str) -> None:
    assert all(quantity.value for quantity in quantities(text))
