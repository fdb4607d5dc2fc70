"""The list of companies, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.guard import visitor_of

if TYPE_CHECKING:
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.companies.ports import Companies


@dataclass(frozen=True, slots=True)
class Start:
    """``/``: the one company of who has one, else the list."""

    companies: Companies
    needs: ClassVar = {"GET": Need.ACCOUNT}

    async def on_get(self, request: falcon.asgi.Request, _response: falcon.asgi.Response) -> None:
        """Go on to where people work."""
        visitor = visitor_of(request)
        only = next(iter(visitor.roles)) if len(visitor.roles) == 1 and not visitor.admin else ""
        raise falcon.HTTPSeeOther(f"/companies/{only}" if only else "/companies")


@dataclass(frozen=True, slots=True)
class CompaniesPage:
    """``/companies``: those the visitor may see."""

    pages: Pages
    companies: Companies
    needs: ClassVar = {"GET": Need.ACCOUNT}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The list."""
        visitor = visitor_of(request)
        every = [one for one in await self.companies.all() if visitor.sees(one.profile.slug)]
        self.pages.show(request, response, "companies.html", companies=every)
