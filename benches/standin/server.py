"""Stands in for OpenAI and ElevenLabs over HTTP: as they stream, as they fail, at their pace."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter, deque
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from aiohttp import web

from benches.standin.behaviour import Behaviour, Rules, lognormal
from benches.standin.dialects import Chat, Dialect, Responses
from benches.standin.faults import ELEVENLABS, OPENAI, Refusal
from benches.standin.speaking import speak
from benches.standin.streaming import Stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from aiohttp.web_protocol import RequestHandler

KEPT = 1000  # requests that are remembered
VOICES = ("JBFqnCBsd6RMkjVDRZzb", "21m00Tcm4TlvDq8ikWAM")
EVER = 3600.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came: the path, its key, the JSON in it, and its headers."""

    path: str
    key: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


class Standin:
    """What the stand-in does and has seen; tests change ``rules`` while it runs."""

    def __init__(self, behaviour: Behaviour | None = None, seed: int = 0) -> None:
        self.rules = Rules(behaviour or Behaviour())
        self.random = Random(seed)  # noqa: S311 - delays, not secrets
        self.seen: deque[Seen] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()
        self.connections = 0
        self.url = ""
        self._cached: dict[str, str] = {}

    @property
    def openai_url(self) -> str:
        """What to set OPENAI_BASE_URL to."""
        return f"{self.url}/v1"

    def forget(self) -> None:
        """Behave as at first, and remember nothing."""
        self.rules.clear()
        self.seen.clear()
        self.counts.clear()

    def application(self) -> web.Application:
        """Every route the stand-in has."""
        app = web.Application(client_max_size=4 << 20)
        app.add_routes(
            [
                web.post("/v1/responses", self.responses),
                web.post("/v1/chat/completions", self.chat),
                web.post("/v1/text-to-speech/{voice}/stream", self.voice),
                web.get("/v1/voices", self.voices),
                web.get("/control", self.told),
                web.post("/control", self.control),
                web.delete("/control", self.reset),
            ]
        )
        return app

    async def responses(self, request: web.Request) -> web.StreamResponse:
        """OpenAI's Responses API."""
        return await self._model(request, Responses)

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """The chat.completions API of OpenAI and many others."""
        return await self._model(request, Chat)

    async def _model(
        self, request: web.Request, dialect: Callable[[Mapping[str, Any]], Dialect]
    ) -> web.StreamResponse:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        body = await self._noted(request, key)
        behaviour = self._behaviour(key, str(body["model"]))
        if behaviour.fault == "refuses_temperature" and "temperature" not in body:
            behaviour = self.rules.chosen(key, "")
        refused = await self._refused(request, behaviour, OPENAI)
        if refused is not None:
            return refused
        if not body.get("stream"):
            return _refusal(OPENAI["bad_request"])
        stream = Stream(request, dialect(body), behaviour, self.random)
        return await stream.send(*self._prompt_tokens(body))

    def _prompt_tokens(self, body: Mapping[str, Any]) -> tuple[int, int]:
        """Tokens of the prompt, and how many of them were in the cache: as at OpenAI, the same
        beginning under the same cache key, from 1,024 tokens on, in steps of 128.
        """
        told = json.dumps(
            [body.get("tools"), body.get("instructions"), body.get("input", body.get("messages"))]
        )
        cache = str(body.get("prompt_cache_key"))
        before = self._cached.get(cache, "")
        self._cached[cache] = told
        same = next((n for n, (a, b) in enumerate(zip(told, before, strict=False)) if a != b), 0)
        same = same or min(len(told), len(before))
        cached = same // 4 // 128 * 128
        return len(told) // 4, cached if cached >= 1024 else 0

    async def voice(self, request: web.Request) -> web.StreamResponse:
        """ElevenLabs' text to speech, streamed."""
        key = request.headers.get("xi-api-key", "")
        body = await self._noted(request, key)
        behaviour = self._behaviour(key, str(body.get("model_id")))
        refused = await self._refused(request, behaviour, ELEVENLABS)
        if refused is not None:
            return refused
        about = {
            "text": str(body["text"]),
            "voice": request.match_info["voice"],
            "model": str(body.get("model_id")),
            "key": hashlib.sha256(key.encode()).hexdigest()[:8],
        }
        wait = lognormal(self.random, behaviour.voice_ms, behaviour.voice_p99_ms)
        return await speak(request, about, behaviour, wait)

    async def voices(self, request: web.Request) -> web.StreamResponse:
        """The voices of an ElevenLabs account."""
        key = request.headers.get("xi-api-key", "")
        self.seen.append(Seen(request.path, key, {}))
        refused = await self._refused(request, self._behaviour(key, ""), ELEVENLABS)
        named = [{"voice_id": voice, "name": f"Stand-in {n}"} for n, voice in enumerate(VOICES)]
        return refused or web.json_response({"voices": named})

    async def _noted(self, request: web.Request, key: str) -> Mapping[str, Any]:
        body: Mapping[str, Any] = await request.json()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append(Seen(request.path, key, body, headers))
        self.counts[request.path] += 1
        return body

    def _behaviour(self, key: str, model: str) -> Behaviour:
        behaviour = self.rules.chosen(key, model)
        if behaviour.fault and self.random.random() >= behaviour.fault_share:
            return Behaviour(**asdict(behaviour) | {"fault": ""})
        return behaviour

    async def _refused(
        self, request: web.Request, behaviour: Behaviour, refusals: Mapping[str, Refusal]
    ) -> web.Response | None:
        """What is answered instead of a stream; None when there is to be one."""
        fault = behaviour.fault
        if fault in refusals:
            return _refusal(refusals[fault])
        if fault == "silent":
            await asyncio.sleep(EVER)
        if fault == "refused_connection" and request.transport is not None:
            request.transport.abort()
        if fault == "redirect":
            return web.Response(status=307, headers={"Location": "/control"})
        return None

    async def told(self, _: web.Request) -> web.Response:
        """``GET /control``: what has been seen."""
        return web.json_response({"connections": self.connections, "requests": dict(self.counts)})

    async def control(self, request: web.Request) -> web.Response:
        """``POST /control``: {"key": …, "model": …, "behaviour": {…}} changes what fits gets."""
        try:
            order = await request.json()
            self.rules.add(order["behaviour"], order.get("key", ""), order.get("model", ""))
        except (ValueError, LookupError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({})

    async def reset(self, _: web.Request) -> web.Response:
        """``DELETE /control``: as at first."""
        self.forget()
        return web.json_response({})


def _refusal(refusal: Refusal) -> web.Response:
    return web.Response(status=refusal.status, body=refusal.body, content_type=refusal.content_type)


@asynccontextmanager
async def serving(standin: Standin, port: int = 0) -> AsyncIterator[None]:
    """Listen on loopback, on ``port`` or a free one, and count who connects."""
    runner = web.AppRunner(
        standin.application(), access_log=None, keepalive_timeout=600, shutdown_timeout=0.1
    )
    await runner.setup()
    accept = runner.server
    assert accept is not None

    def counted() -> RequestHandler:
        standin.connections += 1
        return accept()

    server = await asyncio.get_running_loop().create_server(counted, "127.0.0.1", port)
    standin.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()
