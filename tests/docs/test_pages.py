"""A wrong example would not pass unseen."""

from __future__ import annotations

import pytest

from tests.docs.pages import agrees


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("open until 12:00", "open  until\n12:00\n"),
        ("0:14 took 0.395", "0:02 took 12.101"),
        ("slug: demo\n…\ntwilio:", "slug: demo\nname: x\ntwilio:"),
        ("…0123 called", "…0123 called"),
    ],
)
def test_what_differs_from_run_to_run_does_not_count(expected: str, printed: str) -> None:
    assert agrees(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [("open until 12:00", "open until 13:00"), ("2 written", "3 written"), ("a … c", "a b c d")],
)
def test_what_is_wrong_does(expected: str, printed: str) -> None:
    assert not agrees(expected, printed)
