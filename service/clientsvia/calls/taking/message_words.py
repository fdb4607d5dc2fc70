"""What callers say of a message and of themselves while one is taken. English."""

from __future__ import annotations

import re

from clientsvia.calls.intents import ASKING, Intent
from clientsvia.calls.wishes import NEGATIONS
from clientsvia.calls.words import has_any, padded, phrases, words

AGREED = frozenset({Intent.YES, Intent.OKAY, Intent.THANKS})
BARE = AGREED | {Intent.HELLO, Intent.UNCLEAR}
"""What names nothing and tells nothing."""
NEVER_MIND = phrases(
    "never mind, nevermind, forget it, forget about it, forget the message, no message",
    "dont bother, dont take a message, dont leave a message",
)
CANCEL = frozenset({"cancel", "changed"})
CANCELLING = frozenset(
    "cancel changed i ive my mind the that this message it please just lets no ok okay "
    "actually sorry oh well you know what thanks thank".split()
)
"""With more than these an appointment is cancelled, not the message."""
VOICEMAIL = phrases(
    "voicemail, voice mail, leave a recording, please record it, record a message",
    "record my message, record the message, rather record, leave a voice message",
)
URGENT = phrases(
    "urgent, urgently, asap, as soon as possible, right away, emergency, cant wait, cannot wait",
    "as soon as you can, immediately",
)
_NOT_URGENT = re.compile(
    r" (?:not|isnt|no|nothing|never|aint) (?:\w+ ){0,2}(?:urgent|urgently|emergency) "
    r"| no (?:hurry|rush) | (?:it|that|this) can wait | can wait until "
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
OTHER_NUMBER = phrases(
    "another, different, other one, my cell, my mobile, at home, my home, my work, my office",
)
NO_NUMBER = phrases(
    "dont have one, no number, dont have a number, no phone, rather not, dont know, dont remember",
)
NO_NAME = phrases(
    "rather not, dont want to, not give, no name, anonymous, skip, doesnt matter, not important",
    "none of your business, dont need my name, dont have to",
)
_AFFIRMED = frozenset("yes yeah yep yup correct right exactly sure absolutely uhhuh".split())
_CONFIRMED = phrases("it is, thats the one, that one, its fine, its ok, its okay, its good")
_WRONG = frozenset("wrong incorrect mistake".split())


def leaves(text: str) -> bool:
    """Whether the caller would rather leave no message."""
    said = words(text)
    cancelled = not CANCEL.isdisjoint(said) and CANCELLING.issuperset(said)
    return cancelled or has_any(NEVER_MIND, padded(said))


def denies_urgency(text: str) -> bool:
    """Whether the caller says that it is not urgent."""
    return _NOT_URGENT.search(padded(words(text))) is not None


def confirms(text: str, intent: Intent) -> bool:
    """Whether what was read to the caller is right: "yes it is", "exactly", "it's fine"."""
    said = words(text)
    if intent in AGREED or (said and said[0] in _AFFIRMED):
        return True
    return NEGATIONS.isdisjoint(said) and has_any(_CONFIRMED, padded(said))


def rejects(text: str, intent: Intent) -> bool:
    """Whether it is wrong."""
    said = words(text)
    return intent is Intent.NO or said[:1] in (("no",), ("nope",)) or not _WRONG.isdisjoint(said)


def asks(text: str) -> bool:
    """Whether the caller asks something instead of answering."""
    return text.rstrip().endswith("?") or has_any(ASKING, padded(words(text)))


def wants_recording(text: str) -> bool:
    """Whether the caller would rather be recorded."""
    return has_any(VOICEMAIL, padded(words(text)))
