"""A request from Twilio, read within limits and parsed."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.screening import hides
from clientsvia.errors import InvalidForm, InvalidNumber
from clientsvia.latency.timeline import Timeline
from clientsvia.telephony.form import Form, parse_form
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from clientsvia.webhooks.request import WebhookRequest

log = structlog.get_logger(__name__)

BODY_BYTES = 65_536
BODY_SECONDS = 5.0  # a body that trickles in is given up on; nothing below us does so
CALL_SID_LENGTH = 64
SEPARATORS = str.maketrans("", "", "-_.")
MAX_DIGITS = 16  # more is no duration and no sequence
FORM = "application/x-www-form-urlencoded"
NOT_THEIRS = "TN-Validation-Failed"  # alone, or with the attestation that did not hold: -A, -B, -C


@dataclass(slots=True)
class Inbound:
    """One webhook request: its parameters, and what the signature is checked against.

    ``called`` and ``caller`` are numbers in E.164, empty when there is none or it is no possible
    one; ``called_raw`` and ``caller_raw`` are what was sent: a number, a client, a SIP address or
    ``anonymous``.
    """

    form: Form
    call_sid: str
    request: WebhookRequest
    timeline: Timeline
    called_raw: str
    called: str
    caller_raw: str
    caller: str

    def first(self, *names: str) -> str:
        """The first of these parameters that is not empty."""
        return next((value for name in names if (value := self.form.get(name))), "")

    @property
    def account_sid(self) -> str:
        """The account that says it sent this."""
        return self.form.get("AccountSid")

    @property
    def caller_id(self) -> str | None:
        """The caller's number if it is valid, hence may be shown to others."""
        return (self.caller and _number(self.caller_raw, possible=False)) or None

    @property
    def anonymous(self) -> bool:
        """Whether the caller hides their number, or the network had none to give."""
        return hides(self.caller_raw)

    @property
    def unverified(self) -> bool:
        """Whether the network found out that the number is not the caller's (STIR/SHAKEN).

        A number that nobody has vouched for is no such finding: most of the world does not yet.
        """
        return self.form.get("StirVerstat").startswith(NOT_THEIRS)

    @property
    def forwarded_from(self) -> str:
        """The number that passed the call on to us, in E.164; empty when none did."""
        raw = self.form.get("ForwardedFrom")
        return _number(raw, possible=True) if raw else ""


async def receive(request: WebhookRequest) -> Inbound:
    """Read and parse a request; raises InvalidForm with the status that says what is wrong."""
    if request.content_type != FORM and (kind := content_type(request)) != FORM:
        raise InvalidForm(f"a body of type {kind}: send {FORM}", 415)
    timeline = Timeline()
    body = request.body_at_hand()
    if body is None or len(body) > BODY_BYTES:
        body = await read_body(request)
    timeline.mark("receive")
    inbound = parse(request, body, timeline)
    if inbound.call_sid != inbound.form.get("CallSid"):
        _warn(inbound)
    return inbound


def parse(request: WebhookRequest, body: bytes, timeline: Timeline) -> Inbound:
    """The inbound request that a form's bytes make."""
    form = parse_form(body, max_bytes=BODY_BYTES)
    called, caller = form.get("Called") or form.get("To"), form.get("Caller") or form.get("From")
    inbound = Inbound(
        form,
        _call_sid(form.get("CallSid")),
        request,
        timeline,
        called,
        _number(called, possible=True),
        caller,
        _number(caller, possible=True),
    )
    request.context.inbound = inbound
    timeline.mark("parse")
    return inbound


def content_type(request: WebhookRequest) -> str:
    """The media type of the body without its parameters; none given counts as a form."""
    return (request.content_type or FORM).partition(";")[0].strip().lower()


async def read_body(request: WebhookRequest) -> bytes:
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
    if raw.isalnum() and raw.isascii() and len(raw) <= CALL_SID_LENGTH:
        return raw
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
