"""A clip sent as ElevenLabs streams it, with what goes wrong on the way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from benches.standin.audio import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benches.standin.behaviour import Behaviour

CHUNK = 1024
EVER = 3600.0


async def speak(
    request: web.Request, about: Mapping[str, str], behaviour: Behaviour, wait: float
) -> web.StreamResponse:
    """The clip, ``wait`` seconds from now, or as much of it as the fault lets through."""
    fault = behaviour.fault
    if fault == "not_sound":
        return web.Response(text="<html>Sign in</html>", content_type="text/html")
    response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
    try:
        await asyncio.sleep(wait)
        await response.prepare(request)
        if fault == "no_token":
            await asyncio.sleep(EVER)
        sound = b"" if fault == "empty" else clip(about)
        for number, at in enumerate(range(0, len(sound), CHUNK)):
            if number >= behaviour.after_tokens and fault in {"stall", "cut"}:
                await _broken(request, fault)
            await response.write(sound[at : at + CHUNK])
        await response.write_eof()
    except ConnectionError:
        pass  # the client has heard enough, or the fault was to hang up
    return response


async def _broken(request: web.Request, fault: str) -> None:
    if fault == "stall":
        await asyncio.sleep(EVER)
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError
