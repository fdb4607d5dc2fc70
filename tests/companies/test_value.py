"""Values that are made many times a call."""

from __future__ import annotations

import pytest

from clientsvia.companies.days import Rule
from clientsvia.companies.hours import Status


def test_equal_values_are_one_to_a_set() -> None:
    told = [Status(is_open, Rule.WEEKLY, "why", None) for is_open in (True, True, False)]
    assert len(set(told)) == 2


def test_a_value_holds_its_fields_alone() -> None:
    with pytest.raises(AttributeError):
        Status(True, Rule.WEEKLY, "why", None).another = 1  # type: ignore[attr-defined]  # noqa: FBT003 - its first field
