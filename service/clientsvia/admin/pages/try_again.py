"""A call of the log played again with today's settings, beside what happened then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.talk import happened
from clientsvia.admin.web.guard import NOT_FOUND, stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.admin.trials import Trials
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import LoggedCall


@dataclass(frozen=True, slots=True)
class TryAgainPage:
    """``/companies/{slug}/calls/{sid}/try-again``; a model that is asked costs, so it is sent."""

    pages: Pages
    trials: Trials
    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Which call, and when it is to come in."""
        self._show(request, response, await self._call(request, sid))

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Then and now, event by event."""
        call, at = await self._call(request, sid), text_of(await sent_form(request), "at")
        try:
            again = await self.trials.again(stored_of(request), call, at)
        except InvalidInput as refused:
            response.status = falcon.HTTP_422
            self._show(request, response, call, at=at, error=str(refused))
            return
        rows = [(happened(pair.event), pair) for pair in again.pairs]
        self._show(request, response, call, at=at, again=again, rows=rows)

    async def _call(self, request: falcon.asgi.Request, sid: str) -> LoggedCall:
        try:
            return await self.trials.call(stored_of(request), sid)
        except InvalidInput:
            raise falcon.HTTPNotFound(description=NOT_FOUND) from None

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        call: LoggedCall,
        **values: Any,  # noqa: ANN401 - whatever the template shows
    ) -> None:
        may_try = visitor_of(request).may(Need.EDIT, stored_of(request).profile.slug)
        empty = {"call": call, "at": "", "error": "", "again": None, "rows": (), "may_try": may_try}
        self.pages.show(request, response, "try_again.html", **empty | values)
