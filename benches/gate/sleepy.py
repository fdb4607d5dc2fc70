"""``clientsvia serve`` with a planted millisecond of sleep in each request: for the self-test.

Workers import this module again, as their main one, and so plant it as well.
"""

from __future__ import annotations

import time
from typing import Any

import falcon.asgi

from benches.gate.planted import SLEEP, planted
from clientsvia.__main__ import main

SECONDS = 0.001


def plant() -> None:
    """Make every application sleep before it answers."""
    answer = falcon.asgi.App.__call__

    async def sleepy(self: falcon.asgi.App[Any, Any], scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's
        if scope["type"] == "http":
            time.sleep(SECONDS)  # noqa: ASYNC251 - what a blocking call would do
        await answer(self, scope, receive, send)

    falcon.asgi.App.__call__ = sleepy  # type: ignore[method-assign] # planted on purpose


if planted() == SLEEP:
    plant()

if __name__ == "__main__":
    main()
