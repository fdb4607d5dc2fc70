"""Routes that lead from nothing to a company whose calls come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.company_list import CompanyList
from clientsvia.admin.creating import Creation
from clientsvia.admin.diagnosis import Setup
from clientsvia.admin.looking import Looking
from clientsvia.admin.overview import Overviews
from clientsvia.admin.pages.companies import CompaniesPage, NewCompanyPage, Start
from clientsvia.admin.pages.configuration import ConfigurationPage, NumbersPage
from clientsvia.admin.pages.overview import LivePage, OverviewPage, StatePage
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services, settings = routes.pages, routes.services, routes.settings
    companies, stores, clock = services.companies, services.stores, services.clock
    service = Setup(
        settings.origin,
        settings.demo,
        settings.checks_signatures,
        services.platform_account,
        operator=settings.operator_email,
    )
    looking = Looking(service, clock)
    listing = CompanyList(services.call_log, stores.sightings, settings.checks_signatures)
    routes.add("/", Start(companies))
    routes.add("/companies", CompaniesPage(pages, services.directory, listing, clock))
    creation = Creation(companies, checked=not settings.demo)
    routes.add("/companies/new", NewCompanyPage(pages, creation))
    overviews = Overviews(
        looking, stores.outbox, services.twilio_accounts, services.call_log, stores.messages
    )
    overview = OverviewPage(pages, overviews)
    routes.add(COMPANY, overview)
    routes.add(f"{COMPANY}/live", LivePage(overview, companies))
    routes.add(f"{COMPANY}/state", StatePage(overview, companies, checked=not settings.demo))
    configuration = ConfigurationPage(pages, looking, stores.sightings, stores.kept_numbers)
    routes.add(f"{COMPANY}/configuration", configuration)
    routes.add(f"{COMPANY}/configuration/numbers", NumbersPage(configuration, routes.editor))
