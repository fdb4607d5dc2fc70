"""A clerk at work on stores in memory, and calls that leave it something to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.calls.ports import LogEntry, Step
from clientsvia.inbox.clerk import Clerk
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.effects import MemoryEffects
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.calls.calling import CALLED, CALLER
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.effects import Effect
    from clientsvia.companies.company import Company
    from clientsvia.inbox.ports import Effects, Messages
    from clientsvia.notices.notice import Notice
    from clientsvia.notices.ports import Outbox

SID = "CA" + "1" * 32


@dataclass
class Watch:
    """A clock that is set by hand."""

    at: datetime = OPEN

    def now(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Office:
    """A company's calls with all that is kept of them, and the clerk of one worker."""

    company: Company | None
    watch: Watch = field(default_factory=Watch)
    memory: CallMemory = field(default_factory=CallMemory)
    effects: Effects = field(init=False)
    messages: Messages = field(default_factory=MemoryMessages)
    outbox: Outbox = field(default_factory=MemoryOutbox)
    turn: int = 0

    def __post_init__(self) -> None:
        self.effects = MemoryEffects(self.memory)
        self.states = MemoryCallStates(self.memory)
        self.log = MemoryCallLog(self.memory)
        self.clerk = self.hire()

    def hire(self, **changed: Any) -> Clerk:
        """Another worker's clerk on the same stores."""
        given: dict[str, Any] = {
            "effects": self.effects,
            "messages": self.messages,
            "outbox": self.outbox,
            "call_log": self.log,
        }
        return Clerk(**given | changed, company_of=lambda _: self.company, clock=self.watch)

    def rings(self, sid: str = SID) -> None:
        data = {"caller": CALLER, "called": CALLED, "status": "ringing"}
        self.log.write(LogEntry(sid, "demo", "ringing", self.watch.now(), data))

    def ends(self, sid: str = SID, *, told: bool = True) -> None:
        """The call is over, and its status callback reaches this clerk where it is ``told``."""
        data = {"caller": CALLER, "called": CALLED, "status": "completed", "over": True}
        self.log.write(LogEntry(sid, "demo", "status", self.watch.now(), data))
        if told:
            self.clerk.call_over("demo", sid)

    async def turns(
        self, *effects: Effect, text: str = "", sid: str = SID, kind: str = "Heard", **answered: Any
    ) -> None:
        """One more turn of a call is committed."""
        self.turn += 1
        told = [{"type": type(effect).__name__, **asdict(effect)} for effect in effects]
        await self.states.commit(
            Step(
                sid,
                f"{self.turn}:heard",
                "demo",
                self.turn,
                self.watch.now(),
                {"type": kind, "text": text},
                {"said": ["Thank you."], "source": "message", "effects": told} | answered,
                b"<Response/>",
            )
        )

    async def sent(self) -> Sequence[Notice]:
        """What owners are to hear, in the order it was put in."""
        found = await self.outbox.unaddressed(limit=100)
        return sorted(found, key=lambda notice: notice.key)

    def without(self, **settings: Any) -> None:
        assert self.company is not None
        self.company = replace(self.company, **settings)
