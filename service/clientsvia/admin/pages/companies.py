"""The list of companies, the way there, and the page that makes a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import available_timezones

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.company_list import search
from clientsvia.admin.creating import NUMBER, SID, TOKEN, NewCompany
from clientsvia.admin.web.forms import Field, Form, Kind, view
from clientsvia.admin.web.guard import visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.companies.routing import AccountState
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.company_list import CompanyList
    from clientsvia.admin.creating import Creation
    from clientsvia.admin.web.forms import FormView
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.directory import Directory
    from clientsvia.companies.ports import Companies

_USUAL = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)


def zones() -> tuple[tuple[str, str], ...]:
    """Every time zone to choose from, those of the United States first."""
    rest = sorted(zone for zone in available_timezones() if "/" in zone and zone not in _USUAL)
    return tuple((zone, zone.replace("_", " ")) for zone in (*_USUAL, *rest))


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
    directory: Directory
    listing: CompanyList
    clock: Clock
    needs: ClassVar = {"GET": Need.ACCOUNT}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The list, as far as it was searched for."""
        visitor = visitor_of(request)
        text = request.get_param("q", default="").strip()
        state = request.get_param("state", default="")
        after = request.get_param("after", default="")
        own = [one for one in self.directory.companies() if visitor.sees(one.slug)]
        page = await self.listing.page(search(own, text, state), self.clock.now(), after=after)
        self.pages.show(
            request,
            response,
            "companies.html",
            page=page,
            any=bool(own),
            text=text,
            state=state,
            states=list(AccountState),
            after=after,
        )


NEW = Form(
    (
        Field("name", "Name", "As callers hear it.", required=True),
        Field(
            "time_zone",
            "Time zone",
            "Its hours and its days are those of this clock.",
            Kind.CHOICE,
            choices=zones(),
        ),
        Field(
            "region",
            "Country",
            "Two letters, such as US: numbers without a country code are read as of there.",
            required=True,
        ),
        Field(
            NUMBER,
            "Number that callers dial",
            "In any spelling, such as (239) 555-1212. It may be added later.",
            Kind.TEL,
        ),
        Field(
            SID,
            "Twilio account SID",
            "Left empty, the number is in the account of this installation.",
            placeholder="AC…",
        ),
        Field(
            TOKEN,
            "Twilio auth token",
            "It is sealed before it is stored, and shown to nobody again.",
            Kind.SECRET,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class NewCompanyPage:
    """``/companies/new``: a company in one step."""

    pages: Pages
    creation: Creation
    needs: ClassVar = {"GET": Need.OPERATE, "POST": Need.OPERATE}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The form."""
        typed = {"time_zone": _USUAL[0], "region": "US"}
        self._show(request, response, view(NEW, typed, ""))

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Make it, and go on to its checklist."""
        sent = await sent_form(request)
        given = {one.name: text_of(sent, one.name) for one in NEW.fields}
        new = NewCompany(
            given["name"],
            given["time_zone"],
            given["region"],
            given[NUMBER],
            given[SID],
            given[TOKEN],
        )
        try:
            saved = await self.creation.create(new, by=visitor_of(request).by)
        except InvalidProfile as refused:
            response.status = falcon.HTTP_422
            self._show(request, response, view(NEW, _shown_again(given), "", refused.problems))
        else:
            raise falcon.HTTPSeeOther(f"/companies/{saved.profile.slug}?said=created")

    def _show(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, form: FormView
    ) -> None:
        self.pages.show(request, response, "new_company.html", form=form)


def _shown_again(given: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in given.items() if name != TOKEN}
