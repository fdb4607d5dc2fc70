"""Answers made while the caller still speaks, used only when the final words mean the same."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.meaning import canonical

if TYPE_CHECKING:
    from clientsvia.calls.making import Making
    from clientsvia.calls.makings import Makings
    from clientsvia.calls.onset import Pace, StartPolicy
    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company

CALLS_REMEMBERED = 10_000
KEY_BYTES = 12


class Waste(Protocol):
    """Counts what was made for nothing, and says when there has been enough of it."""

    def allows(self, company: Company, call_sid: str) -> bool:
        """Whether a call may have answers begun early."""

    def discarded(self, call_sid: str, making: Making) -> None:
        """Count an answer that nobody heard."""


class Unlimited:
    """Minds no waste."""

    def allows(self, company: Company, call_sid: str) -> bool:  # noqa: ARG002 - the protocol's
        """Always."""
        return True

    def discarded(self, call_sid: str, making: Making) -> None:
        """Nobody counts."""


@dataclass(slots=True, eq=False)
class _Turn:
    """What is known of a call's turn while the caller speaks."""

    number: int
    call_sid: str
    pace: Pace
    newest: int = -1
    over: bool = False
    makings: list[Making] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None

    def disarm(self) -> None:
        """Begin nothing later."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Speculation:
    """Begins answers to partial results, and finds them again for the final one.

    When the final words mean something else, what was begun is dropped. The company's revision is
    part of an answer's key: what was made under older settings is never found.
    """

    def __init__(self, makings: Makings, policy: StartPolicy, waste: Waste) -> None:
        self._makings = makings
        self._policy = policy
        self._waste = waste
        self._calls: OrderedDict[tuple[str, str], _Turn] = OrderedDict()

    def instant(self, company: Company) -> bool:
        """Whether answers for a company wait for nobody."""
        return self._makings.instant(company)

    async def hear(
        self, call_sid: str, turn: int, sequence: int, question: Question, stable: str = ""
    ) -> bool:
        """Take in a partial result; False when it is stale, or asks for nothing.

        An answer is begun now, or when the caller has been quiet for a while, as the policy says.
        """
        company = question.company
        state = self._turn(company, call_sid, turn)
        if state.number > turn or state.over or sequence <= state.newest:
            return False
        state.newest = sequence
        state.disarm()
        if intent_of(question.text) is not Intent.QUESTION:
            return False
        key = key_of(company, call_sid, turn, question.text)
        if self.instant(company):
            if self._makings.find(key) is None:
                state.makings.append(await self._makings.instantly(key, question, early=True))
            return True
        wait = state.pace.hear(question.text, stable, asyncio.get_running_loop().time())
        if wait is None:
            return False
        self._begin_in(wait, state, key, question)
        return True

    async def final(self, call_sid: str, turn: int, question: Question) -> Making:
        """The answer to the final words: what was begun for them, else begun now."""
        company = question.company
        key = key_of(company, call_sid, turn, question.text)
        self.over(company, call_sid, turn, key)
        making = self._makings.find(key)
        if making is not None and making.failure is None:
            return making
        if self.instant(company):
            return await self._makings.instantly(key, question, early=False)
        making = self._makings.start(key, question)
        state = self._turn(company, call_sid, turn)
        if state.number == turn:
            state.makings.append(making)
        return making

    def under_way(self, key: str, question: Question) -> Making:
        """The answer under a key, of which the caller has been given a part or a filler."""
        return self._makings.find(key) or self._makings.follow(key, question)

    def over(self, company: Company, call_sid: str, turn: int, answer: str) -> None:
        """A turn is over: nothing is begun for it any more, and this answer alone is of use."""
        state = self._turn(company, call_sid, turn)
        if state.number == turn:
            self._clear(state, keep=answer)
            state.over = True

    def close(self) -> None:
        """Begin nothing more."""
        for state in self._calls.values():
            state.disarm()

    def ended(self, company: str, call_sid: str) -> None:
        """A call is over: nobody needs what was begun for it."""
        state = self._calls.pop((company, call_sid), None)
        if state is not None:
            self._clear(state)

    def _begin_in(self, seconds: float, state: _Turn, key: str, question: Question) -> None:
        if seconds <= 0:
            self._begin(state, key, question)
            return
        loop = asyncio.get_running_loop()
        state.timer = loop.call_later(seconds, self._begin, state, key, question)

    def _begin(self, state: _Turn, key: str, question: Question) -> None:
        """Begin an answer in place of the one before, if it is not begun already."""
        if state.over or self._makings.find(key) is not None:
            return
        if not self._waste.allows(question.company, state.call_sid):
            return
        self._clear(state)
        state.pace.began()
        state.makings.append(self._makings.start(key, question, early=True))

    def _clear(self, state: _Turn, keep: str = "") -> None:
        """Drop what was begun in a turn, but for the answer under ``keep``."""
        state.disarm()
        for making in state.makings:
            if making.key != keep:
                self._makings.drop(making)
                if not state.over:  # else the caller has heard it
                    self._waste.discarded(state.call_sid, making)
        state.makings = [making for making in state.makings if making.key == keep]

    def _turn(self, company: Company, call_sid: str, number: int) -> _Turn:
        """The call's turn of this number, or the later one that it is in already."""
        key = company.slug, call_sid
        turn = self._calls.get(key)
        if turn is None or turn.number < number:
            if turn is not None and not turn.over:
                self._clear(turn)
            turn = self._calls[key] = _Turn(number, call_sid, self._policy(company.agent.language))
            self._calls.move_to_end(key)
            while len(self._calls) > CALLS_REMEMBERED:
                self._clear(self._calls.popitem(last=False)[1])
        return turn


def key_of(company: Company, call_sid: str, turn: int, text: str) -> str:
    """What finds an answer: letters and digits alone, and no two companies or turns share one."""
    parts = (
        company.slug,
        str(company.revision),
        call_sid,
        str(turn),
        canonical(text, company.agent.language),
    )
    whole = "\n".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(whole, digest_size=KEY_BYTES).hexdigest()
