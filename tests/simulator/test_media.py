from __future__ import annotations

import io
import wave
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from clientsvia.simulator.clock import VirtualClock
from clientsvia.simulator.media import Media, seconds_of
from clientsvia.simulator.problems import Refusal
from tests.simulator.webhook_server import answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.simulator.webhook_server import WebhookServer

ULAW = b"\xff" * 16_000


@asynccontextmanager
async def player(server: WebhookServer) -> AsyncIterator[tuple[Media, VirtualClock]]:
    clock = VirtualClock()
    async with aiohttp.ClientSession() as session:
        yield Media(session, clock, public=server.origin, listener=server.origin), clock


def audio(**headers: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if "ETag" in sent and request.headers.get("If-None-Match") == sent["ETag"]:
            return web.Response(status=304, headers=sent)
        return web.Response(body=ULAW, content_type="audio/ulaw", headers=sent)

    return handler


async def test_a_file_is_fetched_without_call_parameters_or_signature(
    server: WebhookServer,
) -> None:
    server.on("/a.ulaw", audio())
    async with player(server) as (media, _):
        clip = await media.clip(server.url("/a.ulaw"))

    assert (clip.seconds, clip.content_type) == (2.0, "audio/ulaw")
    asked = server.asked[0]
    assert (asked.method, asked.query, asked.form) == ("GET", "", {})
    assert "x-twilio-signature" not in asked.headers


@pytest.mark.parametrize(
    ("headers", "after", "statuses"),
    [
        ({}, 3600, [200, 0]),
        ({"Cache_Control": "max-age=60"}, 30, [200, 0]),
        ({"Cache_Control": "max-age=60"}, 90, [200, 200]),
        ({"Cache_Control": "no-store, max-age=60"}, 1, [200, 200]),
        ({"ETag": '"1"'}, 1, [200, 304]),
        ({"ETag": '"1"', "Cache_Control": "max-age=60"}, 90, [200, 304]),
        ({"Last_Modified": "Sun, 22 Nov 2026 08:00:00 GMT"}, 1, [200, 200]),
    ],
)
async def test_a_file_is_kept_as_long_as_its_headers_say(
    server: WebhookServer, headers: dict[str, str], after: float, statuses: list[int]
) -> None:
    server.on("/a.ulaw", audio(**headers))
    async with player(server) as (media, clock):
        first = await media.clip(server.url("/a.ulaw"))
        await clock.sleep(after)
        again = await media.clip(server.url("/a.ulaw"))

    assert again.body == first.body
    assert [fetch.status for fetch in media.fetches] == statuses


@pytest.mark.parametrize(
    ("status", "content_type", "code"), [(404, "audio/mpeg", 11217), (200, "text/html", 12300)]
)
async def test_a_file_that_is_no_audio_is_refused(
    server: WebhookServer, status: int, content_type: str, code: int
) -> None:
    server.on("/a", answer(b"x", status=status, content_type=content_type))
    async with player(server) as (media, _):
        with pytest.raises(Refusal) as caught:
            await media.clip(server.url("/a"))
    assert caught.value.code == code


async def test_a_file_nobody_serves_is_11200(server: WebhookServer) -> None:
    async with player(server) as (media, _):
        with pytest.raises(Refusal) as caught:
            await media.clip("http://127.0.0.1:1/a.mp3")
    assert caught.value.code == 11200


def test_a_wave_file_tells_how_long_it_plays() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 12_000)
    assert seconds_of(file.getvalue(), "audio/wav") == 1.5
    assert seconds_of(b"broken" * 1000, "audio/wav") == 0.75


def test_an_mp3_tells_its_rate_in_its_first_frame() -> None:
    at_128_kbit = b"\xff\xfb\x90\x00" + b"\0" * 31_996
    assert seconds_of(at_128_kbit, "audio/mpeg") == 2.0
    assert seconds_of(b"ID3" + b"\0" * 7_997, "audio/mpeg") == 1.0
