from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import patterns
from patterns import DIGIT
from shapes import EXTENSION, VIABLE, Automaton, Classes, backwards, classify, compiled, folded

TREE = patterns.parse(VIABLE)
ENDING = backwards(patterns.parse(EXTENSION))
CLASSES = classify(TREE, ENDING)
texts = st.text(st.sampled_from("0123456789" * 2 + "+-(). x#,;=etnsio~\t\u0130\u0131\u017f\u212a"))


def accepts(automaton: Automaton, classes: Classes, text: str) -> bool:
    state = automaton.start
    for character in text:
        plain = DIGIT if character.isdecimal() else character
        state = automaton.rows[state][classes.of.get(plain, 0)]
    return automaton.accepting[state]


@given(texts)
def test_a_text_is_viable_as_the_pattern_says(text: str) -> None:
    expected = bool(re.fullmatch(VIABLE, text, re.IGNORECASE))
    assert accepts(VIABLE_AUTOMATON, CLASSES, text) == expected


@given(texts)
def test_an_extension_is_known_from_its_end(text: str) -> None:
    expected = bool(re.fullmatch(EXTENSION, text, re.IGNORECASE))
    assert accepts(ENDING_AUTOMATON, CLASSES, text[::-1]) == expected


@pytest.mark.parametrize(
    ("character", "plain"),
    [("A", "a"), ("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"), ("ß", "ß")],
)
def test_case_is_folded_one_to_one(character: str, plain: str) -> None:
    assert folded(character) == plain


VIABLE_AUTOMATON = compiled(TREE, CLASSES)
ENDING_AUTOMATON = compiled(ENDING, CLASSES)
