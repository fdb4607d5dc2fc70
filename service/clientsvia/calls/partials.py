"""Brings all partial results of a turn to one process, whichever they reach.

How long words have stood, and what was begun for them, is known where all of them are heard: in two
processes that heard half of them each, twice as much would be begun, and later.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import orjson
import structlog

from clientsvia.calls import deadline
from clientsvia.calls.ports import Question
from clientsvia.calls.state import Call, CallState

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.conversation import Conversations
    from clientsvia.calls.ports import Clock, PreparedAnswers, Relay
    from clientsvia.calls.speculation import Speculation
    from clientsvia.companies.company import Company

log = structlog.get_logger(__name__)

TURNS_REMEMBERED = 10_000
TURN_SECONDS = 90.0  # Twilio hears a turn for 60 at most


@dataclass(frozen=True, slots=True)
class Partial:
    """What was heard so far of a turn; ``stable`` is the beginning of it that will stay."""

    sequence: int
    text: str
    stable: str


@dataclass(frozen=True, slots=True)
class _Sent:
    """A partial, or the end of a turn with the key of its answer, on its way to another process."""

    company: str
    revision: int
    call_sid: str
    turn: int
    partial: Partial | None
    answer: str = ""


class Partials:
    """Hands partial results to ``speculation``, here or in the process that hears the turn.

    Without a ``relay`` this process is the only one. Where the claims or the relay do not answer,
    each process goes by what it hears itself.
    """

    def __init__(
        self,
        speculation: Speculation,
        conversations: Conversations,
        claims: PreparedAnswers,
        relay: Relay | None,
        company_of: Callable[[str], Company | None],
        clock: Clock,
    ) -> None:
        self._speculation = speculation
        self._conversations = conversations
        self._claims = claims
        self._relay = relay
        self._company_of = company_of
        self._clock = clock
        self._ours: OrderedDict[tuple[str, str, int], asyncio.Task[bool]] = OrderedDict()
        self._hearing: set[asyncio.Task[None]] = set()
        if relay is not None:
            relay.follow(self._received)

    async def hear(self, company: Company, call: Call, partial: Partial) -> None:
        """Take in what was heard so far."""
        if self._speculation.instant(company) or await self._is_ours(company, call):
            await self._hear(company, call, partial)
            return
        state = call.state
        await self._send(_Sent(company.slug, company.revision, call.sid, state.turn, partial))

    async def over(self, company: Company, call: Call, answer: str) -> None:
        """A turn's final words have come: only the answer under this key is still of use."""
        if self._relay is None or await self._heard_here(company.slug, call.sid, call.state.turn):
            return
        sent = _Sent(company.slug, company.revision, call.sid, call.state.turn, None, answer)
        await self._send(sent)

    async def _hear(self, company: Company, call: Call, partial: Partial) -> None:
        earlier = await self._conversations.earlier(company, call, self._speculation)
        question = Question(company, partial.text, self._clock.now(), earlier)
        turn = call.state.turn
        await self._speculation.hear(call.sid, turn, partial.sequence, question, partial.stable)

    async def _is_ours(self, company: Company, call: Call) -> bool:
        """Whether this process hears the turn: the first that a partial of it reached."""
        if self._relay is None:
            return True
        key = company.slug, call.sid, call.state.turn
        claim = self._ours.get(key)
        if claim is None:
            # One claim for all that come meanwhile: a second would find the turn taken, by us.
            claim = asyncio.create_task(self._claimed("turn:" + ":".join(map(str, key))))
            self._ours[key] = claim
            while len(self._ours) > TURNS_REMEMBERED:
                self._ours.popitem(last=False)
        return await asyncio.shield(claim)

    async def _claimed(self, key: str) -> bool:
        try:
            async with asyncio.timeout(deadline.MEMORY):
                return await self._claims.claim(key, TURN_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever the store's trouble, the turn is heard
            log.info("nobody tells who hears a turn", error=repr(error))
            return True

    async def _send(self, sent: _Sent) -> None:
        if self._relay is None:
            return
        try:
            async with asyncio.timeout(deadline.MEMORY):
                await self._relay.send(orjson.dumps(asdict(sent)).decode())
        except Exception as error:  # noqa: BLE001 - a preparation owes nobody anything
            log.info("a partial result went nowhere", error=repr(error))

    def _received(self, message: str) -> None:
        fields = orjson.loads(message)
        sent = _Sent(**fields | {"partial": fields["partial"] and Partial(**fields["partial"])})
        hearing = asyncio.create_task(self._take_in(sent))
        self._hearing.add(hearing)
        hearing.add_done_callback(self._hearing.discard)

    async def _take_in(self, sent: _Sent) -> None:
        """Do with a message as with what reached this process itself, if the turn is heard here."""
        if not await self._heard_here(sent.company, sent.call_sid, sent.turn):
            return
        company = self._company_of(sent.company)
        if company is None or company.revision != sent.revision:
            return
        if sent.partial is None:
            self._speculation.over(sent.company, sent.call_sid, sent.turn, sent.answer)
            return
        call = Call(sent.call_sid, CallState(sent.company, 0, sent.turn), "")
        await self._hear(company, call, sent.partial)

    async def _heard_here(self, company: str, call_sid: str, turn: int) -> bool:
        """Whether this process has the turn, or is about to be told so."""
        claim = self._ours.get((company, call_sid, turn))
        return claim is not None and await asyncio.shield(claim)
