"""A conversation with the agent in a page, which is a call that nobody makes."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clientsvia.admin.played_call import Caller, Scene, seconds_of
from clientsvia.calls.events import (
    DialEnded,
    Digits,
    Heard,
    MessageRecorded,
    Silence,
)
from clientsvia.calls.ringing.after_ringing import ACCEPT_KEY
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.played_call import Played, Player
    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.transports.text_token import TextTokens

TEXT_LENGTH = 2000  # characters, as of what Twilio hears
LENGTH_DIGITS = 4  # of a recording's seconds
NO_KEY = ""
OTHER_KEY = "2"
RECORDING = "try-it"  # stands for the address of a sound that there is not


class Act(StrEnum):
    """What may happen next on a call; the values are those that a page and the API send."""

    SAY = "say"
    KEYS = "keys"
    SILENCE = "silence"
    WAIT = "wait"
    TALKED = "talked"
    DECLINED = "declined"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    RECORDED = "recorded"
    HANG_UP = "hang_up"


FOLLOWING: Mapping[str, tuple[Act, ...]] = {
    "listen": (Act.SAY, Act.KEYS, Act.SILENCE, Act.HANG_UP),
    "continue": (Act.WAIT, Act.HANG_UP),
    "connect": (
        Act.TALKED,
        Act.NO_ANSWER,
        Act.BUSY,
        Act.VOICEMAIL,
        Act.DECLINED,
        Act.FAILED,
        Act.HANG_UP,
    ),
    "record": (Act.RECORDED, Act.SILENCE, Act.HANG_UP),
    "hang_up": (),
}
"""What may happen next, by what a reply led to."""


@dataclass(frozen=True, slots=True)
class Move:
    """What the page's user chose to happen next.

    ``text`` are the words said, the keys pressed, or the seconds recorded; for what becomes of a
    ring it is the id of the person who answers, empty for the first who is rung.
    """

    act: Act
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One step of a conversation, and all that is known of how it came about.

    ``moves`` are what may follow, none once the call is over. ``at`` is on the company's clock.
    ``state`` is for the next step; it is empty once the call is over.
    """

    event: Mapping[str, Any]
    answered: Mapping[str, Any]
    reply: Mapping[str, Any]
    stages: Mapping[str, int]
    whispers: tuple[Mapping[str, Any], ...]
    at: datetime
    moves: tuple[Act, ...]
    state: str


