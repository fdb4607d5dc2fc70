"""Steps stored before their answer leaves, and later when the store is slow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls import deadline

if TYPE_CHECKING:
    from clientsvia.calls.ports import CallStates, Step

log = structlog.get_logger(__name__)

TRIES = 30
SECONDS_BETWEEN = 1.0


class Commits:
    """Commits steps within the budget; one that is late is retried while the call goes on.

    ``lost`` counts steps that were given up on after ``tries``.
    """

    def __init__(
        self, states: CallStates, *, tries: int = TRIES, pause: float = SECONDS_BETWEEN
    ) -> None:
        self._states = states
        self._tries = tries
        self._pause = pause
        self._late: set[asyncio.Task[Step]] = set()
        self._behind = False
        self.lost = 0

    async def commit(self, step: Step) -> Step:
        """The step that everybody gets; ``step`` itself when the store does not tell in time."""
        storing = asyncio.create_task(self._store(step))
        self._late.add(storing)
        storing.add_done_callback(self._stored)
        done, _ = await asyncio.wait({storing}, timeout=deadline.MEMORY)
        if done:
            return storing.result()
        self._fall_behind(step, f"no answer within {deadline.MEMORY} s")
        return step

    def __len__(self) -> int:
        """Steps that are not stored yet."""
        return len(self._late)

    async def drain(self, seconds: float) -> None:
        """Wait for late steps, for at most ``seconds``."""
        if self._late:
            await asyncio.wait(self._late, timeout=seconds)

    async def _store(self, step: Step) -> Step:
        """Store a step, trying again; whatever the failure, the caller must not notice."""
        for _ in range(self._tries):
            try:
                return await self._states.commit(step)
            except Exception as error:  # noqa: BLE001 - any failure of any store
                self._fall_behind(step, str(error))
            await asyncio.sleep(self._pause)
        self.lost += 1
        log.error("a step is lost", call=step.call_sid, key=step.key, remedy="mend the store")
        return step

    def _fall_behind(self, step: Step, reason: str) -> None:
        """Tell once that steps are late, not for each of them."""
        if self._behind:
            return
        self._behind = True
        log.warning(
            "steps are not stored in time; calls go on",
            call=step.call_sid,
            reason=reason,
            remedy="see that no other program holds a lock on the database, and the disk is fast",
        )

    def _stored(self, storing: asyncio.Task[Step]) -> None:
        self._late.discard(storing)
        if self._behind and not self._late:
            self._behind = False
            log.info("every step is stored again", lost=self.lost)
