"""What calls need of the outside: time, memory, prepared work, a log and somebody who answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from clientsvia.calls.deadline import SPEAK
from clientsvia.calls.log_queries import ANY_CALL, Place
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import CallFilter, CallTotals, Span, Timing, Unanswered
    from clientsvia.calls.reply import Reply
    from clientsvia.companies.company import Company


class Clock(Protocol):
    """The time of day; always aware, in UTC."""

    def now(self) -> datetime:
        """This moment."""


@dataclass(frozen=True, slots=True)
class Step:
    """One committed webhook of a call, unique by (``company``, ``call_sid``, ``key``).

    The company is part of it because a call's sid is the sender's word: no company may reach
    another's call by naming it. ``key`` names turn and kind, as in ``3:heard``. ``event`` and
    ``answered`` are JSON objects: what came in, and what was made of it (``said``, ``source``,
    ``why``). ``reply`` are the bytes that went out. ``memory`` is what later webhooks may
    ask for. ``at`` is in UTC.
    """

    call_sid: str
    key: str
    company: str
    turn: int
    at: datetime
    event: Mapping[str, Any]
    answered: Mapping[str, Any]
    reply: bytes
    memory: Mapping[str, Any] = field(default_factory=dict)


class CallStates(Protocol):
    """What a call remembers between webhooks, on whichever worker they land."""

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:
        """The memory of this company's call as of its latest step; None if there is none."""

    async def commit(self, step: Step) -> Step:
        """Store a step durably; everybody gets the first committed for (company, call, key)."""


class PreparedAnswers(Protocol):
    """Answers made ready before they are asked for, shared by whoever needs the same one.

    A key is claimed by one maker, published in parts, and awaited by any number of takers. All
    that is under a key is forgotten ``ttl`` seconds after its claim: a maker who died frees it.
    """

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        """Take the making of ``key``; False when somebody else has it."""

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        """Add a part; ``last`` completes it. Parts of a key nobody claimed are dropped."""

    def parts(self, key: str, timeout: float) -> AsyncIterator[str]:
        """Every part from the first, waiting for what is still made.

        Ends when complete; raises TimeoutError when ``timeout`` seconds pass first, KeyError at
        once when nobody claimed the key.
        """

    async def discard(self, key: str) -> None:
        """Forget a key; those who wait for it get KeyError."""


class Relay(Protocol):
    """Messages between the processes that answer calls: each hears what every other sends."""

    async def send(self, message: str) -> None:
        """Tell all others; raises StoreUnavailable when they cannot be reached."""

    def follow(self, hear: Callable[[str], None]) -> None:
        """Have ``hear`` called with each message from now on; some may be missed."""


