"""``POST /api/twilio/speech-timing-test``: where the time of a turn goes, stage by stage."""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import falcon
import falcon.asgi
import orjson

from clientsvia.calls.events import Heard
from clientsvia.errors import InvalidForm
from clientsvia.latency.repetition import time_turn
from clientsvia.latency.timeline import Timeline
from clientsvia.telephony.signature import sign, verify
from clientsvia.transports.twiml import sentence
from clientsvia.webhooks.exchange import NOBODY, send
from clientsvia.webhooks.handle_speech import speech
from clientsvia.webhooks.inbound import FORM, Inbound, content_type, parse, read_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.calls.turns import Turns
    from clientsvia.latency.summary import Summary
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Line, Switchboard

VERSION = 1
RUNS = 100
RUNS_AT_MOST = 1000
RUNS_OF_A_MODEL = 5  # which take a second each, and money
SPEECH = "Are you open on Monday?"
JSON = "application/json"
PROBE_TOKEN = "a token that signs nothing but this test"  # noqa: S105 - it opens nothing
MICROSECOND = 1000


@dataclass(frozen=True, slots=True)
class SpeechTimingTest:
    """Repeats a turn on a company's real settings, without a trace in its log.

    Open to Twilio's signature or the administrator's bearer token; ``open_to_all`` in the demo.
    """

    switchboard: Switchboard
    turns: Turns
    admin_token: str
    open_to_all: bool

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Answer figures as JSON, or spoken when Twilio asks."""
        body = _as_form(content_type(request), await read_body(request))
        inbound = parse(request, body, Timeline())
        spoken = "xml" in (request.accept or "") and "json" not in (request.accept or "")
        line = self._line(inbound)
        if line is None:
            _unknown(response, spoken=spoken)
            return
        runs = _runs(inbound)
        if not self.turns.answers.instant(line.company):
            runs = min(runs, RUNS_OF_A_MODEL)
        rehearsal = Rehearsal(self.switchboard, self.turns, inbound, body, line)
        stages = await time_turn(rehearsal.turn, runs)
        if spoken:
            send(response, sentence(_figures(stages)))
        else:
            response.content_type = JSON
            response.media = {
                "version": VERSION,
                "runs": runs,
                "stages": {name: asdict(summary) for name, summary in stages.items()},
            }

    def _line(self, inbound: Inbound) -> Line | None:
        """The line to test; raises RequestRefused for who may not."""
        if self.open_to_all or self._is_admin(inbound.request):
            return self.switchboard.trusted(inbound)
        return self.switchboard.locate(inbound)

    def _is_admin(self, request: falcon.asgi.Request) -> bool:
        scheme, _, token = (request.get_header("Authorization") or "").partition(" ")
        if not self.admin_token or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(token.strip().encode(), self.admin_token.encode())


class Rehearsal:
    """One turn as handle-speech takes it, with a signature of our own to verify."""

    def __init__(
        self, switchboard: Switchboard, turns: Turns, inbound: Inbound, body: bytes, line: Line
    ) -> None:
        self._switchboard = switchboard
        self._turns = turns
        self._request = inbound.request
        self._body = body
        self._line = line
        self._url = switchboard.gate.origin + inbound.request.relative_uri
        self._played = 0
        self._signature = sign(PROBE_TOKEN, self._url, inbound.form)

    async def turn(self, timeline: Timeline) -> None:
        """Play the turn once, marking its stages."""
        inbound = parse(self._request, self._body, timeline)
        if not verify(PROBE_TOKEN, self._url, inbound.form, self._signature):
            raise ArithmeticError("a signature of our own does not verify: report this")
        timeline.mark("verify")
        self._switchboard.trusted(inbound)
        heard = Heard(speech(inbound, "SpeechResult") or SPEECH)
        self._played += 1
        # A call of its own each time: an answer that is there already would take no time.
        call = replace(self._line.call, sid=f"{self._line.call.sid}.{self._played}")
        await self._turns.rehearse(self._line.company, call, heard, timeline)


def _as_form(kind: str, body: bytes) -> bytes:
    """The body as a form, whichever of the two kinds it came in."""
    if kind == FORM:
        return body
    if kind != JSON:
        raise InvalidForm(f"a body of type {kind}: send {FORM} or {JSON}", 415)
    try:
        fields: Any = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidForm(f"the body is no JSON ({error}): send an object") from None
    if not isinstance(fields, dict):
        raise InvalidForm('the body is no JSON object: send {"Called": "+12395551212"}')
    return urlencode(fields).encode()


def _runs(inbound: Inbound) -> int:
    raw = inbound.form.get("runs") or str(RUNS)
    if raw.isascii() and raw.isdigit() and 1 <= int(raw[:9]) <= RUNS_AT_MOST:
        return int(raw)
    raise InvalidForm(f"runs is {raw[:20]!r}: send a whole number from 1 to {RUNS_AT_MOST}")


def _unknown(response: falcon.asgi.Response, *, spoken: bool) -> None:
    if spoken:
        send(response, NOBODY)
        return
    response.status = falcon.HTTP_404
    response.content_type = JSON
    response.media = {
        "error": "no company has the number Called: send one that is on a company's profile"
    }


def _figures(stages: Mapping[str, Summary]) -> str:
    """The figures for the ear, in microseconds."""
    parts = [
        f"{name}: {summary.p50_ns / MICROSECOND:.0f} at the median, "
        f"{summary.p99_ns / MICROSECOND:.0f} at the ninety-ninth percentile."
        for name, summary in stages.items()
    ]
    return " ".join(["Microseconds per stage.", *parts])
