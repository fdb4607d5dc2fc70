"""Routes of companies: the list, a new one, one at a glance, how it stands, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.companies import CompaniesResource, CompanyResource
from clientsvia.admin.api.overview import OverviewRoute
from clientsvia.admin.api.standing import ChecklistResource, LiveResource, StateResource
from clientsvia.admin.api.transfer import ExportResource, ImportResource
from clientsvia.admin.company_list import CompanyList
from clientsvia.admin.creating import Creation
from clientsvia.admin.looking import Looking
from clientsvia.admin.overview import Overviews
from clientsvia.admin.pages.companies import CompaniesPage, NewCompanyPage, Start
from clientsvia.admin.pages.overview import LivePage, OverviewPage, StatePage
from clientsvia.admin.pages.removing import RemovePage
from clientsvia.admin.transfer import Transfer
from clientsvia.admin_app.routes import API, COMPANY
from clientsvia.wiring import setup_of

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them; pages and programs share what makes companies, so that one waits for the other."""
    services, settings = routes.services, routes.settings
    companies, stores, clock = services.companies, services.stores, services.clock
    checked = not settings.demo
    listing = CompanyList(services.call_log, stores.sightings, settings.checks_signatures)
    creation = Creation(companies, checked=checked)
    routes.add("/", Start(companies))
    routes.add("/companies", CompaniesPage(routes.pages, services.directory, listing, clock))
    routes.add("/companies/new", NewCompanyPage(routes.pages, creation))
    routes.add("/api/v1/companies", CompaniesResource(services.directory, listing, creation, clock))
    overviews = Overviews(
        Looking(setup_of(settings, services), clock),
        stores.outbox,
        services.twilio_accounts,
        services.call_log,
        stores.messages,
    )
    _pages(routes, overviews, checked=checked)
    _api(routes, overviews, checked=checked)


def _pages(routes: Routes, overviews: Overviews, *, checked: bool) -> None:
    services, overview = routes.services, OverviewPage(routes.pages, overviews)
    companies, audit = services.companies, services.stores.audit
    routes.add(COMPANY, overview)
    routes.add(f"{COMPANY}/live", LivePage(overview, companies))
    routes.add(f"{COMPANY}/state", StatePage(overview, companies, checked=checked))
    routes.add(f"{COMPANY}/remove", RemovePage(routes.pages, companies, audit, services.clock))


def _api(routes: Routes, overviews: Overviews, *, checked: bool) -> None:
    services = routes.services
    companies, tags = services.companies, services.tags
    routes.add(API, CompanyResource(companies, services.stores.audit, services.clock))
    routes.add(f"{API}/overview", OverviewRoute(overviews))
    routes.add(f"{API}/checklist", ChecklistResource(overviews))
    routes.add(f"{API}/live", LiveResource(overviews, companies))
    routes.add(f"{API}/state", StateResource(companies, checked))
    routes.add(f"{API}/export", ExportResource(tags))
    routes.add(f"{API}/import", ImportResource(Transfer(companies, tags, checked), tags))
