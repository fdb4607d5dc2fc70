"""A stand-in for Twilio's REST API on loopback: accounts, their numbers, and what goes wrong."""

from __future__ import annotations

import base64
import json
import re
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
DELETED = "DELETE"
"""What stands for the form of a request that deletes."""
UPGRADED = {"sid": SID, "friendly_name": "Gulf", "status": "active", "type": "Full"}


def configured(number: str = NUMBER, origin: str = ORIGIN, **fields: str) -> dict[str, Any]:
    """A number as Twilio tells it, set up as it should be unless ``fields`` say otherwise."""
    return {
        "sid": "PN" + "1" * 32,
        "account_sid": SID,
        "phone_number": number,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
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
    ``recordings`` are sounds by SID, ``written`` the SIDs of their transcriptions; where there is
    ``elsewhere``, sounds are fetched there. ``sent_tokens`` tells of each request for one whether
    it had the account's token.
    """

    numbers: list[dict[str, Any]] = field(default_factory=list)
    applications: dict[str, dict[str, str]] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    fates: list[tuple[str, int | None]] = field(default_factory=list)
    sends: list[tuple[int, str]] = field(default_factory=list)
    recordings: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: str = ""
    sent_tokens: list[bool] = field(default_factory=list)
    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    account: dict[str, str] = field(default_factory=lambda: dict(UPGRADED))
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
        if not self.knows(authorization):
            return refusal(401, 20003, "Authenticate")
        return self._found(target, form)

    def _found(self, target: str, form: str) -> tuple[int, str]:  # noqa: PLR0911 - one a resource
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        account = f"/2010-04-01/Accounts/{SID}"
        if path.startswith("/v2/Flows"):
            return self._flow(path, form)
        if path == f"{account}.json":
            return 200, json.dumps(self.account)
        if path == f"{account}/IncomingPhoneNumbers.json":
            return 200, json.dumps(self._page(query.get("PhoneNumber", [""])[0]))
        if path.startswith(f"{account}/Recordings/"):
            return self._recording(path.removeprefix(f"{account}/Recordings/"), form)
        if path.startswith(f"{account}/IncomingPhoneNumbers/"):
            return self._set(path, form)
        if path.startswith(f"{account}/Messages"):
            return self._send(form) if form else self._looked_at(path)
        application = path.removeprefix(f"{account}/Applications/").removesuffix(".json")
        if application in self.applications:
            return 200, json.dumps({"sid": application} | self.applications[application])
        return refusal(404, 20404, f"The requested resource {path} was not found")

    def _flow(self, path: str, form: str) -> tuple[int, str]:
        """Flows of Studio: all of them, or one that is published, by its SID or anew."""
        if not form:
            meta = {"key": "flows", "next_page_url": None, "page": 0, "page_size": 100}
            return 200, json.dumps({"flows": list(self.flows.values()), "meta": meta})
        sent = dict(parse_qsl(form))
        if "Definition" not in sent or sent.get("Status") != "published":
            return refusal(400, 20001, "Definition and Status are required")
        sid = path.removeprefix("/v2/Flows").strip("/") or f"FW{len(self.flows):032}"
        flow = self.flows.setdefault(sid, {"sid": sid, "friendly_name": sent.get("FriendlyName")})
        flow["definition"] = json.loads(sent["Definition"])
        flow["webhook_url"] = f"https://webhooks.twilio.com/v1/Accounts/{SID}/Flows/{sid}"
        return 200 if path.strip("/") != "v2/Flows" else 201, json.dumps(flow)

    def knows(self, authorization: str) -> bool:
        """Whether these are the account's credentials."""
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        return given == f"{SID}:{TOKEN}"

    def _recording(self, path: str, form: str) -> tuple[int, str]:
        """What the API says of a recording and of its transcriptions, or their deletion."""
        sid, _, rest = path.removesuffix(".json").partition("/")
        if sid not in self.recordings:
            return refusal(404, 20404, f"The requested resource /Recordings/{path} was not found")
        written = self.written.get(sid, [])
        if form == DELETED and rest:
            written.remove(rest.removeprefix("Transcriptions/"))
        elif form == DELETED:
            del self.recordings[sid]
        listed = [{"sid": one, "recording_sid": sid} for one in written]
        page = {"transcriptions": listed, "page": 0, "next_page_uri": None, "uri": "/x"}
        return (204, "") if form == DELETED else (200, json.dumps(page))

    def sound(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request for a recording as MP3, or for a part of it."""
        self.asked.append(handler.path)
        if self.silent:
            self.done.wait(10)
        known = self.knows(handler.headers.get("Authorization", ""))
        self.sent_tokens.append(known)
        if not known and not self.elsewhere:
            handler.send_error(401)
        elif self.elsewhere and handler.path.startswith("/2010-04-01"):
            handler.send_response(302)
            handler.send_header("Location", self.elsewhere)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            sid = handler.path.rpartition("/")[2].removesuffix(".mp3")
            self._play(handler, self.recordings.get(sid))

    def _play(self, handler: BaseHTTPRequestHandler, sound: bytes | None) -> None:
        asked = handler.headers.get("Range", "")
        if sound is None:
            handler.send_error(404)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        start, end = int(first or 0), int(last or len(sound) - 1)
        if start >= len(sound):
            handler.send_error(416)
            return
        handler.send_response(206 if asked else 200)
        if asked:
            handler.send_header("Content-Range", f"bytes {start}-{end}/{len(sound)}")
        handler.send_header("Content-Type", "audio/mpeg")
        handler.send_header("Content-Length", str(end + 1 - start))
        handler.end_headers()
        handler.wfile.write(sound[start : end + 1])

    def _set(self, path: str, form: str) -> tuple[int, str]:
        """Set a number, by its sid; Twilio's names are those of its fields in another spelling."""
        sid = path.rpartition("/")[2].removesuffix(".json")
        number = next((one for one in self.numbers if one["sid"] == sid), None)
        if number is None:
            return refusal(404, 20404, f"The requested resource {path} was not found")
        for name, value in parse_qsl(form, keep_blank_values=True):
            number[re.sub("(?<!^)(?=[A-Z])", "_", name).lower()] = value
        return 200, json.dumps(number)

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
            if self.path.endswith(".mp3"):
                api.sound(self)
            else:
                self.respond("")

        def do_DELETE(self) -> None:
            self.respond(DELETED)

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
