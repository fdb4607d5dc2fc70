"""Keeps the demo, which accepts unsigned requests, from being reached through a tunnel."""

from __future__ import annotations

import re

import falcon
import falcon.asgi

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
PORT = re.compile(r":\d{1,5}$")
FORWARDING = (
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Via",
    "CF-Connecting-IP",
)


class DemoGuard:
    """Middleware that refuses what did not come from this machine directly."""

    async def process_request(
        self, request: falcon.asgi.Request, _response: falcon.asgi.Response
    ) -> None:
        """Raise 403 for a foreign Host or any forwarding header."""
        forwarded = next((name for name in FORWARDING if request.get_header(name)), None)
        host = request.get_header("Host") or ""
        if forwarded is None and PORT.sub("", host) in LOOPBACK:
            return
        sign = forwarded or f"Host: {host[:100]}"
        raise falcon.HTTPForbidden(
            title="This is the demo",
            description=(
                f"it accepts unsigned requests, so it answers this machine alone ({sign} came from "
                "elsewhere). To take real calls unset CLIENTSVIA_DEMO and set "
                "CLIENTSVIA_PUBLIC_ORIGIN."
            ),
        )
