"""Removing a company, confirmed by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.removal import FIELD, remove_company
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import Companies


@dataclass(frozen=True, slots=True)
class RemovePage:
    """``/companies/{slug}/remove``."""

    pages: Pages
    companies: Companies
    audit: AuditLog
    clock: Clock
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """What goes with it, and the field for its name."""
        self.pages.show(request, response, "remove.html", typed="", refused="")

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Remove it, and go to the list."""
        typed = text_of(await sent_form(request), FIELD)
        try:
            await remove_company(
                self.companies,
                self.audit,
                stored_of(request),
                typed,
                by=visitor_of(request).by,
                now=self.clock.now(),
            )
        except InvalidProfile as error:
            response.status = falcon.HTTP_422
            refused = error.problems[0].text
            self.pages.show(request, response, "remove.html", typed=typed, refused=refused)
        else:
            raise falcon.HTTPSeeOther("/companies?said=gone")
