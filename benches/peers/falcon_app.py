"""The voice webhook on Falcon with Python libraries alone: what one would write first."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import falcon
import falcon.asgi
import phonenumbers
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from benches.peers.companies import VARIABLE

if TYPE_CHECKING:
    from falcon.asgi import Request, Response

KNOWN: dict[str, Any] = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))


def e164(raw: str) -> str:
    """A possible number in E.164; raises NumberParseException."""
    number = phonenumbers.parse(raw, "US")
    if not phonenumbers.is_possible_number(number):
        raise falcon.HTTPBadRequest(description=f"{raw} is no number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def document(company: dict[str, str]) -> bytes:
    """The same document as ours."""
    base = str(KNOWN["url"]).removesuffix("/voice")
    call = f"?call={company['slug']}{KNOWN['state']}"
    speech = f"{base}/handle-speech{call}"
    response = VoiceResponse()
    gather = Gather(
        input="dtmf speech",
        action=speech,
        method="POST",
        timeout=5,
        speech_timeout="auto",
        num_digits=1,
        language="en-US",
        hints=f"{company['name']},Ava,the office,the plumber on call",
        action_on_empty_result=True,
        partial_result_callback=f"{base}/partial-speech{call}",
        partial_result_callback_method="POST",
    )
    gather.say(
        f"Thank you for calling {company['name']}. This is Ava, an automated assistant, and this "
        "call is transcribed. How can I help you?",
        voice="Polly.Joanna-Neural",
        language="en-US",
    )
    response.append(gather)
    response.redirect(speech, method="POST")
    return str(response).encode()


class Voice:
    """The webhook."""

    def __init__(self) -> None:
        self._validator = RequestValidator(KNOWN["token"])

    async def on_post(self, request: Request, response: Response) -> None:
        """Check the signature, find the company, and greet."""
        body = (await request.stream.read()).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        signature = request.get_header("X-Twilio-Signature", default="")
        if not self._validator.validate(KNOWN["url"], form, signature):
            raise falcon.HTTPForbidden
        e164(form["Caller"])
        company = KNOWN["companies"][e164(form["Called"])]
        response.content_type = "text/xml; charset=utf-8"
        response.data = document(company)


app: falcon.asgi.App[Any, Any] = falcon.asgi.App()
app.add_route("/api/twilio/voice", Voice())
