"""Check, and Send a test webhook: what is found, with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.diagnosis import Trouble
from clientsvia.admin.number_badge import badges
from clientsvia.admin.web.guard import stored_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.webhook_test import send_test
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.company_check import CompanyCheck
    from clientsvia.admin.diagnosis import Check
    from clientsvia.admin.looking import Looking
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.notices.sightings import SightingBook


@dataclass(frozen=True, slots=True)
class CheckPage:
    """``/companies/{slug}/configuration/check``: the doctor's findings on this company."""

    pages: Pages
    check: CompanyCheck
    book: SightingBook
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """How its numbers stand; the rest is looked at when somebody asks for it."""
        await self._show(request, response, None)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Look at everything, which asks Twilio and the providers."""
        await self._show(request, response, await self.check.of(stored_of(request)))

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        found: Sequence[Check] | None,
    ) -> None:
        looking = self.check.looking
        setup, company = looking.at(stored_of(request))
        self.pages.show(
            request,
            response,
            "check.html",
            found=found,
            troubles=list(Trouble),
            badges=await badges(self.book, company, looking.clock.now(), signed=setup.signed),
        )


@dataclass(frozen=True, slots=True)
class TestPage:
    """``/companies/{slug}/configuration/test``: a call's first request, to our own address."""

    pages: Pages
    looking: Looking
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.EDIT}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Send it, and show what a caller would hear."""
        number = text_of(await sent_form(request), "number")
        setup, company = self.looking.at(stored_of(request))
        verdict, refused = None, ""
        try:
            verdict = await send_test(setup, company, number)
        except InvalidInput as error:
            response.status = falcon.HTTP_422
            refused = str(error)
        self.pages.show(
            request, response, "webhook_test.html", verdict=verdict, refused=refused, number=number
        )