class TryIt:
    """Conversations that live in what the page brings back: any worker can go on with any."""

    def __init__(self, player: Player, tokens: TextTokens, clock: Clock) -> None:
        self._player = player
        self._tokens = tokens
        self._clock = clock

    def ring(
        self, company: Company, user: str, caller: Caller, at: datetime | None = None
    ) -> Tried:
        """The first step: somebody calls, now or at any aware moment.

        Without a number called it is the company's first. Raises InvalidInput for a number that is
        not the company's.
        """
        called = caller.called or next(iter(company.numbers), "")
        if called not in company.numbers and called not in company.inactive_numbers:
            raise InvalidInput(
                f"{called or 'no number'} is not one of the company's: choose one it has"
                if company.numbers or company.inactive_numbers
                else "the company has no number yet: add one to its profile first"
            )
        if at is not None and at.tzinfo is None:
            raise InvalidInput("a moment needs its zone: write it as 2026-11-18T10:00:00-05:00")
        whole = Caller(called, caller.number, caller.unverified)
        sid = f"TRY{secrets.token_hex(16)}"
        played = self._player.ring(company, sid, whole, at or self._clock.now())
        return self._tried(company, user, played)

    async def go_on(self, company: Company, user: str, state: str, move: Move) -> Tried:
        """The next step of a conversation.

        Raises InvalidInput when ``state`` is not this user's and company's, and for what cannot
        happen here.
        """
        data = self._tokens.read(state, company.slug, user)
        if data is None:
            raise InvalidInput("this conversation cannot be gone on with: begin a new one")
        scene = _scene(data)
        allowed = FOLLOWING[scene.next["kind"]]
        if move.act not in allowed:
            raise InvalidInput(
                f"{move.act!r} cannot happen here: choose one of {', '.join(allowed)}"
            )
        played = await self._played(company, scene, move)
        return (
            self._hung_up(company, scene) if played is None else self._tried(company, user, played)
        )

    def follows(self, slug: str, user: str, state: str) -> Mapping[str, Any] | None:
        """What a conversation waits for, as its last reply's ``next``; None as for ``go_on``."""
        data = self._tokens.read(state, slug, user)
        return None if data is None else _scene(data).next

    async def _played(self, company: Company, scene: Scene, move: Move) -> Played | None:
        """What a move leads to; None where the caller hangs up, and nobody is asked anything."""
        kind, at = scene.next["kind"], scene.at + timedelta(seconds=scene.seconds)
        if kind == "connect":
            ended, keys = _rung(scene, move)
            return await self._player.dialled(company, scene, ended, keys, at)
        if move.act is Act.HANG_UP:
            return None
        if kind == "continue":
            return await self._player.go_on(company, scene)
        later = at + timedelta(seconds=seconds_of(move.text))
        return await self._player.play(company, scene, _event(kind, move), later)

    def _tried(self, company: Company, user: str, played: Played) -> Tried:
        scene, moves = played.scene, FOLLOWING[played.scene.next["kind"]]
        if not moves:
            self._player.over(company, scene)
        return Tried(
            played.event,
            played.answered,
            {name: value for name, value in played.reply.items() if name != "call"},
            played.stages,
            played.whispers,
            company.hours.local(scene.at),
            moves,
            self._tokens.write(asdict(scene), company.slug, user) if moves else "",
        )

    def _hung_up(self, company: Company, scene: Scene) -> Tried:
        self._player.over(company, scene)
        answered = {"said": [], "source": "", "why": "the caller has hung up", "effects": []}
        reply = {"say": [], "next": {"kind": "hang_up"}, "twiml": ""}
        at = company.hours.local(scene.at)
        return Tried({"type": "HungUp"}, answered, reply, {}, (), at, (), "")


def _scene(data: Mapping[str, Any]) -> Scene:
    fields = dict(data)
    fields["caller"] = Caller(**fields["caller"])
    fields["at"] = datetime.fromisoformat(fields["at"])
    return Scene(**fields)


def _event(kind: str, move: Move) -> Event:
    """What a move is to the flow, where the agent listens or records."""
    text = " ".join(move.text.split())[:TEXT_LENGTH]
    if kind == "record":
        return (
            MessageRecorded(RECORDING, _seconds(text))
            if move.act is Act.RECORDED
            else (MessageRecorded(""))
        )
    if move.act is Act.SILENCE:
        return Silence()
    if move.act is Act.KEYS:
        return Digits(_keys(text))
    if not text:
        raise InvalidInput("nothing is said: write what the caller says, or choose silence")
    return Heard(text, 1.0)


def _rung(scene: Scene, move: Move) -> tuple[DialEnded, dict[str, str]]:
    """How a ring ends as Twilio would tell it, and the keys of whoever answered."""
    callees = {callee["target"]: callee for callee in scene.next["callees"]}
    who = move.text or next(iter(callees))
    if who not in callees:
        raise InvalidInput(f"{who} is not rung: choose one of {', '.join(callees)}")
    if move.act is Act.TALKED:
        return DialEnded("completed", 60, bridged=True), {who: ACCEPT_KEY}
    if move.act in (Act.VOICEMAIL, Act.DECLINED):
        # Nobody asks for a key where none is needed: then a voicemail has the caller.
        bridged = not callees[who]["accept"]
        key = NO_KEY if move.act is Act.VOICEMAIL else OTHER_KEY
        return DialEnded("completed", 8, bridged=bridged), {who: key}
    if move.act is Act.HANG_UP:
        return DialEnded("canceled", gone=True), {}
    return DialEnded(move.act.replace("_", "-"), bridged=False), {}


def _keys(text: str) -> str:
    keys = text.replace(" ", "")
    if not keys or set(keys) - set("0123456789*#"):
        raise InvalidInput(f"{text!r} are no keys: write digits, * and # alone")
    return keys


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LENGTH_DIGITS):
        raise InvalidInput(f"{text!r} is no length: write whole seconds, such as 20")
    return int(text)
