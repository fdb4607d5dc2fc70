from __future__ import annotations

import pytest

from patterns import Chars, Choice, End, Group, Repeat, Sequence, parse

D = Chars(frozenset(["\\d"]))


def chars(text: str) -> Chars:
    return Chars(frozenset(text))


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("0", chars("0")),
        ("12", Sequence((chars("1"), chars("2")))),
        ("1|2", Choice((chars("1"), chars("2")))),
        ("[1-3\\d]", Chars(frozenset("123") | D.members)),
        ("[-x]", chars("-x")),
        ("[,-]", chars(",-")),
        ("\\.", chars(".")),
        ("\\t", chars("\t")),
        ("(0)?", Repeat(Group(1, chars("0")), 0, 1)),
        ("(?:0)*", Repeat(chars("0"), 0, None)),
        ("0+", Repeat(chars("0"), 1, None)),
        ("\\d{2}", Repeat(D, 2, 2)),
        ("\\d{2,}", Repeat(D, 2, None)),
        ("\\d{2,4}$", Sequence((Repeat(D, 2, 4), End()))),
    ],
)
def test_a_pattern_becomes_a_tree(pattern: str, tree: object) -> None:
    assert parse(pattern) == tree


def test_groups_are_numbered_by_their_opening() -> None:
    inner = Group(2, chars("1"))
    assert parse("(0(1))(2)") == Sequence(
        (Group(1, Sequence((chars("0"), inner))), Group(3, chars("2")))
    )


@pytest.mark.parametrize("pattern", ["(?=1)", "(?!1)", "^1", "\\w", ".", "*", "(1", "1)", "a\\"])
def test_syntax_that_is_not_compiled_is_refused(pattern: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parse(pattern)
