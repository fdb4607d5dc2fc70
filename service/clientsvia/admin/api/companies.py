"""``/api/v1/companies``: the list, a new company, and one that is to be removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.company_list import search
from clientsvia.admin.creating import NewCompany
from clientsvia.admin.number_badge import Standing
from clientsvia.admin.removal import remove_company
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies.routing import AccountState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.company_list import CompanyList, Listed
    from clientsvia.admin.creating import Creation
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.directory import Directory
    from clientsvia.companies.ports import Companies
    from clientsvia.companies.profile import CompanyProfile


class CompanyQuery(ApiModel):
    """Which companies: all words of ``q`` stand in the name or slug, or its digits in a number."""

    q: str = Field(default="", max_length=200)
    state: AccountState | None = None
    after: str = Field(default="", max_length=63, description="`next` of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class CompanyBrief(ApiModel):
    """A company in short."""

    slug: str
    name: str
    state: AccountState
    time_zone: str
    numbers: list[str]


class CompanyBadge(ApiModel):
    """How the worst of a company's numbers stands, and what to do where that is amiss."""

    number: str
    standing: Standing
    text: str
    remedy: str


class CompanyListed(CompanyBrief):
    """A company in the list; today is its own day."""

    calls_today: int
    seconds_today: int
    badge: CompanyBadge | None


class CompanyPage(ApiModel):
    """Some companies by name; ``found`` is how many there are in all."""

    items: list[CompanyListed]
    next: str | None
    found: int


class CompanyToMake(ApiModel):
    """A new company; ``number`` in any spelling. Without an account it has the installation's."""

    name: str
    time_zone: str
    region: str = "US"
    number: str = ""
    account_sid: str = ""
    auth_token: str = Field(default="", repr=False)


class Confirmation(ApiModel):
    """The company's name, so that no other is removed by a slip."""

    confirm: str


@dataclass(frozen=True, slots=True)
class CompaniesResource:
    """``/api/v1/companies``."""

    directory: Directory
    listing: CompanyList
    creation: Creation
    clock: Clock
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.ACCOUNT, "POST": Need.OPERATE}

    @spec.validate(
        query=CompanyQuery,
        resp=answers(CompanyPage),
        tags=["companies"],
        operation_id="list_companies",
    )
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """List the companies you may see, by name."""
        query: CompanyQuery = request.context.query
        visitor = visitor_of(request)
        own = [one for one in self.directory.companies() if visitor.sees(one.slug)]
        found = search(own, query.q, query.state or "")
        page = await self.listing.page(
            found, self.clock.now(), after=query.after, limit=query.limit
        )
        items = [_listed(row) for row in page.rows]
        response.media = {"items": items, "next": page.next or None, "found": page.found}

    @spec.validate(
        json=CompanyToMake,
        resp=answers(CompanyBrief, status=201),
        tags=["companies"],
        operation_id="create_company",
    )
    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Make a company in one step; its slug is made of its name."""
        sent: CompanyToMake = request.context.json
        new = NewCompany(**sent.model_dump())
        saved = await self.creation.create(new, by=visitor_of(request).by)
        response.status = falcon.HTTP_201
        response.location = f"/api/v1/companies/{saved.profile.slug}"
        response.media = brief(saved.profile)


@dataclass(frozen=True, slots=True)
class CompanyResource:
    """``/api/v1/companies/{slug}``."""

    companies: Companies
    audit: AuditLog
    clock: Clock
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "DELETE": Need.MANAGE}

    @spec.validate(resp=answers(CompanyBrief), tags=["companies"], operation_id="get_company")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read a company in short; its sections have all that is set."""
        response.media = brief(stored_of(request).profile)

    @spec.validate(
        query=Confirmation,
        resp=answers(status=204),
        tags=["companies"],
        operation_id="remove_company",
    )
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Remove a company with all that is kept of it; it cannot be undone."""
        await remove_company(
            self.companies,
            self.audit,
            stored_of(request),
            request.context.query.confirm,
            by=visitor_of(request).by,
            now=self.clock.now(),
        )
        response.status = falcon.HTTP_204


def brief(profile: CompanyProfile) -> dict[str, Any]:
    """A company in short, as CompanyBrief."""
    return {
        "slug": profile.slug,
        "name": profile.name,
        "state": profile.account.state,
        "time_zone": profile.time_zone,
        "numbers": [entry.number for entry in profile.numbers],
    }


def _listed(row: Listed) -> dict[str, Any]:
    company, badge = row.company, row.badge
    return {
        "slug": company.slug,
        "name": company.name,
        "state": company.account.state,
        "time_zone": company.hours.zone.key,
        "numbers": [*company.numbers, *company.inactive_numbers],
        "calls_today": row.today.calls,
        "seconds_today": row.today.seconds,
        "badge": badge
        and {
            "number": badge.number,
            "standing": badge.standing,
            "text": badge.text,
            "remedy": badge.remedy,
        },
    }
