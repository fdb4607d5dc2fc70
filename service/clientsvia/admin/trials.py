"""What pages and programs ask of an agent without a call, for the company as it is stored now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.admin.played_call import Caller
from clientsvia.admin.replay import replay
from clientsvia.companies.moments import moment
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from clientsvia.admin.played_call import Player
    from clientsvia.admin.replay import Replay
    from clientsvia.admin.try_it import Move, Tried, TryIt
    from clientsvia.calls.ports import CallLog, Clock, LoggedCall
    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import StoredProfile

NO_CALL = "the company has no such call: choose one of its list of calls"


@dataclass(frozen=True, slots=True)
class Ring:
    """A call to try, as people type it: without ``called`` to the first number, without ``at`` now.

    ``caller`` is a number in any spelling or a word such as anonymous.
    """

    called: str = ""
    caller: str = ""
    at: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Trials:
    """Conversations, and calls of the log played again."""

    try_it: TryIt
    player: Player
    log: CallLog
    clock: Clock

    async def ring(self, stored: StoredProfile, user: str, typed: Ring) -> Tried:
        """The first step of a conversation; raises InvalidInput for what is no moment or number."""
        at = self._moment(stored, typed.at)
        caller = Caller(typed.called, typed.caller, typed.unverified)
        return self.try_it.ring(await self._company(stored), user, caller, at)

    async def go_on(self, stored: StoredProfile, user: str, state: str, move: Move) -> Tried:
        """The next step; raises InvalidInput for a state or a move that does not fit."""
        return await self.try_it.go_on(await self._company(stored), user, state, move)

    def follows(self, stored: StoredProfile, user: str, state: str) -> Mapping[str, Any] | None:
        """What a conversation waits for; None when it cannot be gone on with."""
        return self.try_it.follows(stored.profile.slug, user, state)

    async def call(self, stored: StoredProfile, sid: str) -> LoggedCall:
        """A call of the company's log; raises InvalidInput when it has none of this SID."""
        call = await self.log.call(sid, company=stored.profile.slug)
        if call is None:
            raise InvalidInput(NO_CALL)
        return call

    async def again(self, stored: StoredProfile, call: LoggedCall, at: str = "") -> Replay:
        """A call with today's settings, at its own moment unless another one is typed."""
        then = self._moment(stored, at)
        return await replay(self.player, await self._company(stored), call, then)

    def _moment(self, stored: StoredProfile, at: str) -> datetime | None:
        zone = ZoneInfo(stored.profile.time_zone)
        return moment(at, zone, self.clock.now()).astimezone(UTC) if at else None

    async def _company(self, stored: StoredProfile) -> Company:
        # What is in force on this worker may be a moment behind what its user has just saved.
        return await asyncio.to_thread(compile_company, stored, self.clock.now())
