"""Replies as data for a page: what is said, what follows, and the TwiML that Twilio would get."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.calls.reply import Connect, Continue, HangUp, Listen, Record
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.transports.whisper_token import WhisperTokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.calls.ports import Speech
    from clientsvia.calls.reply import Next, Reply
    from clientsvia.calls.ringing.whispering import Whisper
    from clientsvia.calls.state import CallState
    from clientsvia.companies.company import Company

KINDS: Mapping[type, str] = {
    Listen: "listen",
    Connect: "connect",
    Record: "record",
    Continue: "continue",
    HangUp: "hang_up",
}


class TextTransport:
    """Renders replies as JSON; the URLs in their TwiML are signed with keys of their own.

    A document that somebody copies from a page is worth nothing on a real call.
    """

    content_type = "application/json"

    def __init__(self, origin: str, secrets: Sequence[bytes], speech: Speech) -> None:
        own = [hmac.digest(secret, b"text", "sha256") for secret in secrets]
        self._tokens = ActionTokens(own)
        self._twiml = TwimlTransport(origin, self._tokens, WhisperTokens(own), speech)
        self._speech = speech

    def render(self, reply: Reply, company: Company, call_sid: str) -> bytes:
        """A JSON object with ``say``, ``next``, ``twiml``, and the call's state in ``call``."""
        return orjson.dumps(
            {
                "say": [
                    {"text": text, "clip": self._speech.ready(company, text)}
                    for text in reply.say
                    if text
                ],
                "voice": company.agent.voice,
                "language": company.agent.language,
                "next": _next(reply.next, company),
                "twiml": self._twiml.render(reply, company, call_sid).decode(),
                "call": self._tokens.write(reply.state, call_sid),
            }
        )

    def state(self, call: str, call_sid: str) -> CallState | None:
        """The state in ``call`` of a rendered reply; None when it is of no such call."""
        return self._tokens.read(call, call_sid)

    def whisper(self, say: str, whisper: Whisper, company: Company) -> bytes:
        """What somebody who is rung hears, and the TwiML that says it."""
        twiml = self._twiml.whisper(say, whisper, company).decode()
        return orjson.dumps({"target": whisper.target, "said": say, "twiml": twiml})

    def connect(self) -> bytes:
        """The two are connected."""
        return self._twiml.connect()

    def decline(self) -> bytes:
        """Whoever was rung is hung up on."""
        return self._twiml.decline()


def _next(following: Next, company: Company) -> dict[str, Any]:
    """What follows, with the names of those who are rung."""
    data = {"kind": KINDS[type(following)]} | asdict(following)
    for callee in data.get("callees", ()):
        target = company.target(callee["target"])
        callee["name"] = target.name if target else callee["target"]
    return data
