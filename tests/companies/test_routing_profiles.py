"""What a profile may say about who is rung."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clientsvia.companies.routing_profiles import RotaProfile, TargetProfile

ROTA: dict[str, Any] = {"starts": "2026-11-23T08:00", "order": ["ana", "bo"]}


def swap(start: str, end: str, member: str = "ana") -> dict[str, str]:
    return {"from": f"2026-12-{start}", "to": f"2026-12-{end}", "member": member}


def test_swaps_may_follow_each_other_and_stand_in_any_order() -> None:
    swaps = [swap("24T08:00", "25T08:00"), swap("23T08:00", "24T08:00")]
    assert len(RotaProfile.model_validate(ROTA | {"swaps": swaps}).swaps) == 2


@pytest.mark.parametrize(
    ("swaps", "remedy"),
    [
        (
            [swap("24T08:00", "26T08:00"), swap("25T08:00", "27T08:00")],
            "let one end before the other starts",
        ),
        ([swap("24T08:00", "24T08:00")], "let 'to' be the later moment"),
    ],
)
def test_swaps_that_make_no_sense_are_refused(swaps: list[dict[str, str]], remedy: str) -> None:
    with pytest.raises(ValidationError, match=remedy):
        RotaProfile.model_validate(ROTA | {"swaps": swaps})


def test_who_stands_in_is_a_member() -> None:
    team = {"id": "team", "name": "the team", "members": ["ana", "bo"]}
    rota = ROTA | {"swaps": [swap("24T08:00", "25T08:00", "cy")]}
    with pytest.raises(ValidationError, match="add them to members"):
        TargetProfile.model_validate(team | {"rota": rota})
    TargetProfile.model_validate(team | {"members": ["ana", "bo", "cy"], "rota": rota})
