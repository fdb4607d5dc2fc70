from __future__ import annotations

import pytest

from clientsvia.calls.state import CallState, Mode


def test_equal_values_are_one_to_a_set() -> None:
    assert {CallState("acme", 1), CallState("acme", 1), CallState("acme", 2)} == {
        CallState("acme", 1),
        CallState("acme", 2),
    }


def test_a_value_holds_its_fields_alone() -> None:
    with pytest.raises(AttributeError):
        CallState("acme", 1).another = Mode.ENDED  # type: ignore[attr-defined]
