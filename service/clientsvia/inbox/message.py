"""A message that a caller left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import Place

if TYPE_CHECKING:
    from datetime import datetime


class MessageState(StrEnum):
    """What became of a message."""

    NEW = "new"
    READ = "read"
    CALL_BACK = "call-back"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Message:
    """What a caller left: one a call.

    ``caller`` is the number the call came from, ``number`` where to call back. ``reason`` is in
    the caller's words, ``transcript`` what was recognised of the ``recording``, ``summary`` a
    sentence or two on the whole call. Times are in UTC, ``seconds`` those of the recording.
    """

    company: str
    call_sid: str
    at: datetime
    caller: str
    name: str = ""
    number: str = ""
    reason: str = ""
    urgent: bool = False
    recording: str = ""
    seconds: int = 0
    transcript: str = ""
    summary: str = ""
    state: MessageState = MessageState.NEW
    complete: bool = False

    @property
    def place(self) -> Place:
        """Where it stands in a list of messages."""
        return Place(self.at, self.call_sid, self.company)

    def with_more(self, more: Message) -> Message:
        """This message with what is not empty in ``more``; what became of it stays.

        A number beside a reason or a recording is only the one the call came from: it takes the
        place of none that the caller has given.
        """
        given = self.number if more.reason or more.recording else ""
        return replace(
            self,
            at=min(self.at, more.at),
            caller=more.caller or self.caller,
            name=more.name or self.name,
            number=given or more.number or self.number,
            reason=more.reason or self.reason,
            urgent=more.urgent or self.urgent,
            recording=more.recording or self.recording,
            seconds=more.seconds or self.seconds,
            transcript=more.transcript or self.transcript,
            summary=more.summary or self.summary,
            complete=more.complete or self.complete,
        )
