"""Overrides put into a profile and taken out of it."""

from __future__ import annotations

import pytest

from clientsvia.companies.files import demo_profile
from clientsvia.companies.overriding import overridden
from clientsvia.companies.schedule import Override
from clientsvia.errors import InvalidInput

CLOSED = Override(state="closed", label="snow")


def test_only_the_override_changes() -> None:
    profile = demo_profile()
    closed = overridden(profile, CLOSED)
    assert closed.hours.override == CLOSED
    assert overridden(closed, None) == profile


def test_a_company_without_targets_says_so() -> None:
    bare = demo_profile().model_copy(update={"targets": ()})
    with pytest.raises(InvalidInput, match="it has none"):
        overridden(bare, CLOSED, "office")
