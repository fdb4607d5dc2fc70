"""Set up for me, Put back, and a fallback at Twilio: what would change, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.guard import stored_of, visitor_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.leading import Leading, Plans, Work
    from clientsvia.admin.web.rendering import Pages


@dataclass(frozen=True, slots=True)
class LeadingPage:
    """``/companies/{slug}/configuration/WHAT``: what would change, then what was changed.

    ``what`` is ``setup`` or ``put-back``.
    """

    pages: Pages
    what: str
    work: Work
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """What would change, field by field."""
        self._show(request, response, await self.work(stored_of(request)), done=False)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Change it at Twilio."""
        plans = await self.work(stored_of(request), by=visitor_of(request).by)
        self._show(request, response, plans, done=True)

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        plans: Plans,
        *,
        done: bool,
    ) -> None:
        self.pages.show(request, response, "leading.html", plans=plans, done=done, what=self.what)


@dataclass(frozen=True, slots=True)
class FallbackPage:
    """``/companies/{slug}/configuration/fallback``: makes the flow that answers at Twilio."""

    pages: Pages
    leading: Leading
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Make it, and let every number fall back on it."""
        plans = await self.leading.fall_back(stored_of(request), by=visitor_of(request).by)
        self.pages.show(request, response, "leading.html", plans=plans, done=True, what="fallback")
