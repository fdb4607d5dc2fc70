from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.emergency_numbers import emergency_number

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("US", "911"),
        ("CA", "911"),
        ("GB", "9 9 9"),
        ("AU", "0 0 0"),
        ("NZ", "1 1 1"),
        ("DE", "1 1 2"),
        ("FR", "1 1 2"),
        ("XX", "1 1 2"),
    ],
)
def test_each_country_has_its_number(region: str, number: str) -> None:
    assert emergency_number(region) == number


def test_the_caller_is_told_to_call_it_and_never_that_it_was_called(demo: Company) -> None:
    said = sentences.emergency(replace(demo, region="GB"))
    assert "hang up now and call 9 9 9" in said
    assert "can't reach the emergency services" in said
