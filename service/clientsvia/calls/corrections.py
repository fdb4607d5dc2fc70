"""Callers who mend what was heard: "no, I said Thursday". English."""

from __future__ import annotations

import re

from clientsvia.companies.schedule import WEEKDAYS

_SAID = (
    r"(?:i (?:said|meant|mean|was saying|was asking about|was asking for|asked about|asked for"
    r"|was talking about)|i'm (?:asking|talking) about|make that|that should be|it's)"
)
_CORRECTION = re.compile(
    rf"\s*(?:(?:no|nope|nah|sorry|wait|hold on|actually|well|oh|um|uh|not that)[,.!;\s]+)*"
    rf"(?P<marked>{_SAID})[,:]?\s+(?P<meant>.+)",
    re.IGNORECASE | re.DOTALL,
)
_DENIES = re.compile(r"\s*(?:no|nope|nah|sorry|wait|not that|actually)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"\bi (?:said|meant|mean)\b", re.IGNORECASE)
_DAYS = rf"(?:(?:next|this) )?(?:{'|'.join(WEEKDAYS)})s?|today|tomorrow|tonight|weekends?"
_TIMES = (
    r"\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?|noon|midnight"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
_ALIKE = tuple(re.compile(rf"\b(?:{kind})\b", re.IGNORECASE) for kind in (_DAYS, _TIMES))
_WHOLE_QUESTION = re.compile(
    r"(?:what|when|where|who|how|why|which|do|does|did|is|are|can|could|would|will|i|we)\b",
    re.IGNORECASE,
)
_ALMOST_ALL = 4  # words: more are no longer a piece to be put in another's place


def corrected(text: str) -> str:
    """What was meant instead, in a text that mends the caller's last one; empty in any other.

    "It's Thursday" mends something only after a no; "I said Thursday" by itself.
    """
    match = _CORRECTION.fullmatch(text)
    if match is None or not (_DENIES.match(text) or _OWN_WORDS.match(match["marked"])):
        return ""
    return match["meant"].strip()


def meant_by(text: str, earlier: str) -> str:
    """The question in a text that may mend the caller's ``earlier`` one; else the text."""
    meant = corrected(text)
    return mended(earlier, meant) if meant else text


def mended(earlier: str, meant: str) -> str:
    """The question as it was meant: the piece put right in its place, else both together."""
    if not earlier or _WHOLE_QUESTION.match(meant):
        return meant
    if len(meant.split()) <= _ALMOST_ALL:
        for alike in _ALIKE:
            if alike.search(meant) and alike.search(earlier):
                return alike.sub(meant.rstrip(".?! "), earlier, count=1)
    return f"{earlier.rstrip('.?! ')}, {meant}"
