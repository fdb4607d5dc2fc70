"""The addresses to enter at Twilio, each with its purpose, and the steps in Twilio's Console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import FALLBACK_PATH, STATUS_PATH, TIMING_PATH, VOICE_PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

HANDLE_PATH = "/api/twilio/handle-speech"
PARTIAL_PATH = "/api/twilio/partial-speech"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that Twilio asks.

    ``field`` is the one of Twilio's Console it is entered in; empty where nobody enters it, for
    our own answers name it.
    """

    name: str
    url: str
    method: str
    purpose: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The steps as one generation of Twilio's Console calls them, in their order."""

    name: str
    steps: tuple[str, ...]


_ENDPOINTS = (
    (
        "voice",
        VOICE_PATH,
        "A call comes in: greets the caller and listens.",
        "A call comes in",
    ),
    (
        "handle-speech",
        HANDLE_PATH,
        "The caller has spoken: answers. Our greeting names it; there is nowhere to enter it.",
        "",
    ),
    (
        "partial-speech",
        PARTIAL_PATH,
        "The caller is speaking: the answer is prepared meanwhile. Our greeting names it.",
        "",
    ),
    (
        "speech-timing-test",
        TIMING_PATH,
        "Measures how long an answer takes, and leaves no trace. For you, not for Twilio.",
        "",
    ),
    (
        "fallback",
        FALLBACK_PATH,
        "An answer of ours could not be used: the caller reaches a person or leaves a message.",
        "Primary handler fails",
    ),
    (
        "status",
        STATUS_PATH,
        "A call has ended: its length is noted, and what is left to do is done.",
        "Call status changes",
    ),
)


def endpoints(origin: str) -> Sequence[Endpoint]:
    """Every address below ``origin``, those of the product's documentation first."""
    return [
        Endpoint(name, f"{origin}{path}", "POST", purpose, field)
        for name, path, purpose, field in _ENDPOINTS
    ]


def instructions(origin: str, number: str = "", fallback: str = "") -> Sequence[Wording]:
    """How a number is set by hand, in the new Console's words and in those of the old one.

    ``number`` is named where it is known, and so is a ``fallback`` off this host.
    """
    voice, status = f"{origin}{VOICE_PATH}", f"{origin}{STATUS_PATH}"
    failing = fallback or f"{origin}{FALLBACK_PATH}"
    which = number or "your number"
    return (
        Wording(
            "Twilio Console",
            (
                "Open Phone Numbers → Manage → Active Numbers.",
                f"Choose {which}, then the tab Configure and its section Voice Configuration.",
                "Set Configure with to Webhook, TwiML Bin, Function, Studio Flow, Proxy Service.",
                f"A call comes in: Webhook, URL {voice}, HTTP POST.",
                f"Primary handler fails: Webhook, URL {failing}, HTTP POST.",
                f"Call status changes: {status}, HTTP POST.",
                "Press Save configuration.",
            ),
        ),
        Wording(
            "Older Console",
            (
                "Open Phone Numbers (#) → Manage Numbers → Active Numbers.",
                f"Choose {which}, and scroll to Voice & Fax.",
                (
                    "Set Accept Incoming to Voice Calls, Configure With to Webhooks, TwiML Bins, "
                    "Functions, Studio, or Proxy."
                ),
                f"A Call Comes In: Webhook, {voice}, HTTP POST.",
                f"Primary Handler Fails: Webhook, {failing}, HTTP POST.",
                f"Call Status Changes: {status}, HTTP POST.",
                "Press Save.",
            ),
        ),
    )
