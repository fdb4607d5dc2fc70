"""Asking once more while a message is taken, and recording it where that does not help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.replying import stay
from clientsvia.calls.state import Mode
from clientsvia.calls.taking import message

if TYPE_CHECKING:
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

UNCLEAR_AT_MOST = 2
AGAIN = {
    Mode.ASKED_REASON: sentences.ASK_REASON,
    Mode.ASKED_URGENT: sentences.ASK_URGENT,
    Mode.ASKED_NAME: sentences.ASK_NAME,
    Mode.ASKED_NUMBER: sentences.ASK_NUMBER,
    Mode.CONFIRM_NUMBER: sentences.NUMBER_AGAIN,
}


def again(call: Call) -> str:
    """What is asked once more of a caller who did not answer; empty where no message is taken."""
    if call.state.mode is Mode.CONFIRM_CALLER:
        return sentences.confirm_caller(call.caller_id or "")
    return AGAIN.get(call.state.mode, "")


def ask_again(company: Company, call: Call, why: str) -> Decision:
    """Put the question once more; twice in a row at most."""
    if call.state.unclear >= UNCLEAR_AT_MOST:
        return by_recording(company, call, why)
    state = replace(call.state, unclear=call.state.unclear + 1)
    return stay(again(call), state, "message", why)


def by_recording(company: Company, call: Call, why: str) -> Decision:
    """Record what cannot, or shall not, be taken in conversation."""
    opening = () if call.state.unclear < UNCLEAR_AT_MOST else (sentences.TROUBLE_HEARING,)
    return message.take(company, call, opening, source="message", why=why)
