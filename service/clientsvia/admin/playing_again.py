"""A company's logged call with today's settings, for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.admin.replay import replay

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.admin.played_call import Player
    from clientsvia.admin.replay import Replay
    from clientsvia.calls.ports import CallLog
    from clientsvia.companies.directory import Directory
    from clientsvia.companies.profile import CompanyProfile


@dataclass(frozen=True, slots=True)
class PlayingAgain:
    """Plays logged calls again: nobody is rung, and nothing is kept."""

    log: CallLog
    directory: Directory
    player: Player

    async def play(
        self, profile: CompanyProfile, call_sid: str, at: datetime | None = None
    ) -> Replay | None:
        """A call of the company again, at its own moment or ``at`` another; None without such.

        A moment without an offset is one on the company's clock.
        """
        call = await self.log.call(call_sid, company=profile.slug)
        company = self.directory.by_slug(profile.slug)
        if call is None or company is None:
            return None
        if at is not None and at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(profile.time_zone))
        return await replay(self.player, company, call, at)
