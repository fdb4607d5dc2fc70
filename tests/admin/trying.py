"""A conversation with the agent, as a page holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.played_call import Caller, Player
from clientsvia.admin.try_it import Act, Move, Tried, TryIt
from clientsvia.calls.makings import Makings
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from clientsvia.transports.text import TextTransport
from clientsvia.transports.text_token import TextTokens
from tests.calls.calling import CALLER
from tests.conftest import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ports import Responder, Speech
    from clientsvia.companies.company import Company

KEYS = (b"k" * 32,)
USER = "user-1"


def player(responder: Responder | None = None, speech: Speech | None = None) -> Player:
    """Who plays the calls, as one worker has it."""
    prepared, speech = MemoryPreparedAnswers(), speech or SaySpeech()
    makings = Makings(responder or KnowledgeResponder(), speech, prepared)
    transport = TextTransport("https://answers.example", KEYS, speech)
    own_data = KnowledgeResponder()
    return Player(makings, prepared, own_data, transport, StartedClock, StartedClock(OPEN))


def try_it(responder: Responder | None = None, speech: Speech | None = None) -> TryIt:
    """One worker's part in conversations."""
    return TryIt(player(responder, speech), TextTokens(KEYS), StartedClock(OPEN))


class Page:
    """A page in which somebody talks to the agent; each step may reach another worker."""

    def __init__(self, company: Company, *workers: TryIt) -> None:
        self._company = company
        self._workers = workers or (try_it(),)
        self._count = 0
        self.steps: list[Tried] = []

    @property
    def last(self) -> Tried:
        return self.steps[-1]

    @property
    def said(self) -> str:
        """What was said last."""
        return " ".join(said["text"] for said in self.last.reply["say"])

    def ring(
        self, caller: str = CALLER, at: datetime | None = OPEN, *, unverified: bool = False
    ) -> str:
        caller_of = Caller("", caller, unverified)
        self.steps.append(self._worker().ring(self._company, USER, caller_of, at))
        return self.said

    async def do(self, act: Act, text: str = "") -> str:
        move = Move(act, text)
        step = await self._worker().go_on(self._company, USER, self.last.state, move)
        self.steps.append(step)
        return self.said

    async def say(self, text: str) -> str:
        return await self.do(Act.SAY, text)

    def _worker(self) -> TryIt:
        self._count += 1
        return self._workers[self._count % len(self._workers)]
