"""Carries out what committed steps are to bring about: keeps messages, and has owners told."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.calls.taking.message import is_transcribed
from clientsvia.inbox import telling
from clientsvia.inbox.message import Message
from clientsvia.inbox.summary import called_off, caller_name, caller_of, is_going_on, summary
from clientsvia.inbox.telling import Occasion

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.companies.company import Company
    from clientsvia.inbox.ports import Committed, Effects, Messages, Untold
    from clientsvia.notices.ports import Outbox

    Call = tuple[str, str]

log = structlog.get_logger(__name__)

EVERY_SECONDS = 0.5
CLAIM = timedelta(seconds=10)
"""How long others leave to a worker what it took: what one that died had, they do then."""
PATIENCE = timedelta(minutes=1)
"""How long more of a message may be missing, or the words of its recording, before it is told."""
AGAIN = timedelta(seconds=15)
OVER_REMEMBERED = 10_000


class Clerk:
    """Takes effects in the order of their commits; each ends as if it had been done once.

    What it does can be done twice to the same end: a message is merged by its call, a notice is put
    in under a key. So a worker that dies between two of its steps leaves nothing half done.
    """

    def __init__(
        self,
        effects: Effects,
        messages: Messages,
        outbox: Outbox,
        call_log: CallLog,
        company_of: Callable[[str], Company | None],
        clock: Clock,
    ) -> None:
        self._effects = effects
        self._messages = messages
        self._outbox = outbox
        self._log = call_log
        self._company_of = company_of
        self._clock = clock
        self._over: OrderedDict[Call, None] = OrderedDict()
        self._look_again: dict[Call, datetime] = {}
        self._failing = False

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.work()

    def call_over(self, company: str, call_sid: str) -> None:
        """Learn that a call is over: what was left on it is told as it stands."""
        self._over[company, call_sid] = None
        if len(self._over) > OVER_REMEMBERED:
            self._over.popitem(last=False)

    async def work(self) -> bool:
        """Do what is to be done now; False when a store did not answer, and it is done later."""
        now = self._clock.now()
        # Of a call that another worker has ended nothing is heard here.
        self._look_again = {call: at for call, at in self._look_again.items() if now < at}
        try:
            waiting = await self._effects.waiting(now)
            for call, found in groupby(sorted(waiting, key=_order), key=_call):
                await self._attempt(self._carry_out(call, list(found), now), call)
            for untold in await self._messages.untold():
                if self._is_due(untold, now):
                    message = untold.message
                    call = message.company, message.call_sid
                    await self._attempt(self._tell(untold, now), call)
        except Exception as error:  # noqa: BLE001 - whatever fails, nothing is lost and calls go on
            if not self._failing:
                log.warning("messages wait: the store does not answer", error=str(error))
            self._failing = True
            return False
        self._failing = False
        return True

    async def _attempt(self, doing: Awaitable[None], call: Call) -> None:
        """One call's trouble must not hold up another's message."""
        try:
            await doing
        except Exception as error:  # noqa: BLE001 - it is tried again
            remedy = "it is tried again in a few seconds; see that the store answers"
            log.warning(
                "what a call left could not be passed on",
                company=call[0],
                call=call[1],
                error=repr(error),
                remedy=remedy,
            )

    async def _carry_out(self, call: Call, found: Sequence[Committed], now: datetime) -> None:
        """A call's effects in their order; while somebody is at work on one, the others wait."""
        if any(one.claimed for one in found):
            return
        missed = [one for one in found if one.kind == "TransferMissed"]
        if missed and not await self._is_over(call, missed[-1].at, now):
            found = [one for one in found if one.kind != "TransferMissed"]
        if not found:
            return
        if not await self._effects.claim([one.id for one in found], now, now + CLAIM):
            return  # another worker was faster
        for one in found:
            await self._do(one, now)
            await self._effects.done([one.id])

    async def _do(self, one: Committed, now: datetime) -> None:
        if one.kind == "MessageLeft":
            await self._keep(one, now)
        elif one.kind == "MessageTranscribed":
            await self._keep_words(one, now)
        elif one.kind == "UrgentCall":
            occasion = await self._occasion(one.company, one.call_sid, now)
            await self._outbox.add([telling.of_urgent(occasion, one.at, one.turn, one.data)])
        elif one.kind == "TransferMissed":
            await self._miss(one, now)
        else:
            raise LookupError(f"this release knows no effect {one.kind}: run the newest one")

    async def _keep(self, one: Committed, now: datetime) -> None:
        """Keep what the caller left, and when it is told unless more comes before."""
        message = Message(one.company, one.call_sid, one.at, "", **one.data)
        before = await self._messages.get(one.company, one.call_sid)
        whole = message if before is None else before.with_more(message)
        at_once = whole.complete and (whole.urgent or not self._awaits_words(whole))
        await self._messages.keep(message, tell_at=now if at_once else now + PATIENCE)

    async def _keep_words(self, one: Committed, now: datetime) -> None:
        """Add what was recognised of a recording; words that come late are told by themselves.

        Where nothing was recognised it makes no message of what is none.
        """
        if said := str(one.data["text"]):
            message = Message(one.company, one.call_sid, one.at, "", transcript=said)
            before = await self._messages.get(one.company, one.call_sid)
            told = before is not None and before.complete
            await self._messages.keep(message, tell_at=now if told else None)
        await self._messages.hasten(one.company, one.call_sid, now)

    def _awaits_words(self, message: Message) -> bool:
        company = self._company_of(message.company)
        if company is None or not message.recording or message.transcript:
            return False
        return is_transcribed(company, message.seconds)

    async def _miss(self, one: Committed, now: datetime) -> None:
        """Tell of a transfer nobody took, unless the caller got through or left a message."""
        company = self._company_of(one.company)
        occasion = await self._occasion(one.company, one.call_sid, now)
        notice = telling.of_missed(occasion, one.at)
        wanted = company is None or company.notify.missed or notice.urgent
        if wanted and not called_off(occasion.call):
            await self._outbox.add([notice])
        self._look_again.pop((one.company, one.call_sid), None)

    async def _is_over(self, call: Call, at: datetime, now: datetime) -> bool:
        """Whether nothing more is to come of a call on which something was missed ``at``."""
        if call in self._over:
            return True
        if now < self._look_again.get(call, at + PATIENCE):
            return False
        company, sid = call
        if is_going_on(await self._log.call(sid, company=company), now, PATIENCE):
            self._look_again[call] = now + AGAIN
            return False
        return True

    def _is_due(self, untold: Untold, now: datetime) -> bool:
        message = untold.message
        over = (message.company, message.call_sid) in self._over
        return untold.at <= now or (over and not message.complete)

    async def _tell(self, untold: Untold, now: datetime) -> None:
        """Put the notice in the outbox, and only then note that it is told."""
        company, sid = untold.message.company, untold.message.call_sid
        occasion = await self._occasion(company, sid, now)
        call, known = occasion.call, occasion.known
        found = Message(
            company,
            sid,
            untold.message.at,
            caller_of(call),
            name=untold.message.name or caller_name(call, known),
            summary=summary(call, known),
        )
        message = await self._messages.keep(found)
        await self._outbox.add([telling.of_message(occasion, message, untold.version)])
        await self._messages.told(untold)

    async def _occasion(self, company: str, call_sid: str, now: datetime) -> Occasion:
        call = await self._log.call(call_sid, company=company)
        return Occasion(company, call_sid, self._company_of(company), call, now)


def _call(one: Committed) -> Call:
    return one.company, one.call_sid


def _order(one: Committed) -> tuple[Any, ...]:
    return one.company, one.call_sid, one.id
