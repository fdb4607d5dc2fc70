"""What has been said on a call so far, as a responder and "say that again" need it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.calls import deadline
from clientsvia.calls.card_numbers import may_go_on, without_cards
from clientsvia.calls.events import Digits, Heard
from clientsvia.calls.ports import Earlier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import CallStates
    from clientsvia.calls.state import Call, CallState, Pending
    from clientsvia.companies.company import Company

    Moment = tuple[int, Pending | None]

log = structlog.get_logger(__name__)

REMEMBERED = 6  # turns: what was said before them seldom matters, and every token costs time


@dataclass(frozen=True, slots=True)
class Conversation:
    """The latest turns of a call, and what was ``said`` in the last one, sentence by sentence.

    ``request`` is what was read back last as something that nobody but a person can promise.
    ``turn`` is the number of the last turn.
    """

    turns: tuple[Earlier, ...] = ()
    said: tuple[str, ...] = ()
    request: str = ""
    turn: int = 0

    @property
    def asked(self) -> str:
        """The caller's last words."""
        return asked_last(self.turns)

    def reheard(self, texts: Sequence[str]) -> Conversation:
        """With other words of the caller's in these turns."""
        turns = zip(texts, self.turns, strict=True)
        return replace(self, turns=tuple(Earlier(text, turn.said) for text, turn in turns))

    def heard(self, text: str, said: tuple[str, ...]) -> Conversation:
        """With one more turn; ``text`` is empty when nothing was heard."""
        turns = (*self.turns, Earlier(text, " ".join(said)))[-REMEMBERED:]
        return Conversation(turns, said)

    def went_on(self, said: tuple[str, ...]) -> Conversation:
        """With more said in the last turn."""
        if not self.turns:
            return self.heard("", said)
        last = self.turns[-1]
        whole = Earlier(last.heard, " ".join([last.said, *said]))
        return Conversation((*self.turns[:-1], whole), self.said + said)

    def memory(self) -> dict[str, Any]:
        """What the call-state port keeps."""
        turns = [[turn.heard, turn.said] for turn in self.turns]
        memory = {"said": list(self.said), "turns": turns, "request": self.request}
        return memory | {"turn": self.turn}


def asked_last(turns: tuple[Earlier, ...]) -> str:
    """The caller's last words in these turns; empty where there are none."""
    return next((turn.heard for turn in reversed(turns) if turn.heard), "")


def recalled(memory: Mapping[str, Any] | None) -> Conversation:
    """The conversation that ``memory`` tells of."""
    if not memory:
        return Conversation()
    turns = tuple(Earlier(heard, said) for heard, said in memory.get("turns", ()))
    said, request = tuple(memory.get("said", ())), memory.get("request", "")
    return Conversation(turns, said, request, memory.get("turn", 0))


def pressed_in(memory: Mapping[str, Any], turn: int) -> Mapping[str, str]:
    """The keys of those who answered while ``turn`` rang them, by target; empty for no key yet."""
    whispers = memory.get("whispers") or {}
    return dict(whispers.get("pressed", {})) if whispers.get("turn") == turn else {}


class Conversations:
    """The conversations of the calls this process has lately heard of; others are asked for."""

    def __init__(self, states: CallStates, *, most: int = 10_000) -> None:
        self._states = states
        self._most = most
        self._known: OrderedDict[tuple[str, str], tuple[Moment, Conversation]] = OrderedDict()

    def known(self, company: Company, call: Call) -> Conversation | None:
        """The conversation up to this webhook, if this process answered the one before it."""
        moment, conversation = self._known.get((company.slug, call.sid), (None, None))
        return conversation if moment == _moment(call.state) else None

    def keep(
        self, company: Company, call: Call, conversation: Conversation, state: CallState
    ) -> None:
        """Remember a conversation for the webhook that brings ``state``."""
        key = company.slug, call.sid
        self._known[key] = _moment(state), conversation
        self._known.move_to_end(key)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def forget(self, company: Company, call: Call) -> None:
        """Ask the store next time: another webhook was answered in this one's place."""
        self._known.pop((company.slug, call.sid), None)

    async def earlier(self, company: Company, call: Call) -> tuple[Earlier, ...]:
        """The turns before this one, while the caller still speaks in it."""
        if call.state.turn <= 1:
            return ()
        known = self.known(company, call)
        if known is not None:
            return known.turns
        before = self._known.get((company.slug, call.sid))
        loaded = await self._loaded(company, call)
        # What the turn itself has left meanwhile is newer than what was loaded for it.
        if loaded is not None and self._known.get((company.slug, call.sid)) is before:
            self.keep(company, call, loaded, call.state)
        return loaded.turns if loaded is not None else ()

    async def without_cards(
        self, company: Company, call: Call, event: Event, before: Conversation
    ) -> tuple[Event, Conversation]:
        """The event without a card number, also one that the turns before it began."""
        if not isinstance(event, Heard | Digits):
            return event, before
        earlier = before
        if call.state.turn > 1 and not before.turns and may_go_on(event):
            earlier = await self.load(company, call)
        if earlier.turn >= call.state.turn:  # a second delivery: it does not go on from itself
            earlier = Conversation()
        texts = [turn.heard for turn in earlier.turns]
        event, reheard = without_cards(event, texts)
        return event, earlier.reheard(reheard) if reheard != texts else before

    async def going_on(self, company: Company, call: Call) -> Conversation:
        """The conversation with this very turn in it; an empty one when nobody tells in time.

        The turn may be committed late: what was asked before it must not be answered in its stead.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(deadline.WORDS):
                while (found := await self._loaded(company, call, deadline.WORDS)) is not None:
                    if found.turn == call.state.turn:
                        return found
                    await asyncio.sleep(deadline.MEMORY)
        log.warning("what a caller asked is not known", call=call.sid)
        return Conversation()

    async def pressed(self, company: Company, call: Call) -> Mapping[str, str] | None:
        """What those pressed whom this turn rings; None when nobody tells in time."""
        memory = await self.memory(company.slug, call.sid)
        return None if memory is None else pressed_in(memory, call.state.turn)

    async def load(self, company: Company, call: Call) -> Conversation:
        """The conversation as any process committed it; an empty one when nobody tells in time."""
        loaded = await self._loaded(company, call)
        return Conversation() if loaded is None else loaded

    async def _loaded(
        self, company: Company, call: Call, patience: float = deadline.MEMORY
    ) -> Conversation | None:
        memory = await self.memory(company.slug, call.sid, patience)
        return None if memory is None else recalled(memory)

    async def memory(
        self, company: str, call_sid: str, patience: float = deadline.MEMORY
    ) -> Mapping[str, Any] | None:
        """What a call remembers, by the company's slug; None when nobody tells in time."""
        try:
            async with asyncio.timeout(patience):
                return await self._states.load(company, call_sid) or {}
        except Exception as error:  # noqa: BLE001 - the call goes on without, whatever the store does
            log.warning("the call's memory did not answer", call=call_sid, error=repr(error))
            return None


def _moment(state: CallState) -> Moment:
    """A turn, and how much of its answer was given: each webhook of a call has its own."""
    return state.turn, state.pending
