"""What can happen on a call; events are what is stored, replayed and explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.calls.ports import Answer
    from clientsvia.calls.state import Pending


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call arrives; ``over_limit`` when this caller already has as many calls as allowed.

    ``anonymous`` callers hide their number or have none, that of ``unverified`` ones is not theirs:
    only told where it makes a difference to the company.
    """

    number_active: bool = True
    over_limit: bool = False
    anonymous: bool = False
    unverified: bool = False


RINGING = Ringing()
"""The usual one, made once."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The caller's final words of a turn; ``confidence`` is 0 to 1, None when there is none."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was said or pressed in time."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Keys the caller pressed."""

    digits: str


@dataclass(frozen=True, slots=True)
class Continued:
    """The caller has heard what there was of an answer, or a filler, and waits for more."""


@dataclass(frozen=True, slots=True)
class AnswerReady:
    """The responder's answer to what was heard, or what was still missing of it."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerBegun:
    """The first of an answer; ``pending`` finds what follows."""

    answer: Answer
    pending: Pending


@dataclass(frozen=True, slots=True)
class AnswerLate:
    """Nothing of an answer to ``asked`` is there yet; ``pending`` finds it when it comes."""

    asked: str
    pending: Pending


@dataclass(frozen=True, slots=True)
class AnswerFailed:
    """The responder could not answer ``asked``; ``reason`` is for the log."""

    reason: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was said last on this call; empty when the call's memory could not be reached."""

    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestRecalled:
    """The request that was read back last; empty when the call's memory could not be reached."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberRecalled:
    """What was ``said`` last, a number read back, and the ``text`` that says it is not right."""

    text: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """What the caller ``asked`` before mending it, likewise, and what was ``meant``."""

    meant: str
    asked: str


@dataclass(frozen=True, slots=True)
class DialEnded:
    """Ringing, or the talk it led to, is over; ``status`` is Twilio's DialCallStatus.

    ``bridged`` tells whether the two were connected, None where Twilio does not. ``error`` is
    Twilio's reason for a failure, ``gone`` that the caller has hung up.
    """

    status: str
    seconds: int = 0
    bridged: bool | None = None
    error: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class WhispersRecalled:
    """What those pressed who answered a ring: keys by target id, empty for none.

    ``pressed`` is None when the call's memory could not be reached.
    """

    ended: DialEnded
    pressed: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class MessageRecorded:
    """Recording is over; ``url`` is empty when nothing was recorded."""

    url: str
    seconds: int = 0
    hung_up: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """Something of ours broke in the middle of the call; the caller must still be served."""

    reason: str


Event = (
    Ringing
    | Heard
    | Silence
    | Digits
    | Continued
    | AnswerReady
    | AnswerBegun
    | AnswerLate
    | AnswerFailed
    | Remembered
    | RequestRecalled
    | NumberRecalled
    | Reminded
    | DialEnded
    | WhispersRecalled
    | MessageRecorded
    | Failed
)
