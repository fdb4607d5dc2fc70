from __future__ import annotations

import patterns
from forest import DEAD, Forest
from machine import Language
from plans import Member


def grown(forest: Forest, pattern: str) -> int:
    member = Member(Language(patterns.parse(pattern)))
    return forest.grow(member, member.start)


def held(forest: Forest, root: int, number: str) -> bool:
    state = root
    for digit in number:
        state = forest.states[state][1][int(digit)]
    return bool(forest.states[state][0])


def test_a_walk_is_written_down_as_it_is() -> None:
    forest = Forest()
    root = grown(forest, "[2-4]\\d{2}|9")
    assert [
        number for number in ("9", "234", "99", "23", "2345") if held(forest, root, number)
    ] == [
        "9",
        "234",
    ]


def test_equal_states_are_one_across_roots() -> None:
    forest = Forest()
    grown(forest, "1\\d{5}")
    before = len(forest.states)
    grown(forest, "2\\d{5}")
    assert len(forest.states) == before + 1
    assert grown(forest, "1\\d{5}") < before


def test_what_holds_nothing_is_the_dead_state() -> None:
    assert grown(Forest(), "\\d{30}") == DEAD
