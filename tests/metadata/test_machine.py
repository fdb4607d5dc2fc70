from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import patterns
from machine import Language, Machine, Match

PATTERNS = [
    "0",
    "00|99(?:[01469]|5(?:[14]1|3[23]|5[59]|77|88|9[09]))",
    "00(?:30|5[09]|[126-9]?)",
    "([2-9]\\d{6})$|1",
    "(?:0|90)(?:(1[245]|2[1-35]|31|4[13]|[56]5|99)(\\d{10,11}))?",
    "(000[2569]\\d{4,6})$|(?:(?:003768)0?)|0",
    "0|80?",
    "(\\d{2,3})(\\d{3,4})(\\d{4})",
    "0?(?:(11|2(?:2(?:02?|[13]))|3(?:3|4))15)?",
    "a*b|(a+)",
]
texts = st.text(st.sampled_from("0123456789ab"), max_size=18)


@given(st.sampled_from(PATTERNS), texts)
def test_a_prefix_is_matched_as_a_backtracking_engine_matches_it(pattern: str, text: str) -> None:
    assert _longest(Machine(patterns.parse(pattern), whole=False), text) == _expected(
        re.match(pattern, text)
    )


@given(st.sampled_from(PATTERNS), texts)
def test_a_whole_text_is_matched_as_a_backtracking_engine_matches_it(
    pattern: str, text: str
) -> None:
    machine = Machine(patterns.parse(pattern), whole=True)
    state = machine.start()
    for depth, character in enumerate(text, start=1):
        state = machine.step(state, character, depth)
    assert machine.match(state, len(text), at_end=True) == _expected(re.fullmatch(pattern, text))


@given(st.sampled_from(PATTERNS), texts)
def test_a_language_holds_what_its_pattern_matches(pattern: str, text: str) -> None:
    language = Language(patterns.parse(pattern))
    state = language.start
    for character in text:
        state = language.step(state, character)
    assert language.accepts[state] == bool(re.fullmatch(pattern, text))
    assert state or not re.fullmatch(pattern, text)


@pytest.mark.parametrize(
    ("text", "held"), [("18", True), ("1899", True), ("1", False), ("81", False)]
)
def test_a_language_of_beginnings_holds_whatever_follows(text: str, held: bool) -> None:  # noqa: FBT001 - a table
    language = Language(patterns.parse("18"), prefix=True)
    state = language.start
    for character in text:
        state = language.step(state, character)
    assert language.accepts[state] == held


def _longest(machine: Machine, text: str) -> Match | None:
    """The last match along the text: a later one is of a better way."""
    state, found = machine.start(), None
    for depth in range(len(text) + 1):
        found = machine.match(state, depth, at_end=depth == len(text)) or found
        if depth < len(text):
            state = machine.step(state, text[depth], depth + 1)
    return found


def _expected(match: re.Match[str] | None) -> Match | None:
    if match is None:
        return None
    spans = [match.span(number) for number in range(1, match.re.groups + 1)]
    return Match(match.end(), tuple(place for span in spans for place in span))
