"""The Overview tab: what keeps a company from going live, how it stands, and how its day goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.account_states import in_state, live_as
from clientsvia.admin.going_live import WHEN_DOWN, without_fallback
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.going_live import Item
    from clientsvia.admin.overview import Overviews
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.companies.ports import Companies

WAIVED = "without_fallback"

PLACES = {
    "number": ("configuration#numbers", "Add its number"),
    "Twilio account": ("configuration#twilio", "Name its Twilio account"),
    "greeting": ("agent", "Say it in the greeting or the disclosure"),
    "hours": ("hours", "Write its hours"),
    "people": ("hours", "Name somebody to ring"),
    "owner's e-mail": ("hours", "Name an address, and send it a test"),
}
"""Where each line of the checklist is mended, by its name; the others say it themselves."""


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """``/companies/{slug}``."""

    pages: Pages
    overviews: Overviews
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The company at a glance."""
        await self.show(request, response)

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        *,
        items: Sequence[Item] = (),
        refused: str = "",
    ) -> None:
        """The page, with a checklist that was made already, or with what was refused."""
        seen = await self.overviews.of(stored_of(request))
        visitor = visitor_of(request)
        self.pages.show(
            request,
            response,
            "overview.html",
            seen=seen,
            items=items or seen.items,
            asked=bool(items),
            places=PLACES,
            when_down=WHEN_DOWN,
            refused=refused,
            manages=visitor.may(Need.MANAGE, stored_of(request).profile.slug),
        )


@dataclass(frozen=True, slots=True)
class LivePage:
    """``/companies/{slug}/live``: goes through the whole checklist, and lets a company go live."""

    page: OverviewPage
    companies: Companies
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Live from the next call on, or what is to be mended first."""
        stored = stored_of(request)
        items = await self.page.overviews.items(stored, ask_twilio=True)
        if WAIVED in await sent_form(request):
            items = without_fallback(items)
        if any(item.stops for item in items):
            response.status = falcon.HTTP_422
            refused = "It is not live yet: what is marked in the checklist is to be mended first."
            await self.page.show(request, response, items=items, refused=refused)
            return
        if stored.profile.account.state == "setup":
            await self.companies.change(slug, live_as(stored), by=visitor_of(request).by)
        raise falcon.HTTPSeeOther(f"/companies/{slug}?said=live")


@dataclass(frozen=True, slots=True)
class StatePage:
    """``/companies/{slug}/state``: suspends a company, forwards its calls, or resumes."""

    page: OverviewPage
    companies: Companies
    checked: bool
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Change how it stands, from the next call on."""
        sent = await sent_form(request)
        state = text_of(sent, "state")
        account = {"state": state}
        if state == "forwarding":
            account["target"] = text_of(sent, "target")
        elif state == "suspended":
            account["sentence"] = text_of(sent, "sentence")
        try:
            await self.companies.change(
                slug, in_state(account, checked=self.checked), by=visitor_of(request).by
            )
        except InvalidInput as error:
            response.status = falcon.HTTP_422
            await self.page.show(request, response, refused=str(error))
        else:
            raise falcon.HTTPSeeOther(f"/companies/{slug}?said={state}")
