"""The promise of the first webhook: answered from memory, whatever the store does."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.app import create_app
from clientsvia.calls.sentences import greeting
from clientsvia.companies.files import demo_profile
from clientsvia.companies.known_callers import changed
from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare
from tests.conftest import OPEN
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientsvia.wiring import Services

BODY = b"Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"
HEADERS = [
    (b"host", b"127.0.0.1"),
    (b"content-type", b"application/x-www-form-urlencoded"),
    (b"content-length", str(len(BODY)).encode()),
]
SCOPE: dict[str, Any] = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/api/twilio/voice",
    "raw_path": b"/api/twilio/voice",
    "query_string": b"",
    "root_path": "",
    "headers": HEADERS,
    "client": ("127.0.0.1", 50000),
    "server": ("127.0.0.1", 8000),
}
IO_EVENTS = ("socket.", "sqlite3.", "open", "os.", "subprocess.", "urllib.")

watched: list[str] | None = None


def _watch(event: str, _arguments: tuple[object, ...]) -> None:
    if watched is not None and event.startswith(IO_EVENTS):
        watched.append(event)


sys.addaudithook(_watch)


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {
        "demo": True,
        "clock_start": OPEN,
        "store": f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db",
        "secret_key_file": tmp_path / "secret.key",
        "clips": tmp_path / "clips",
    }


async def test_voice_is_answered_without_any_io(settings: dict[str, Any]) -> None:
    services = built(settings)
    await services.start()
    try:
        assert b"<Say" in await answered(services)
    finally:
        await services.stop()


async def test_a_known_caller_is_greeted_without_any_io(settings: dict[str, Any]) -> None:
    services = built(settings)
    known = changed(demo_profile(), "+15551234567", name="Jo Berg")
    named = known.callers.model_copy(update={"greet_by_name": True})
    await services.companies.save([known.model_copy(update={"callers": named})])
    await services.start()
    try:
        assert b"Hello Jo." in await answered(services)
    finally:
        await services.stop()


async def test_a_greeting_that_has_a_clip_is_played_without_any_io(
    settings: dict[str, Any],
) -> None:
    with running() as standin:
        services = built(
            settings | {"elevenlabs_api_key": "sk_canary", "elevenlabs_base_url": standin.url}
        )
        await services.directory.load()  # and nothing else runs meanwhile
        (demo,) = services.directory.companies()
        clip = await services.speech.speak(demo, greeting(demo), patience=9)
        try:
            document = await answered(services)
        finally:
            await services.stop()
    assert f"/audio/{clip}</Play>".encode() in document
    assert b"<Say" not in document


def built(settings: dict[str, Any]) -> Services:
    chosen = load_settings(**settings)
    return build(chosen, prepare(chosen))


async def answered(services: Services) -> bytes:
    """The document for a call, which must come in one turn of the loop and without any I/O."""
    global watched  # noqa: PLW0603 - an audit hook cannot be taken out again, only silenced
    app = create_app(services.stores.settings, services)
    sent: list[dict[str, Any]] = []
    body: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": BODY, "more_body": False}]
    )

    async def receive() -> dict[str, Any]:
        return next(body)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    try:
        webhook = asyncio.ensure_future(app(SCOPE, receive, send))
        seen: list[str] = []
        watched = seen
        await asyncio.sleep(0)
    finally:
        watched = None
    # Whoever waits for a thread, a database or a socket is not done after one turn of the loop.
    assert webhook.done()
    assert seen == []
    await webhook
    assert sent[0]["status"] == 200
    document: bytes = sent[1]["body"]
    assert b"<Gather" in document
    return document
