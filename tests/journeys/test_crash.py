"""A worker dies in the middle of a call, and the call goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest

from clientsvia.simulator import Script, place_call
from clientsvia.simulator.caller import Scripted

if TYPE_CHECKING:
    from clientsvia.simulator.caller import Act, Moment
    from tests.serving import Serve, Service

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


class Saboteur(Scripted):
    """A caller who, having heard the first answer, ends every worker at once."""

    def __init__(self, service: Service) -> None:
        super().__init__(SCRIPT.steps, hangs_up=True)
        self.service = service
        self.armed = False
        self.killed: list[int] = []

    def hears(self, text: str) -> None:
        self.armed = "eighty-nine" in text
        super().hears(text)

    async def acts(self, moment: Moment) -> Act | None:
        if self.armed and not self.killed:
            self.killed = self.service.workers()
            for pid in self.killed:
                os.kill(pid, signal.SIGKILL)
            await asyncio.to_thread(self.service.wait_until_ready)
        return await super().acts(moment)


@pytest.mark.parametrize("workers", [1, 2])
async def test_kill_9_in_mid_call_loses_no_turn(serve: Serve, workers: int) -> None:
    with serve(workers=str(workers)) as service:
        saboteur = Saboteur(service)
        result = await place_call(SCRIPT, url=service.voice, person=saboteur)
        call = service.clientsvia("calls", "show", result.call_sid)
    assert len(saboteur.killed) == workers
    assert result.ok, (result.problems, result.expectations)
    assert [turn["event"]["text"] for turn in call["turns"]] == [
        "How much does a visit cost?",
        "Can you repeat that?",
        "Do you give estimates?",
    ]
