"""The Configuration tab: numbers, the Twilio account, and what is entered at Twilio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.forwarding_codes import forwarding_codes
from clientsvia.admin.number_badge import badges
from clientsvia.admin.number_list import NumberAct, change_number
from clientsvia.admin.off_host import bin_twiml, person
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.webhook_urls import endpoints, instructions
from clientsvia.errors import InvalidInput, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.editing import Editor
    from clientsvia.admin.looking import Looking
    from clientsvia.admin.ports import KeptNumbers
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.notices.sightings import SightingBook

SAID = {
    NumberAct.ADD: "added",
    NumberAct.FIRST: "first",
    NumberAct.OFF: "off",
    NumberAct.ON: "on",
    NumberAct.REMOVE: "removed",
}


@dataclass(frozen=True, slots=True)
class ConfigurationPage:
    """``/companies/{slug}/configuration``."""

    pages: Pages
    looking: Looking
    book: SightingBook
    kept: KeptNumbers
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Numbers and addresses as they are."""
        await self.show(request, response)

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        *,
        typed: str = "",
        refused: str = "",
    ) -> None:
        """The page, with what was typed into the field of a new number and what is wrong there."""
        stored = stored_of(request)
        setup, company = self.looking.at(stored, ask_twilio=False)
        primary = next((one.number for one in stored.profile.numbers if one.active), "")
        kept = await self.kept.all_kept(company.slug)
        self.pages.show(
            request,
            response,
            "configuration.html",
            badges=await badges(self.book, company, self.looking.clock.now(), signed=setup.signed),
            primary=primary,
            endpoints=endpoints(setup.origin),
            wordings=instructions(setup.origin, primary),
            fallback={"twiml": bin_twiml(company), "rings": person(company)},
            codes=forwarding_codes(primary) if primary else (),
            kept={one.number for one in kept},
            account=next(iter(setup.accounts(company)), None),
            removed=request.get_param("number", default=""),
            first=request.get_param("first", default=""),
            typed=typed,
            refused=refused,
            manages=visitor_of(request).may(Need.MANAGE, company.slug),
            edits=visitor_of(request).may(Need.EDIT, company.slug),
        )


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """``/companies/{slug}/configuration/numbers``: does one thing with one number."""

    page: ConfigurationPage
    editor: Editor
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Change it, and show the list; a removal can be undone there."""
        sent = await sent_form(request)
        typed, stored, by = text_of(sent, "number"), stored_of(request), visitor_of(request).by
        act = _act(text_of(sent, "act"))
        try:
            saved = await change_number(self.editor, stored, act, typed, by=by)
            if act is NumberAct.ADD and text_of(sent, "first"):
                await change_number(self.editor, saved, NumberAct.FIRST, typed, by=by)
        except InvalidProfile as error:
            response.status = falcon.HTTP_422
            refused = "; ".join(one.text for one in error.problems)
            await self.page.show(request, response, typed=typed, refused=refused)
            return
        where = f"/companies/{slug}/configuration?said={SAID[act]}"
        if act is NumberAct.REMOVE:
            first = "1" if stored.profile.numbers[0].number == typed else ""
            where += "&" + falcon.to_query_str({"number": typed, "first": first}, prefix=False)
        raise falcon.HTTPSeeOther(f"{where}#numbers")


def _act(text: str) -> NumberAct:
    try:
        return NumberAct(text)
    except ValueError:
        raise InvalidInput(
            f"{text[:40]!r} cannot be done with a number: {', '.join(NumberAct)} can"
        ) from None
