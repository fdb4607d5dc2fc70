"""A model's answer sent token by token, with what goes wrong in mid-stream."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from benches.standin.answers import PERSONALITIES
from benches.standin.behaviour import lognormal
from benches.standin.dialects import Tokens

if TYPE_CHECKING:
    from random import Random

    from benches.standin.answers import Said
    from benches.standin.behaviour import Behaviour
    from benches.standin.dialects import Dialect

EVER = 3600.0
PING_SECONDS = 0.02
_FAILURES = {
    "failed": ("server_error", "The model had an error."),
    "failed_limit": ("rate_limit_exceeded", "Rate limit reached in the middle."),
    "error_event": ("error_event", "Something went wrong."),
}


class Stream:
    """One request's stream."""

    def __init__(
        self, request: web.Request, dialect: Dialect, behaviour: Behaviour, random: Random
    ) -> None:
        self._request = request
        self._dialect = dialect
        self._behaviour = behaviour
        self._wait = lognormal(random, behaviour.first_token_ms, behaviour.first_token_p99_ms)
        self._response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        self._sent = 0

    async def send(self, prompt: int, cached: int) -> web.StreamResponse:
        """The whole stream, or as much of it as the fault lets through."""
        try:
            await self._response.prepare(self._request)
            if await self._tokens():
                tokens = Tokens(prompt, cached, self._sent)
                for chunk in self._dialect.ending(tokens, self._reason()):
                    await self._response.write(chunk)
            await self._response.write_eof()
        except ConnectionError:
            pass  # the client has heard enough, or the fault was to hang up
        return self._response

    def _said(self) -> Said:
        said = PERSONALITIES[self._behaviour.personality](self._dialect.asked())
        if self._behaviour.fault == "bad_arguments":
            calls = tuple(replace(call, arguments='{"target": ') for call in said.calls)
            return replace(said, calls=calls)
        if self._behaviour.fault == "wordless":
            return replace(said, text="", calls=())
        return said

    def _reason(self) -> str:
        fault = self._behaviour.fault
        return {"incomplete": "length", "wordless": "length", "filtered": "filter"}.get(fault, "")

    async def _tokens(self) -> bool:
        """Send what is said; False when the stream is to end where it is."""
        said, fault = self._said(), self._behaviour.fault
        for chunk in self._dialect.opening():
            await self._response.write(chunk)
        if fault in {"no_token", "pings"}:
            await self._nothing(pings=fault == "pings")
        begun = asyncio.get_running_loop().time() + self._wait
        for piece in said.pieces:
            if fault and self._sent >= self._behaviour.after_tokens:
                if fault in {"incomplete", "filtered"}:
                    return True
                if await self._broken(fault):
                    return False
            await self._due(begun)
            await self._response.write(self._dialect.token(piece))
            self._sent += 1
        for index, call in enumerate(said.calls):
            for chunk in self._dialect.call(index, call):
                await self._due(begun)
                await self._response.write(chunk)
                self._sent += 1
        return True

    async def _due(self, begun: float) -> None:
        """Wait until the next token is due: by the clock, so that no delay adds up."""
        rate = self._behaviour.tokens_per_second
        due = begun + (self._sent / rate if rate else 0.0)
        wait = due - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)

    async def _nothing(self, *, pings: bool) -> None:
        while pings:
            await self._response.write(b": ping\n\n")
            await asyncio.sleep(PING_SECONDS)
        await asyncio.sleep(EVER)

    async def _broken(self, fault: str) -> bool:
        """Do what goes wrong here; whether the stream ends with it."""
        if fault == "stall":
            await asyncio.sleep(EVER)
        if fault == "cut" and self._request.transport is not None:
            self._request.transport.abort()
            raise ConnectionResetError
        if fault == "malformed":
            await self._response.write(b'data: {"type": "response.output_te\n\n')
            return False
        if fault == "odd":
            await self._response.write(self._dialect.odd())
            return False
        if fault in _FAILURES:
            await self._response.write(self._dialect.failure(*_FAILURES[fault]))
            return True
        return fault == "unfinished"
