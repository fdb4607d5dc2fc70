"""How busy this process is, told by how late its event loop does what is due."""

from __future__ import annotations

import asyncio

import structlog

log = structlog.get_logger(__name__)

EVERY_SECONDS = 0.05
NEWEST = 0.2  # the weight of the newest look: one long pause among many short ones is not a load
NO_EARLY_WORK = 0.1  # seconds late: what may turn out to be for nothing is not begun
OWN_DATA_ONLY = 0.5  # seconds late: answers come from memory


class Load:
    """What to leave undone, so that the calls there are get their answers in time."""

    def __init__(self) -> None:
        self.late = 0.0
        self._shedding = False

    @property
    def busy(self) -> bool:
        """Whether there is no time for answers that may be for nothing."""
        return self.late > NO_EARLY_WORK

    @property
    def overloaded(self) -> bool:
        """Whether there is no time to ask anybody else for an answer."""
        return self.late > OWN_DATA_ONLY

    async def watch(self) -> None:
        """Look again and again how late the loop is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + EVERY_SECONDS
            await asyncio.sleep(EVERY_SECONDS)
            self.noticed(max(0.0, loop.time() - due))

    def noticed(self, late: float) -> None:
        """Take in that something was done so many seconds after it was due."""
        self.late += NEWEST * (late - self.late)
        if self.busy != self._shedding:
            self._shedding = self.busy
            tell = log.warning if self.busy else log.info
            tell("early answers", begun=not self.busy, late_ms=round(self.late * 1000))
