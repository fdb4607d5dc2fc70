"""A stand-in for Twilio's REST API on loopback: accounts, their numbers, and what goes wrong."""

from __future__ import annotations

import base64
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

SID = "AC" + "a" * 32
TOKEN = "canary-token"
NUMBER = "+12395551212"
ORIGIN = "https://answers.example"


def configured(number: str = NUMBER, origin: str = ORIGIN, **fields: str) -> dict[str, Any]:
    """A number as Twilio tells it, set up as it should be unless ``fields`` say otherwise."""
    return {
        "sid": "PN" + "1" * 32,
        "account_sid": SID,
        "phone_number": number,
        "voice_receive_mode": "voice",
        "voice_application_sid": "",
        "trunk_sid": None,
        **voice(origin),
        **fields,
    }


def voice(origin: str = ORIGIN) -> dict[str, str]:
    """The voice settings of a number or of a TwiML app."""
    return {
        "voice_url": f"{origin}/api/twilio/voice",
        "voice_method": "POST",
        "voice_fallback_url": f"{origin}/api/twilio/fallback",
        "voice_fallback_method": "POST",
        "status_callback": f"{origin}/api/twilio/status",
        "status_callback_method": "POST",
    }


def refusal(status: int, code: int, message: str) -> tuple[int, str]:
    """An answer as Twilio refuses."""
    told = {"status": status, "code": code, "message": message, "more_info": "https://x.example"}
    return status, json.dumps(told)


@dataclass
class TwilioApi:
    """What the stand-in knows; ``answer`` (status, body) is given to everybody instead.

    ``sends`` are given in turn to those who send a message, before one is taken. ``fates`` (status,
    error code) are what is told of messages each time somebody looks; the last for ever.
    """

    numbers: list[dict[str, Any]] = field(default_factory=list)
    applications: dict[str, dict[str, str]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    fates: list[tuple[str, int | None]] = field(default_factory=list)
    sends: list[tuple[int, str]] = field(default_factory=list)
    answer: tuple[int, str] | None = None
    silent: bool = False
    url: str = ""
    asked: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def respond(self, target: str, authorization: str, form: str = "") -> tuple[int, str]:
        """Status and body for a request; ``form`` is what was posted."""
        self.asked.append(target)
        if self.silent:
            self.done.wait(10)
        if self.answer is not None:
            return self.answer
        if base64.b64decode(authorization.removeprefix("Basic ")).decode() != f"{SID}:{TOKEN}":
            return refusal(401, 20003, "Authenticate")
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        account = f"/2010-04-01/Accounts/{SID}"
        if path == f"{account}/IncomingPhoneNumbers.json":
            return 200, json.dumps(self._page(query["PhoneNumber"][0]))
        if path.startswith(f"{account}/Messages"):
            return self._send(form) if form else self._looked_at(path)
        application = path.removeprefix(f"{account}/Applications/").removesuffix(".json")
        if application in self.applications:
            return 200, json.dumps({"sid": application} | self.applications[application])
        return refusal(404, 20404, f"The requested resource {path} was not found")

    def _send(self, form: str) -> tuple[int, str]:
        if self.sends:
            return self.sends.pop(0)
        sid = f"SM{len(self.messages):032x}"
        self.messages.append({"sid": sid, "status": "queued", "error_code": None})
        self.messages[-1] |= dict(parse_qsl(form))
        return 201, json.dumps(self.messages[-1])

    def _looked_at(self, path: str) -> tuple[int, str]:
        status, code = ("delivered", None) if not self.fates else self.fates[0]
        if len(self.fates) > 1:
            self.fates.pop(0)
        known = {message["sid"]: message for message in self.messages}
        sid = path.rpartition("/")[2].removesuffix(".json")
        return 200, json.dumps(known[sid] | {"status": status, "error_code": code})

    def _page(self, part: str) -> dict[str, Any]:
        """A page of numbers; Twilio's filter also finds numbers that hold ``part``."""
        digits = part.removeprefix("+")
        found = [number for number in self.numbers if digits in number["phone_number"]]
        return {"incoming_phone_numbers": found, "page": 0, "next_page_uri": None, "uri": "/x"}


@contextmanager
def running(*numbers: dict[str, Any]) -> Iterator[TwilioApi]:
    """A stand-in that serves ``numbers``."""
    api = TwilioApi(list(numbers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond("")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self.respond(self.rfile.read(length).decode())

        def respond(self, form: str) -> None:
            authorization = self.headers.get("Authorization", "")
            status, body = api.respond(self.path, authorization, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # callers that gave up
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield api
    finally:
        api.done.set()
        server.shutdown()
        thread.join()
        server.server_close()
