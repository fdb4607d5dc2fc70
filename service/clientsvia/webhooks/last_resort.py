"""The outermost layer: whatever a server hands over and whatever breaks, a caller gets TwiML."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.transports.twiml import TwimlTransport
from clientsvia.webhooks.exchange import APOLOGY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Mapping[str, Any]]]
    Send = Callable[[Scope], Awaitable[None]]
    AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger(__name__)

HEADERS = [
    (b"content-type", TwimlTransport.content_type.encode()),
    (b"content-length", str(len(APOLOGY)).encode()),
]
KNOWN_VERSIONS = frozenset({"1.0", "1.1", "2", "3"})


class LastResort:
    """Wraps the application: catches what its own error handlers never see."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope.get("http_version") not in KNOWN_VERSIONS:
            # Granian calls HTTP/1.0, which many proxies speak, "1"; Falcon refuses that.
            scope = {**scope, "http_version": "1.0"}
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            log.error("a request broke", path=scope.get("path"), exc_info=error)  # noqa: TRY400 - the formatter writes it
            with suppress(Exception):  # the answer may have begun, or the client be gone
                await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
                await send({"type": "http.response.body", "body": APOLOGY})
