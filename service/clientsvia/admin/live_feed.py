"""Tells whoever watches which calls of a company are under way, as that changes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from clientsvia.admin.calls_now import live_calls

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import datetime

    from clientsvia.calls.ports import CallLog, Clock

EVERY_S = 1.0
QUIET_S = 15.0
"""After which something is sent in any case: whoever is gone is noticed by nothing else."""
MOST_WATCHERS = 200
MOST_CALLS = 20


@dataclass(frozen=True, slots=True)
class LiveCall:
    """A call under way; ``turns`` is how often something was answered so far."""

    call_sid: str
    caller: str
    called: str
    started_at: datetime
    outcome: str
    turns: int


Live = tuple[LiveCall, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the log, shared by all who watch a company at that moment."""

    at: float
    found: asyncio.Task[Live]


class LiveFeed:
    """Looks into the log once a second for each company that somebody watches."""

    def __init__(self, log: CallLog, clock: Clock, every_s: float = EVERY_S) -> None:
        self._log = log
        self._clock = clock
        self._every_s = every_s
        self._looks: dict[str, _Look] = {}
        self._watching: dict[str, int] = {}

    @property
    def full(self) -> bool:
        """Whether so many watch in this process that nobody else should."""
        return sum(self._watching.values()) >= MOST_WATCHERS

    async def watch(
        self, company: str, call_seconds: int, watch_s: float
    ) -> AsyncGenerator[Live | None]:
        """The calls under way at first and at each change; None when all was quiet for long.

        It ends after ``watch_s`` seconds.
        """
        over, last, told = monotonic() + watch_s, None, monotonic()
        self._watching[company] = self._watching.get(company, 0) + 1
        try:
            while monotonic() < over:
                seen = await self._look(company, call_seconds)
                if seen != last or monotonic() - told >= QUIET_S:
                    yield seen if seen != last else None
                    last, told = seen, monotonic()
                await asyncio.sleep(self._every_s)
        finally:
            self._leave(company)

    def _leave(self, company: str) -> None:
        self._watching[company] -= 1
        if not self._watching[company]:
            del self._watching[company]
            self._looks.pop(company, None)

    async def _look(self, company: str, call_seconds: int) -> Live:
        look = self._looks.get(company)
        if look is None or monotonic() - look.at >= self._every_s:
            task = asyncio.create_task(self._ask(company, call_seconds))
            look = self._looks[company] = _Look(monotonic(), task)
        return await asyncio.shield(look.found)

    async def _ask(self, company: str, call_seconds: int) -> Live:
        now = self._clock.now()
        calls = await live_calls(
            self._log, now, company, call_seconds=call_seconds, limit=MOST_CALLS
        )
        told = []
        for call in calls:
            whole = await self._log.call(call.call_sid, company=company)
            told.append(
                LiveCall(
                    call.call_sid,
                    call.caller,
                    call.called,
                    call.started_at,
                    call.outcome,
                    len(whole.turns) if whole else 0,
                )
            )
        return tuple(told)