@value(frozen=True, slots=True)
class LogEntry:
    """One line about a call that may be written a little later.

    ``kind`` is one of ``ringing``, ``status`` and ``timing``. ``data`` is a JSON object. ``at`` is
    in UTC.
    """

    call_sid: str
    company: str
    kind: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One turn as the log tells it; ``latency`` maps a stage to nanoseconds."""

    key: str
    turn: int
    at: datetime
    event: Mapping[str, Any]
    answered: Mapping[str, Any]
    latency: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A call as the log tells it.

    ``outcome`` is the latest word on how it went (``answered``, ``transferred``, ``message``,
    ``no_message``, ``unknown_number``, …); ``caller`` and ``called`` are as Twilio sent them.
    """

    call_sid: str
    company: str
    caller: str
    called: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    outcome: str
    turns: tuple[LoggedTurn, ...] = ()
    entries: tuple[LogEntry, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands in a list of calls."""
        return Place(self.started_at, self.call_sid, self.company)


class CallLog(Protocol):
    """What happened on every call: committed steps joined with what is written in batches."""

    def write(self, entry: LogEntry) -> None:
        """Queue an entry; returns at once and never raises."""

    async def flush(self) -> None:
        """Return when everything queued before is stored, or has been given up on and counted."""

    async def close(self, deadline: float = 5.0) -> None:
        """Store what is queued, for at most ``deadline`` seconds, and take nothing more."""

    async def calls(
        self, wanted: CallFilter = ANY_CALL, *, before: Place | None = None, limit: int = 50
    ) -> Sequence[LoggedCall]:
        """The newest calls first, those after the place ``before``, without turns and entries."""

    async def call(self, call_sid: str, *, company: str | None = None) -> LoggedCall | None:
        """One call with its turns and entries in order, of this company where one is given."""

    async def totals(self, spans: Sequence[tuple[str, Span]]) -> Sequence[CallTotals]:
        """Of each company's span in turn: how many calls began in it, and how long they took."""

    def timings(self, span: Span, company: str | None = None) -> AsyncIterator[Sequence[Timing]]:
        """How long every webhook of a span took, in the order of time, some at a time."""

    async def unanswered(
        self, company: str, since: datetime, *, limit: int = 1000
    ) -> Sequence[Unanswered]:
        """The newest questions of a company's callers that found no answer, from ``since`` on."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier turn of the call, in the caller's words and in ours."""

    heard: str
    said: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a caller asked, with all a responder may use; ``now`` is in UTC."""

    company: Company
    text: str
    now: datetime
    earlier: tuple[Earlier, ...] = ()


class Act(StrEnum):
    """What an answer may ask of the call, beside being spoken."""

    TRANSFER = "transfer"
    MESSAGE = "message"
    REQUEST = "request"
    END = "end"


@dataclass(frozen=True, slots=True)
class Action:
    """A tool the responder used; it happens when the turn is committed, never before.

    ``target`` is the id of a transfer target on the company's list. ``text`` are the caller's words
    of a REQUEST: what nobody but a person can promise, to be read back and left as a message.
    """

    act: Act
    target: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an answer, in the order of speaking: a sentence, an action, or both.

    ``source`` is ``knowledge:ID``, ``hours``, ``address`` or ``model:NAME``. ``clip`` names the
    sound of ``text`` where there is one; else Twilio speaks it.
    """

    text: str = ""
    source: str = ""
    score: float = 0.0
    action: Action | None = None
    clip: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say, from what, and what to do then; ``source`` is that of a part, or ``unknown``."""

    sentences: tuple[str, ...]
    source: str
    score: float = 0.0
    action: Action | None = None

    @property
    def known(self) -> bool:
        """False when the responder had nothing to answer from."""
        return self.source != "unknown"


class Transport(Protocol):
    """How a reply leaves the service."""

    def render(self, reply: Reply, company: Company, call_sid: str) -> bytes:
        """The bytes that carry ``reply`` to whoever runs the call."""


class Responder(Protocol):
    """Somebody who answers questions."""

    def answer(self, question: Question) -> AsyncIterator[Part]:
        """The parts of an answer as they are ready; none at all when nothing is known.

        Raises ProviderFailed when it cannot tell. Who stops listening stops the work.
        """

    def instant(self, company: Company) -> bool:
        """Whether it answers for a company from memory, without waiting for anybody."""


class Speech(Protocol):
    """How the company's voice comes about: clips of its own, or Twilio's voices."""

    def has_voice(self, company: Company) -> bool:
        """Whether the company speaks with clips; memory only."""

    async def speak(self, company: Company, text: str, *, patience: float = SPEAK) -> str:
        """The name of a clip that says ``text`` and can be fetched now; empty where Twilio speaks.

        Raises ProviderFailed when there should be a clip and is none within ``patience`` seconds.
        A clip that is late is made all the same, for the next time.
        """

    def ready(self, company: Company, text: str) -> str:
        """The clip for ``text`` if there is one already, else empty; memory only."""

    def learn(self, clip: str) -> None:
        """Note that another process made a clip."""

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call ``changed`` with a company's slug when ``ready`` may have another word for it."""


class Clips(Protocol):
    """Sounds by their names, within a limit: the company that holds most gives up its oldest.

    A clip that has to go can be fetched for a while after nobody is told of it any more: calls
    may still be playing it.
    """

    def holds(self, name: str) -> bool:
        """Whether the clip can be played; memory only, and counts as a use."""

    def learn(self, name: str) -> None:
        """Note that another process stored a clip."""

    async def find(self, name: str) -> bool:
        """Whether the clip can be played, whichever process stored it."""

    async def put(self, name: str, sound: bytes) -> bool:
        """Store a clip; False, and nothing is stored, when there is no room. Never raises."""

    async def get(self, name: str) -> bytes | None:
        """A clip's whole sound; None when there is none."""

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call ``changed`` with a clip's name when ``holds`` has another word for it."""

    async def keep(self) -> None:
        """Look after the store until cancelled: learn what others store, let go what is over."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one request to a provider used up; ``seconds`` is how long it took.

    ``input_tokens`` include the ``cached_tokens``. ``characters`` are those that were spoken.
    """

    provider: str
    model: str
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    characters: int = 0
    seconds: float = 0.0


class Spending(Protocol):
    """What companies use of providers, and whether they may use more."""

    def add(self, company: Company, usage: Usage) -> None:
        """Count a request; returns at once and never raises."""

    def capped(self, company: Company) -> bool:
        """Whether the company has used up its month's money; memory only."""
