"""What Twilio would have complained about, by the code it uses for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Level = Literal["fatal", "error", "warning"]


class Code(IntEnum):
    """The codes of Twilio's error dictionary that the simulator knows."""

    OUTSIDE = 0
    """Nothing of Twilio's: a bound of the simulator, or a verb it does not play."""
    RETRIEVAL = 11200
    TIMEOUT = 11205
    REDIRECTS = 11215
    STATUS = 11217
    TOO_LARGE = 11750
    EMPTY = 11770
    BAD_XML = 12100
    BAD_ROOT = 12102
    SCHEMA = 12200
    CONTENT_TYPE = 12300
    CALLER_ID = 13214
    DIALLED_NUMBER = 13223
    SPEECH_TIMEOUT = 13327
    SAY_TOO_LONG = 13521


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint: fatal ends its document, an error is survived, a warning is advice.

    ``at`` is in seconds of the call.
    """

    code: int
    level: Level
    message: str
    url: str
    at: float


class Refusal(Exception):
    """An answer that Twilio cannot use, which ends the document it was to be."""

    def __init__(self, code: Code, message: str, url: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.url = url
