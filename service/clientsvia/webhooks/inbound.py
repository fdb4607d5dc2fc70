"""A request from Twilio, read within limits and parsed."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import structlog

from clientsvia.errors import InvalidForm, InvalidNumber
from clientsvia.latency.timeline import Timeline
from clientsvia.telephony.form import Form, parse_form
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    import falcon.asgi

log = structlog.get_logger(__name__)

BODY_BYTES = 65_536
BODY_SECONDS = 5.0  # a body that trickles in is given up on; nothing below us does so
CALL_SID_LENGTH = 64
SEPARATORS = str.maketrans("", "", "-_.")
MAX_DIGITS = 16  # more is no duration and no sequence
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Inbound:
    """One webhook request: its parameters, and what the signature is checked against."""

    form: Form
    call_sid: str
    request: falcon.asgi.Request
    timeline: Timeline

    def first(self, *names: str) -> str:
        """The first of these parameters that is not empty."""
        return next((value for name in names if (value := self.form.get(name))), "")

    @property
    def account_sid(self) -> str:
        """The account that says it sent this."""
        return self.form.get("AccountSid")

    @property
    def called_raw(self) -> str:
        """The number called, as sent."""
        return self.first("Called", "To")

    @cached_property
    def called(self) -> str:
        """The number called in E.164; empty when there is none, or it is no number."""
        return _number(self.called_raw, possible=True)

    @property
    def caller_raw(self) -> str:
        """Who calls, as sent: a number, a client, a SIP address or ``anonymous``."""
        return self.first("Caller", "From")

    @cached_property
    def caller(self) -> str:
        """The caller's number in E.164 if it is possible, else empty."""
        return _number(self.caller_raw, possible=True)

    @cached_property
    def caller_id(self) -> str | None:
        """The caller's number if it is valid, hence may be shown to others."""
        return _number(self.caller_raw, possible=False) or None


async def receive(request: falcon.asgi.Request) -> Inbound:
    """Read and parse a request; raises InvalidForm with the status that says what is wrong."""
    kind = content_type(request)
    if kind != FORM:
        raise InvalidForm(f"a body of type {kind}: send {FORM}", 415)
    timeline = Timeline()
    body = await read_body(request)
    timeline.mark("receive")
    inbound = parse(request, body, timeline)
    if inbound.call_sid != inbound.form.get("CallSid"):
        _warn(inbound)
    return inbound


def parse(request: falcon.asgi.Request, body: bytes, timeline: Timeline) -> Inbound:
    """The inbound request that a form's bytes make."""
    form = parse_form(body, max_bytes=BODY_BYTES)
    inbound = Inbound(form, _call_sid(form.get("CallSid")), request, timeline)
    request.context.inbound = inbound
    timeline.mark("parse")
    return inbound


def content_type(request: falcon.asgi.Request) -> str:
    """The media type of the body without its parameters; none given counts as a form."""
    return (request.content_type or FORM).partition(";")[0].strip().lower()


async def read_body(request: falcon.asgi.Request) -> bytes:
    """The raw body within its limits; raises InvalidForm with 413 or 408."""
    length = request.content_length or 0
    if length > BODY_BYTES:
        raise InvalidForm(f"a body of {length} bytes: send at most {BODY_BYTES}", 413)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body: bytes = await request.stream.read(BODY_BYTES + 1)
    except TimeoutError:
        raise InvalidForm(f"the body did not arrive within {BODY_SECONDS:.0f} s", 408) from None
    if len(body) > BODY_BYTES:
        raise InvalidForm(f"a body of over {BODY_BYTES} bytes: send less", 413)
    return body


def _call_sid(raw: str) -> str:
    """The call's sid; an absurd one becomes a stable stand-in, so that the caller is served.

    A request without one stands alone: nothing tells whose call it belongs to.
    """
    if not raw:
        return f"none{secrets.token_hex(16)}"
    known = raw.isascii() and raw.translate(SEPARATORS).isalnum()
    if known and len(raw) <= CALL_SID_LENGTH:
        return raw
    return f"absurd{hashlib.sha256(raw.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _warn(inbound: Inbound) -> None:
    reason = "an absurd CallSid" if inbound.form.get("CallSid") else "no CallSid"
    remedy = "Twilio always sends one: is this request Twilio's?"
    log.warning(reason, call=inbound.call_sid, remedy=remedy)


def _number(raw: str, *, possible: bool) -> str:
    try:
        return normalize(raw, possible=possible)
    except InvalidNumber:
        return ""


def whole(raw: str) -> int:
    """A whole number as Twilio writes it; anything else counts as 0."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < MAX_DIGITS else 0
