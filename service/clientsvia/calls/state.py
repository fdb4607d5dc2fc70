"""What travels from one webhook of a call to the next, inside signed action URLs."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from clientsvia.companies.value import value


class Mode(StrEnum):
    """What the caller was last asked for, hence how the next words are understood."""

    LISTENING = "l"
    OFFERED_MESSAGE = "m"
    OFFERED_PERSON = "p"
    ASKED_MORE = "a"
    DIALLING = "d"
    RECORDING = "r"
    ENDED = "e"
    CONFIRM_REQUEST = "c"
    URGENT_OR_MESSAGE = "u"
    ASKED_REASON = "tr"
    ASKED_URGENT = "tu"
    ASKED_NAME = "tn"
    CONFIRM_CALLER = "tc"
    ASKED_NUMBER = "tk"
    CONFIRM_NUMBER = "tb"


TAKING = frozenset(mode for mode in Mode if len(mode) > 1)
"""While a message is being taken in conversation."""


class Purpose(StrEnum):
    """Why somebody is rung, hence what follows when nobody takes the call."""

    WANTED = "w"
    URGENT = "u"
    STAFF = "s"
    FORWARDED = "f"


@value(frozen=True, slots=True)
class Pending:
    """An answer that is on its way to the caller.

    ``key`` finds it, ``spoken`` counts the parts that the caller has heard, ``asked_at`` is when
    the question was asked, in Unix milliseconds.
    """

    key: str
    spoken: int
    asked_at: int


@value(frozen=True, slots=True)
class Dialling:
    """Who is being rung, by the ids of persons: ``ringing`` now, ``tried`` before them in vain."""

    purpose: Purpose
    ringing: tuple[str, ...]
    tried: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class CallState:
    """Where a call stands: ``started_at`` is in Unix seconds, ``target`` the id to be reached.

    ``unclear`` counts the turns in a row that brought the caller no further: words not understood,
    and after an offer whatever neither takes nor declines it. ``pending`` is the answer of which
    the caller still waits for a part. ``unverified`` when the caller's number was found not to be
    theirs. Once a call is ``urgent`` it stays so, and so is its message.
    """

    company: str
    started_at: int
    turn: int = 0
    silences: int = 0
    unclear: int = 0
    mode: Mode = Mode.LISTENING
    target: str = ""
    pending: Pending | None = None
    unverified: bool = False
    urgent: bool = False
    dialling: Dialling | None = None

    def listening(self, mode: Mode = Mode.LISTENING, unclear: int = 0) -> CallState:
        """The next turn, with the caller's silences and earlier unclear words forgotten."""
        return CallState(
            self.company,
            self.started_at,
            self.turn + 1,
            0,
            unclear,
            mode,
            "",
            None,
            self.unverified,
            self.urgent,
        )

    def moved(self, mode: Mode, target: str = "", dialling: Dialling | None = None) -> CallState:
        """The next turn in another mode."""
        turn = self.turn + 1
        return replace(self, turn=turn, mode=mode, target=target, pending=None, dialling=dialling)

    def answering(self, pending: Pending) -> CallState:
        """The same turn, with more of its answer to come; what was offered before it stands."""
        return replace(self, pending=pending)


@value(frozen=True, slots=True)
class Call:
    """One call as the flow sees it.

    ``called`` is the company's number in E.164, ``caller_id`` the caller's number when it is valid,
    else None: only a valid one may be shown to somebody who is rung. ``caller`` is any number in
    E.164 that the call says it comes from, empty when there is none. ``forwarded_from`` is the
    number that passed the call on to us, likewise. ``engaged`` are the ids of targets that other
    calls ring or talk to, one for each such call. ``for_caller`` are those of them in calls that
    come from the same number, told only of a call that was passed on.
    """

    sid: str
    state: CallState
    called: str
    caller_id: str | None = None
    caller: str = ""
    forwarded_from: str = ""
    engaged: tuple[str, ...] = ()
    for_caller: tuple[str, ...] = ()
