"""The Privacy tab: how long calls are kept, and all that is kept of one caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
import orjson

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.callers_card import card
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.small_form import small_form
from clientsvia.companies.known_callers import number_of
from clientsvia.companies.problems import Problem
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.caller_data import CallerData
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.companies.ports import StoredProfile

CALLER = Form((Field("number", "Caller's number", "Written in any way.", Kind.TEL, required=True),))


class PrivacyPage(FormPage):
    """``/companies/{slug}/privacy``."""

    form: ClassVar = Form(
        (
            Field(
                "privacy.retention_days",
                "Days for which calls are kept",
                "Transcripts, messages that are done, notices, clips and the recordings at Twilio "
                "are deleted after that; 0 keeps them for ever.",
                Kind.NUMBER,
                required=True,
            ),
        )
    )
    template: ClassVar = "privacy.html"
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.MANAGE}

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """The form in which a caller is looked up, and who may do what."""
        manages = visitor_of(request).may(Need.MANAGE, stored.profile.slug)
        return {"caller": small_form(CALLER), "manages": manages}


@dataclass(frozen=True, slots=True)
class CallerPage:
    """``/companies/{slug}/privacy/caller``: a caller's card; the number stands in no address."""

    pages: Pages
    callers: CallerData
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The form in which a number is typed."""
        self._show(request, response, {})

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The card of the number that was typed."""
        sent = {"number": text_of(await sent_form(request), "number")}
        await self.show_card(request, response, sent)

    async def show_card(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, str],
        refused: str = "",
    ) -> None:
        """The card, with why it was not erased where that was refused."""
        profile, callers = stored_of(request).profile, self.callers
        try:
            number = number_of(profile, sent["number"])
        except InvalidInput as unusable:
            response.status = falcon.HTTP_422
            self._show(request, response, sent, [Problem("", "number", str(unusable))])
            return
        if refused:
            response.status = falcon.HTTP_422
        found = await card(profile, number, callers.call_log, callers.messages)
        self._show(request, response, sent, card=found, refused=refused)

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, str],
        problems: list[Problem] | None = None,
        **values: Any,  # noqa: ANN401 - whatever the template shows
    ) -> None:
        slug = stored_of(request).profile.slug
        given = {"card": None, "refused": "", "erased": None} | values
        given["caller"] = small_form(CALLER, sent, problems or [])
        given["manages"] = visitor_of(request).may(Need.MANAGE, slug)
        self.pages.show(request, response, "caller.html", **given)


class CallerExport(CallerPage):
    """``/companies/{slug}/privacy/caller/export``: all that is kept of a caller, as a file."""

    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The file, in JSON."""
        sent = {"number": text_of(await sent_form(request), "number")}
        try:
            data = await self.callers.export(slug, sent["number"], by=visitor_of(request).by)
        except InvalidInput:
            await self.show_card(request, response, sent)
            return
        response.content_type = falcon.MEDIA_JSON
        response.downloadable_as = f"{slug}-caller.json"
        response.set_header("Cache-Control", "no-store")
        response.data = orjson.dumps(data, option=orjson.OPT_INDENT_2)


class CallerErasure(CallerPage):
    """``/companies/{slug}/privacy/caller/erase``: confirmed by the number."""

    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Erase all of it, or say why not."""
        form = await sent_form(request)
        sent = {"number": text_of(form, "number")}
        try:
            erased = await self.callers.erase_confirmed(
                slug, sent["number"], text_of(form, "confirm"), by=visitor_of(request).by
            )
        except InvalidInput as refused:
            await self.show_card(request, response, sent, str(refused))
            return
        self._show(request, response, {}, erased=erased)
