"""The least an ASGI application can do: read the body, answer a document of the same size."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

VARIABLE = "HELLO_BYTES"
BODY = b"x" * int(os.environ.get(VARIABLE, "800"))
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/xml; charset=utf-8"),
        (b"content-length", str(len(BODY)).encode()),
    ],
}


async def app(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Answer any request with the same bytes."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body", False):
        pass
    await send(START)
    await send({"type": "http.response.body", "body": BODY, "more_body": False})
