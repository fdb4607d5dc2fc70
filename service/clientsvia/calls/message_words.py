"""What callers say of a message and of themselves while one is taken. English."""

from __future__ import annotations

from clientsvia.calls.intents import Intent
from clientsvia.calls.words import has_any, padded, phrases, words

AGREED = frozenset({Intent.YES, Intent.OKAY, Intent.THANKS})
BARE = AGREED | {Intent.HELLO, Intent.UNCLEAR}
"""What names nothing and tells nothing."""
NEVER_MIND = phrases(
    "never mind, nevermind, forget it, forget about it, forget the message, cancel, no message",
    "dont bother, dont take a message, dont leave a message, i changed my mind",
)
VOICEMAIL = phrases(
    "voicemail, voice mail, leave a recording, please record it, record a message",
    "record my message, record the message, rather record, leave a voice message",
)
URGENT = phrases(
    "urgent, urgently, asap, as soon as possible, right away, emergency, cant wait, cannot wait",
    "immediately",
)
NOT_URGENT = phrases(
    "not urgent, not that urgent, not so urgent, isnt urgent, not an emergency, no emergency",
    "no hurry, no rush, not very urgent, not really urgent, nothing urgent",
)
ONLY_A_MESSAGE = frozenset(
    "i id ill would like want wanna to can could may please just leave take a message the with "
    "you for somebody someone them him her yes yeah sure ok okay lets do that then here is".split()
)
"""Who says no more than this has not said what the message is."""
THIS_NUMBER = phrases(
    "this number, same number, this one, the same, number im calling from, one im calling from",
    "calling from, my number, caller id",
)
NO_NUMBER = phrases("dont have one, no number, dont have a number, no phone, rather not")


def wants_recording(text: str) -> bool:
    """Whether the caller would rather be recorded."""
    return has_any(VOICEMAIL, padded(words(text)))
