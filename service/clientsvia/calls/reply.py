"""What a call is told to do next: values, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.listening import Expect
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from clientsvia.calls.effects import Effect
    from clientsvia.calls.events import DialEnded
    from clientsvia.calls.state import CallState


@dataclass(frozen=True, slots=True)
class Listen:
    """Hear the caller, speech and keys alike; ``expect`` is what was asked for."""

    seconds: int = 5
    expect: Expect = Expect.FREE


LISTEN = Listen()
LISTENING = {
    Expect.FREE: LISTEN,
    Expect.YES_NO: Listen(expect=Expect.YES_NO),
    Expect.PHONE: Listen(8, Expect.PHONE),
    Expect.EMAIL: Listen(8, Expect.EMAIL),
    Expect.NAME: Listen(8, Expect.NAME),
    Expect.DIGITS: Listen(8, Expect.DIGITS),
}
"""Who is to say a number or to spell a name may look for it first."""


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody to ring: the id of a target, its number (E.164), whether it must press 1."""

    target: str
    number: str
    accept: bool = True


@dataclass(frozen=True, slots=True)
class Connect:
    """Ring all ``callees`` at once; they see ``caller_id``, and the first to answer has the call.

    Whoever must ``accept`` hears first who calls.
    """

    callees: tuple[Callee, ...]
    caller_id: str
    seconds: int = 18


@dataclass(frozen=True, slots=True)
class Record:
    """Take a message of at most ``seconds``, and ``transcribe`` it where Twilio can."""

    seconds: int
    transcribe: bool = False


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Come back at once for the rest of the answer."""


CONTINUE = Continue()


Next = Listen | Connect | Record | HangUp | Continue


@value(frozen=True, slots=True)
class Reply:
    """Sentences to speak, what follows them, and the state that the next webhook brings back."""

    say: tuple[str, ...]
    next: Next
    state: CallState


@value(frozen=True, slots=True)
class Decision:
    """A reply with what the log shall know of it.

    ``source`` tells from what it was answered, ``why`` is one sentence for people, ``outcome`` the
    latest word on how the call goes (empty: no news). ``request`` are the caller's words of what
    nobody but a person can promise. ``effects`` are carried out once the step is committed.
    ``refused`` tells of each target that may never be rung what is wrong with its number.
    """

    reply: Reply
    source: str
    why: str
    outcome: str = ""
    request: str = ""
    effects: tuple[Effect, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskResponder:
    """The flow needs an answer to ``text``; one of the Answer events brings it back."""

    text: str


@dataclass(frozen=True, slots=True)
class Recall:
    """The flow needs what was said last; a Remembered event brings it back."""


@dataclass(frozen=True, slots=True)
class AwaitAnswer:
    """The flow needs the next parts of the answer that is under way."""


@dataclass(frozen=True, slots=True)
class AskOffline:
    """The flow needs what the company's own data answer; an AnswerReady event brings it back."""

    text: str


@dataclass(frozen=True, slots=True)
class RecallRequest:
    """The flow needs the request that was read back; a RequestRecalled event brings it."""


@dataclass(frozen=True, slots=True)
class RecallQuestion:
    """The flow needs what the caller asked before; a Reminded event brings it with ``meant``."""

    meant: str


@dataclass(frozen=True, slots=True)
class RecallWhispers:
    """The flow needs what those who were rung pressed; a WhispersRecalled event brings it."""

    ended: DialEnded


@dataclass(frozen=True, slots=True)
class RecallNumber:
    """The flow needs the number that was read back; a NumberRecalled event brings it."""

    text: str


Need = (
    AskResponder
    | AwaitAnswer
    | AskOffline
    | Recall
    | RecallRequest
    | RecallQuestion
    | RecallNumber
    | RecallWhispers
)
