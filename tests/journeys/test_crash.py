"""A worker dies in the middle of a call, and the call goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.simulator import Script, place_call
from tests.journeys.sabotage import Saboteur

if TYPE_CHECKING:
    from tests.serving import Serve

pytestmark = pytest.mark.journey

SCRIPT = Script.model_validate(
    {
        "steps": [
            {"say": "How much does a visit cost?", "expect": ["eighty-nine"]},
            {"say": "Can you repeat that?", "expect": ["eighty-nine"]},
            {"say": "Do you give estimates?", "expect": ["free"]},
        ],
        "status_url": "status",
    }
)


@pytest.mark.parametrize("workers", [1, 2])
async def test_kill_9_in_mid_call_loses_no_turn(serve: Serve, workers: int) -> None:
    with serve(workers=str(workers)) as service:
        saboteur = Saboteur(service, SCRIPT, "eighty-nine")
        result = await place_call(SCRIPT, url=service.voice, person=saboteur)
        call = service.clientsvia("calls", "show", result.call_sid)
    assert len(saboteur.killed) == workers
    assert result.ok, (result.problems, result.expectations)
    assert [turn["event"]["text"] for turn in call["turns"]] == [
        "How much does a visit cost?",
        "Can you repeat that?",
        "Do you give estimates?",
    ]
