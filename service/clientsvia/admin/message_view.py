"""What is told of a message beside its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.taking.message import TRANSCRIBED_SECONDS

if TYPE_CHECKING:
    from clientsvia.inbox.message import Message


def note(message: Message) -> str:
    """Why a recording has no words, or why a message lacks something; empty where all is there."""
    if message.recording and not message.transcript:
        if message.seconds not in TRANSCRIBED_SECONDS:
            least, most = TRANSCRIBED_SECONDS[0], TRANSCRIBED_SECONDS[-1]
            return f"kept as sound alone: Twilio writes down {least} to {most} seconds"
        return "kept as sound: its words have not come from Twilio"
    return "" if message.complete else "the caller did not finish it"
