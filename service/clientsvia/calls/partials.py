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
from clientsvia.calls.card_numbers import masked_together
from clientsvia.calls.conversation import asked_last
from clientsvia.calls.corrections import meant_by
from clientsvia.calls.ports import Earlier, Question
from clientsvia.calls.state import Call, CallState

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from clientsvia.calls.conversation import Conversations
    from clientsvia.calls.ports import Clock, PreparedAnswers, Relay
    from clientsvia.calls.speculation import Speculation
    from clientsvia.companies.company import Company

log = structlog.get_logger(__name__)

TURNS_REMEMBERED = 10_000
TURN_SECONDS = 90.0  # Twilio hears a turn for 60 at most
CALL_OVER = -1  # in place of a turn: none follows


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
        self._under_way: set[asyncio.Task[None]] = set()
        if relay is not None:
            relay.follow(self._received)

    async def hear(self, company: Company, call: Call, partial: Partial) -> None:
        """Take in what was heard so far."""
        if self._speculation.instant(company) or await self._is_ours(company, call):
            await self._hear(company, call, partial)
            return
        state = call.state
        await self._send(_Sent(company.slug, company.revision, call.sid, state.turn, partial))

    def over(self, company: Company, call: Call, answer: str = "") -> None:
        """A turn is over: only the answer under this key is still of use, none without one."""
        turn = call.state.turn
        self._speculation.over(company, call.sid, turn, answer)
        if self._relay is not None and not self._speculation.instant(company):
            sent = _Sent(company.slug, company.revision, call.sid, turn, None, answer)
            self._spawn(self._tell_over(sent))

    def ended(self, company: Company, call_sid: str) -> None:
        """A call is over, wherever its turns were heard."""
        self._speculation.ended(company.slug, call_sid)
        if self._relay is not None and not self._speculation.instant(company):
            sent = _Sent(company.slug, company.revision, call_sid, CALL_OVER, None)
            self._spawn(self._send(sent))

    async def close(self) -> None:
        """Stop what is still under way."""
        under_way = [*self._under_way, *self._ours.values()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _spawn(self, doing: Coroutine[None, None, None]) -> None:
        """Have something done that nobody waits for."""
        task = asyncio.create_task(doing)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _tell_over(self, sent: _Sent) -> None:
        """Tell the process that hears the turn, if that is another."""
        if not await self._heard_here(sent.company, sent.call_sid, sent.turn):
            await self._send(sent)

    async def _hear(self, company: Company, call: Call, partial: Partial) -> None:
        # What answers from the company's own data makes no use of what was said before.
        instant = self._speculation.instant(company)
        earlier = () if instant else await self._conversations.earlier(company, call)
        *before, text = masked_together([*(turn.heard for turn in earlier), partial.text])
        earlier = tuple(map(Earlier, before, (turn.said for turn in earlier)))
        text = meant_by(text, asked_last(earlier))
        question = Question(company, text, self._clock.now(), earlier)
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
        if sent.turn == CALL_OVER:
            self._speculation.ended(sent.company, sent.call_sid)
        else:
            self._spawn(self._take_in(sent))

    async def _take_in(self, sent: _Sent) -> None:
        """Do with a message as with what reached this process itself, if the turn is heard here."""
        if not await self._heard_here(sent.company, sent.call_sid, sent.turn):
            return
        company = self._company_of(sent.company)
        if company is None or company.revision != sent.revision:
            return
        if sent.partial is None:
            self._speculation.over(company, sent.call_sid, sent.turn, sent.answer)
            return
        call = Call(sent.call_sid, CallState(sent.company, 0, sent.turn), "")
        await self._hear(company, call, sent.partial)

    async def _heard_here(self, company: str, call_sid: str, turn: int) -> bool:
        """Whether this process has the turn, or is about to be told so."""
        claim = self._ours.get((company, call_sid, turn))
        return claim is not None and await asyncio.shield(claim)
