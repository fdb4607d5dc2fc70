"""Taking a message, and what the caller hears when it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.reply import Decision, HangUp, Record, Reply
from clientsvia.calls.state import Mode

if TYPE_CHECKING:
    from clientsvia.calls.events import MessageRecorded
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company


def take(
    company: Company, call: Call, opening: tuple[str, ...], *, source: str, why: str
) -> Decision:
    """Ask for a message after ``opening``, and record it."""
    return record(company, call, (*opening, sentences.LEAVE_MESSAGE), source=source, why=why)


def record(
    company: Company, call: Call, say: tuple[str, ...], *, source: str, why: str
) -> Decision:
    """Record what the caller says after a tone."""
    state = call.state.moved(Mode.RECORDING)
    reply = Reply(say, Record(company.limits.recording_seconds), state)
    return Decision(reply, source, why, "message_asked")


def recorded(call: Call, event: MessageRecorded) -> Decision:
    """Thank for a message; who recorded nothing hears so, and how to go on."""
    state = call.state.moved(Mode.ENDED)
    if event.url:
        say = () if event.hung_up else (sentences.MESSAGE_TAKEN,)
        why = f"a message of {event.seconds} s"
        return Decision(Reply(say, HangUp(), state), "message", why, "message")
    reply = Reply((sentences.NO_MESSAGE,), HangUp(), state)
    return Decision(reply, "message", "nothing was recorded", "no_message")
