"""The service with a planted millisecond of sleep in each request: for the self-test."""

from __future__ import annotations

import time
from typing import Any

from clientsvia.asgi import app as answering

SECONDS = 0.001


async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's
    """Sleep as a blocking call would do, then answer as ever."""
    if scope["type"] == "http":
        time.sleep(SECONDS)  # noqa: ASYNC251 - the point of it
    await answering(scope, receive, send)
