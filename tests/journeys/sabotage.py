"""A caller in whose call every worker dies."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

from clientsvia.simulator.caller import Scripted

if TYPE_CHECKING:
    from clientsvia.simulator import Script
    from clientsvia.simulator.caller import Act, Moment
    from tests.serving import Service


class Saboteur(Scripted):
    """Ends every worker at once, with kill -9, as soon as the agent has said ``cue``."""

    def __init__(self, service: Service, script: Script, cue: str) -> None:
        super().__init__(script.steps, hangs_up=True)
        self.service = service
        self.cue = cue
        self.armed = False
        self.killed: list[int] = []

    def hears(self, text: str) -> None:
        self.armed = self.armed or self.cue in text
        super().hears(text)

    async def acts(self, moment: Moment) -> Act | None:
        if self.armed and not self.killed:
            self.killed = self.service.workers()
            for pid in self.killed:
                os.kill(pid, signal.SIGKILL)
            await asyncio.to_thread(self.service.wait_until_ready)
        return await super().acts(moment)
