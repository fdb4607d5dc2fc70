"""What somebody who is rung hears before they talk to the caller, and what they press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from clientsvia.calls import sentences
from clientsvia.calls.conversation import pressed_in, recalled
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.ports import Step
from clientsvia.calls.ringing.after_ringing import ACCEPT_KEY
from clientsvia.calls.spoken import briefly
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.calls.commits import Commits
    from clientsvia.calls.conversation import Conversations
    from clientsvia.calls.ports import Clock
    from clientsvia.calls.ringing.engaged import Engaged
    from clientsvia.companies.company import Company

ABOUT_LENGTH = 120  # characters: whoever is rung decides within seconds


@value(frozen=True, slots=True)
class Whisper:
    """Who is rung (``target``, a person's id) for which call, in which of its turns.

    ``unverified`` when the caller's number was found not to be theirs.
    """

    company: str
    call_sid: str
    turn: int
    target: str
    urgent: bool = False
    unverified: bool = False


class WhisperTransport(Protocol):
    """How a whisper leaves the service."""

    def whisper(self, say: str, whisper: Whisper, company: Company) -> bytes:
        """Say who calls, wait for a key, say it again, then hang up."""

    def connect(self) -> bytes:
        """Nothing more: the two are connected."""

    def decline(self) -> bytes:
        """End the call of whoever was rung."""


@dataclass(frozen=True, slots=True)
class Whispering:
    """Whispers, and commits what was pressed as a step of the caller's call.

    Whichever worker goes on with that call finds it there. Without the store the whisper goes on
    all the same, and Twilio's word for the outcome has to do.
    """

    conversations: Conversations
    commits: Commits
    clock: Clock
    transport: WhisperTransport
    engaged: Engaged

    async def answered(self, company: Company, whisper: Whisper, shown: str) -> bytes:
        """Somebody answers, or something: who calls; ``shown`` is the number that they see."""
        memory = await self._memory(whisper)
        about = _about(memory, company)
        say = sentences.whisper(
            company, shown, about, urgent=whisper.urgent, unverified=whisper.unverified
        )
        body = self.transport.whisper(say, whisper, company)
        return await self._commit(whisper, memory, "", body, said=say)

    async def pressed(self, company: Company, whisper: Whisper, digits: str) -> bytes:
        """A key: 1 connects the two, any other does not."""
        key = digits[:1]
        accepted = key == ACCEPT_KEY
        if accepted:
            self.engaged.accepted(company.slug, whisper.call_sid, whisper.target)
        body = self.transport.connect() if accepted else self.transport.decline()
        return await self._commit(whisper, await self._memory(whisper), key, body)

    async def _memory(self, whisper: Whisper) -> Mapping[str, Any] | None:
        """What the caller's call remembers; None when nobody tells in time."""
        return await self.conversations.memory(whisper.company, whisper.call_sid)

    async def _commit(
        self,
        whisper: Whisper,
        memory: Mapping[str, Any] | None,
        key: str,
        body: bytes,
        *,
        said: str = "",
    ) -> bytes:
        """The bytes that everybody gets; nothing is stored over a memory that is not known."""
        if memory is None:
            return body
        pressed = {**pressed_in(memory, whisper.turn), whisper.target: key}
        what = f"pressed {key}" if key else "answered"
        step = Step(
            call_sid=whisper.call_sid,
            key=f"{whisper.turn}:whisper:{whisper.target}{':key' if key else ''}",
            company=whisper.company,
            turn=whisper.turn,
            at=self.clock.now(),
            event={"type": "Whispered", "target": whisper.target, "status": what},
            answered=_answered(whisper, what, said),
            reply=body,
            memory={**memory, "whispers": {"turn": whisper.turn, "pressed": pressed}},
        )
        return (await self.commits.commit(step)).reply


def _answered(whisper: Whisper, what: str, said: str) -> dict[str, Any]:
    """What the log keeps: the same fields as of any other step."""
    return {
        "said": [said] if said else [],
        "next": {"type": "Whisper"},
        "mode": "DIALLING",
        "source": f"target:{whisper.target}",
        "why": f"{whisper.target} {what}",
        "outcome": "",
        "request": "",
        "prepared": False,
        "effects": [],
    }


def _about(memory: Mapping[str, Any] | None, company: Company) -> str:
    """The caller's latest words that say more than that they want somebody; cut at a word."""
    telling = (Intent.QUESTION, Intent.EMERGENCY)
    heard = (turn.heard for turn in reversed(recalled(memory).turns))
    latest = next((words for words in heard if words and intent_of(words) in telling), "")
    return briefly(latest, company.agent.language, ABOUT_LENGTH)
