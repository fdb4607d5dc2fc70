"""A company at a glance: what keeps it from going live, and how its day goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.admin.calls_now import live_calls, today
from clientsvia.admin.going_live import checklist
from clientsvia.inbox.message import MessageState
from clientsvia.latency.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.going_live import Item
    from clientsvia.admin.looking import Looking
    from clientsvia.admin.ports import Tested, TwilioAccounts
    from clientsvia.calls.log_queries import CallTotals, Span
    from clientsvia.calls.ports import CallLog, LoggedCall
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.inbox.message import Message
    from clientsvia.inbox.ports import Messages
    from clientsvia.latency.summary import Summary

MESSAGES_SHOWN = 3
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Overview:
    """What is seen first; ``new_messages`` are counted up to MOST_COUNTED.

    ``latency`` is of today's webhooks, None before the first. ``messages`` are the newest new ones.
    """

    items: Sequence[Item]
    today: CallTotals
    live: Sequence[LoggedCall]
    latency: Summary | None
    new_messages: int
    messages: Sequence[Message]

    @property
    def left(self) -> int:
        """How much is to be mended before the company can go live."""
        return sum(item.stops for item in self.items)


@dataclass(frozen=True, slots=True)
class Overviews:
    """Looks at one company at a time."""

    looking: Looking
    tested: Tested
    twilio: TwilioAccounts
    log: CallLog
    box: Messages

    async def items(self, stored: StoredProfile, *, ask_twilio: bool) -> Sequence[Item]:
        """The checklist; Twilio is asked about the numbers only where that time may be taken."""
        setup, company = self.looking.at(stored, ask_twilio=ask_twilio)
        found = checklist(setup, stored.profile, company, self.tested, self.twilio)
        return [item async for item in found]

    async def of(self, stored: StoredProfile) -> Overview:
        """Everything at a glance, without a word to anybody outside."""
        profile, now = stored.profile, self.looking.clock.now()
        span = today(ZoneInfo(profile.time_zone), now)
        [totals] = await self.log.totals([(profile.slug, span)])
        waiting = await self.box.list(profile.slug, states=[MessageState.NEW], limit=MOST_COUNTED)
        return Overview(
            await self.items(stored, ask_twilio=False),
            totals,
            await live_calls(self.log, now, profile.slug, call_seconds=profile.limits.call_seconds),
            await self._latency(profile.slug, span),
            len(waiting),
            waiting[:MESSAGES_SHOWN],
        )

    async def _latency(self, slug: str, span: Span) -> Summary | None:
        counted = Histogram()
        async for chunk in self.log.timings(span, slug):
            for timing in chunk:
                if timing.stages:
                    counted.add(sum(timing.stages.values()))
        return counted.summary() if len(counted) else None
