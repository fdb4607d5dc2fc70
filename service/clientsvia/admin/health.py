"""``GET /health/live`` and ``/health/ready``: for whoever runs the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.errors import StoreUnavailable

if TYPE_CHECKING:
    from clientsvia.admin.ports import Shared
    from clientsvia.calls.commits import Commits
    from clientsvia.companies.directory import Directory
    from clientsvia.companies.ports import Companies


@dataclass(frozen=True, slots=True)
class Live:
    """The process answers."""

    async def on_get(self, _request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """200 while the event loop turns."""
        response.content_type = falcon.MEDIA_JSON
        response.media = {"status": "live"}


@dataclass(frozen=True, slots=True)
class Ready:
    """Calls can be answered: companies are loaded, and the store answers."""

    directory: Directory
    companies: Companies
    commits: Commits
    shared: Shared | None = None

    async def on_get(self, _request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """200 when ready; 503 until companies are loaded.

        A store or a Redis that fails is told but keeps the service ready: calls go on without it.
        """
        loaded = self.directory.loaded
        response.status = falcon.HTTP_200 if loaded else falcon.HTTP_503
        response.content_type = falcon.MEDIA_JSON
        response.media = {
            "status": "ready" if loaded else "loading companies",
            "companies": len(self.directory),
            "store": await self._store(),
            "steps_not_stored": len(self.commits),
        }
        if self.shared is not None:
            response.media["redis"] = await _redis(self.shared)

    async def _store(self) -> str:
        try:
            await self.companies.get("")
        except Exception as error:  # noqa: BLE001 - any failure of any store is the answer here
            return f"failing: {type(error).__name__}"
        return "ok"


async def _redis(shared: Shared) -> str:
    try:
        await shared.ping()
    except StoreUnavailable as error:
        return f"failing: {error}"
    return "ok"
