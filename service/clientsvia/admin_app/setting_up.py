"""Routes that lead from nothing to a company whose calls come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.company_check import CompanyCheck
from clientsvia.admin.company_list import CompanyList
from clientsvia.admin.creating import Creation
from clientsvia.admin.leading import Leading
from clientsvia.admin.looking import Looking
from clientsvia.admin.overview import Overviews
from clientsvia.admin.pages.checking import CheckPage, TestPage
from clientsvia.admin.pages.companies import CompaniesPage, NewCompanyPage, Start
from clientsvia.admin.pages.configuration import ConfigurationPage, NumbersPage
from clientsvia.admin.pages.configuration_forms import BasicsPage, TwilioPage
from clientsvia.admin.pages.leading import FallbackPage, LeadingPage
from clientsvia.admin.pages.overview import LivePage, OverviewPage, StatePage
from clientsvia.admin.pages.removing import RemovePage
from clientsvia.admin_app.routes import COMPANY
from clientsvia.wiring import setup_of, sources_of

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes

CONFIGURATION = f"{COMPANY}/configuration"


def add(routes: Routes) -> None:
    """Add them."""
    looking = Looking(setup_of(routes.settings, routes.services), routes.services.clock)
    _companies(routes, looking)
    _configuration(routes, looking)


def _companies(routes: Routes, looking: Looking) -> None:
    """The list, a new one, one at a glance, and its end."""
    pages, services, settings = routes.pages, routes.services, routes.settings
    companies, stores, clock = services.companies, services.stores, services.clock
    checked = not settings.demo
    listing = CompanyList(services.call_log, stores.sightings, settings.checks_signatures)
    overviews = Overviews(
        looking, stores.outbox, services.twilio_accounts, services.call_log, stores.messages
    )
    overview = OverviewPage(pages, overviews)
    routes.add("/", Start(companies))
    routes.add("/companies", CompaniesPage(pages, services.directory, listing, clock))
    routes.add("/companies/new", NewCompanyPage(pages, Creation(companies, checked=checked)))
    routes.add(COMPANY, overview)
    routes.add(f"{COMPANY}/live", LivePage(overview, companies))
    routes.add(f"{COMPANY}/state", StatePage(overview, companies, checked=checked))
    routes.add(f"{COMPANY}/remove", RemovePage(pages, companies, stores.audit, clock))


def _configuration(routes: Routes, looking: Looking) -> None:
    """Its numbers, its account, and what is set at Twilio."""
    pages, services, editor = routes.pages, routes.services, routes.editor
    stores = services.stores
    leading = Leading(looking, services.twilio_accounts, stores.kept_numbers, stores.audit)
    check = CompanyCheck(looking, sources_of(services))
    configuration = ConfigurationPage(pages, looking, stores.sightings, stores.kept_numbers)
    routes.add(CONFIGURATION, configuration)
    routes.add(f"{CONFIGURATION}/numbers", NumbersPage(configuration, editor))
    routes.add(f"{CONFIGURATION}/basics", BasicsPage(pages, editor))
    routes.add(f"{CONFIGURATION}/twilio", TwilioPage(pages, editor))
    routes.add(f"{CONFIGURATION}/setup", LeadingPage(pages, "setup", leading.lead_here))
    routes.add(f"{CONFIGURATION}/put-back", LeadingPage(pages, "put-back", leading.put_back))
    routes.add(f"{CONFIGURATION}/fallback", FallbackPage(pages, leading))
    routes.add(f"{CONFIGURATION}/check", CheckPage(pages, check, stores.sightings))
    routes.add(f"{CONFIGURATION}/test", TestPage(pages, looking))
