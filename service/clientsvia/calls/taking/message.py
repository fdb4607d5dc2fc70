"""Taking a message by recording it, and what the caller hears when it is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.reply import Decision, HangUp, Record, Reply
from clientsvia.calls.state import Mode

if TYPE_CHECKING:
    from clientsvia.calls.events import MessageRecorded
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

TRANSCRIBED_SECONDS = range(2, 121)
"""Twilio transcribes recordings of these lengths, in English alone."""
REASON_LENGTH = 1000  # characters
LEAST_SECONDS = 2
"""Who hangs up sooner after the tone has said nothing."""


def about(call: Call, text: str, *, urgent: bool = False) -> MessageLeft:
    """What a caller wants, with the number they call from until they tell another."""
    return MessageLeft(reason=text[:REASON_LENGTH], number=call.caller_id or "", urgent=urgent)


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
    longest = company.limits.recording_seconds
    reply = Reply(say, Record(longest, transcribe=is_transcribed(company, longest)), state)
    return Decision(reply, source, why, "message_asked")


def recorded(call: Call, event: MessageRecorded) -> Decision:
    """Thank for a message; who recorded nothing hears so, and how to go on."""
    state = call.state.moved(Mode.ENDED)
    if event.url and not (event.hung_up and event.seconds < LEAST_SECONDS):
        say = () if event.hung_up else (sentences.MESSAGE_TAKEN,)
        why = f"a message of {event.seconds} s"
        decision = Decision(Reply(say, HangUp(), state), "message", why, "message")
        number = call.caller_id or ""
        left = MessageLeft(
            number=number,
            urgent=call.state.urgent,
            recording=event.url,
            seconds=event.seconds,
            complete=True,
        )
        return replace(decision, effects=(left,))
    reply = Reply((sentences.NO_MESSAGE,), HangUp(), state)
    return Decision(reply, "message", "nothing was recorded", "no_message")


def is_transcribed(company: Company, seconds: int) -> bool:
    """Whether Twilio writes down what is said in a recording of that length."""
    longest = max(TRANSCRIBED_SECONDS)
    asked = is_english(company) and company.limits.recording_seconds <= longest
    return asked and seconds in TRANSCRIBED_SECONDS


def is_english(company: Company) -> bool:
    """Whether the company's callers speak English."""
    return company.agent.language.partition("-")[0] == "en"
