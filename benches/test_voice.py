"""The whole voice webhook in the process: ASGI in, TwiML out, everything on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.app import create_app
from clientsvia.settings import load_settings
from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign
from clientsvia.wiring import build, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

ORIGIN = "https://answers.example"
PATH = "/api/twilio/voice"
ACCOUNT = "AC" + "2" * 32
BODY = (
    b"AccountSid=AC22222222222222222222222222222222&ApiVersion=2010-04-01"
    b"&CallSid=CA11111111111111111111111111111111&CallStatus=ringing&Called=%2B12395551212"
    b"&CalledCity=FORT+MYERS&CalledCountry=US&CalledState=FL&CalledZip=33901"
    b"&Caller=%2B12393334444&CallerCity=NAPLES&CallerCountry=US&CallerState=FL&CallerZip=34102"
    b"&Direction=inbound&From=%2B12393334444&FromCity=NAPLES&FromCountry=US&FromState=FL"
    b"&FromZip=34102&StirVerstat=TN-Validation-Passed-A&To=%2B12395551212&ToCity=FORT+MYERS"
    b"&ToCountry=US&ToState=FL&ToZip=33901"
)


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[Callable[[], bytes]]:
    """Answers one signed voice webhook at a call; SQLite, call log and validation are on."""
    settings = load_settings(
        demo=False,
        public_origin=ORIGIN,
        store=f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db",
        secret_key_file=tmp_path / "secret.key",
        twilio_account_sid=ACCOUNT,
        twilio_auth_tokens="12345",
    )
    prepare(settings.model_copy(update={"demo": True}))  # with the demo company in the store
    services = build(settings, prepare(settings))
    app = create_app(settings, services)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(services.start())
    scope = _scope(sign("12345", ORIGIN + PATH, parse_form(BODY)))

    def post() -> bytes:
        return loop.run_until_complete(_post(app, scope))

    yield post
    loop.run_until_complete(services.stop())
    loop.close()


def test_voice(benchmark: BenchmarkFixture, voice: Callable[[], bytes]) -> None:
    document = benchmark(voice)
    assert b"<Gather" in document
    assert b"Gulf Breeze Plumbing" in document


def _scope(signature: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"answers.example"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", str(len(BODY)).encode()),
            (b"x-twilio-signature", signature.encode()),
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


async def _post(app: Callable[..., Any], scope: dict[str, Any]) -> bytes:
    answers: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message.get("body", b""))

    await app(dict(scope), receive, send)
    return b"".join(answers)
