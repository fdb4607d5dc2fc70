from __future__ import annotations

import pytest

from forest import Forest
from rules import Action, Outcomes, Prefix


def action(pattern: str, transform: str | None, number: str) -> Action | None:
    """What a compiled prefix rule does with a number."""
    outcomes = Outcomes()
    prefix = Prefix(pattern, transform, outcomes)
    forest = Forest()
    state, found = forest.grow(prefix, prefix.start), 0
    pairs = list(outcomes)
    for depth in range(len(number) + 1):
        verdict, children = forest.states[state]
        found = pairs[verdict][depth == len(number)] or found
        if depth < len(number):
            state = children[int(number[depth])]
    return list(outcomes.actions)[found]


@pytest.mark.parametrize(
    ("pattern", "transform", "number", "expected"),
    [
        ("0", None, "0211", Action("", 0, 0, 1)),
        ("0", None, "211", None),
        ("([2-9]\\d{6})$|1", "340\\1", "7771234", Action("340", 0, 7, 7)),
        ("([2-9]\\d{6})$|1", "340\\1", "13407771234", Action("", 0, 0, 1)),
        ("([2-9]\\d{6})$|1", "340\\1", "77712345", None),
        ("0?(?:(11|2)15)?", "9\\1", "0111523456789", Action("9", 1, 3, 5)),
    ],
)
def test_a_prefix_leads_to_an_action(
    pattern: str, transform: str | None, number: str, expected: Action | None
) -> None:
    assert action(pattern, transform, number) == expected


@pytest.mark.parametrize(
    ("pattern", "starters"), [("0", "0"), ("0|180020", "01"), ("0?(?:11)?", "0123456789")]
)
def test_the_first_digits_of_a_prefix_are_known(pattern: str, starters: str) -> None:
    assert Prefix(pattern, None, Outcomes()).starters() == starters


def test_a_transform_rule_of_a_new_form_is_refused() -> None:
    with pytest.raises(ValueError, match="new form"):
        action("(0)(1)", "\\1\\2", "01")
