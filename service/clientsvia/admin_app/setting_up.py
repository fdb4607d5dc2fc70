"""Routes that lead a company's calls here: its numbers, its account, and what is set at Twilio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.setting_up import (
    CheckRoute,
    ForwardingCodesRoute,
    OffHostRoute,
    StandingRoute,
    TestRoute,
    WebhookUrlsRoute,
    leading_route,
)
from clientsvia.admin.company_check import CompanyCheck
from clientsvia.admin.leading import Leading
from clientsvia.admin.looking import Looking
from clientsvia.admin.pages.checking import CheckPage, TestPage
from clientsvia.admin.pages.configuration import ConfigurationPage, NumbersPage
from clientsvia.admin.pages.configuration_forms import BasicsPage, TwilioPage
from clientsvia.admin.pages.leading import FallbackPage, LeadingPage
from clientsvia.admin_app.routes import API, COMPANY
from clientsvia.wiring import setup_of, sources_of

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes

CONFIGURATION = f"{COMPANY}/configuration"


def add(routes: Routes) -> None:
    """Add them."""
    looking = Looking(setup_of(routes.settings, routes.services), routes.services.clock)
    stores = routes.services.stores
    leading = Leading(looking, routes.services.twilio_accounts, stores.kept_numbers, stores.audit)
    check = CompanyCheck(looking, sources_of(routes.services))
    _configuration(routes, leading, check)
    _api(routes, leading, check)


def _configuration(routes: Routes, leading: Leading, check: CompanyCheck) -> None:
    """The Configuration tab, and what its buttons lead to."""
    pages, editor, looking = routes.pages, routes.editor, leading.looking
    book = routes.services.stores.sightings
    configuration = ConfigurationPage(pages, looking, book, leading.kept)
    routes.add(CONFIGURATION, configuration)
    routes.add(f"{CONFIGURATION}/numbers", NumbersPage(configuration, editor))
    routes.add(f"{CONFIGURATION}/basics", BasicsPage(pages, editor))
    routes.add(f"{CONFIGURATION}/twilio", TwilioPage(pages, editor))
    routes.add(f"{CONFIGURATION}/setup", LeadingPage(pages, "setup", leading.lead_here))
    routes.add(f"{CONFIGURATION}/put-back", LeadingPage(pages, "put-back", leading.put_back))
    routes.add(f"{CONFIGURATION}/fallback", FallbackPage(pages, leading))
    routes.add(f"{CONFIGURATION}/check", CheckPage(pages, check, book))
    routes.add(f"{CONFIGURATION}/test", TestPage(pages, looking))


def _api(routes: Routes, leading: Leading, check: CompanyCheck) -> None:
    """The same for programs."""
    looking = leading.looking
    routes.add(f"{API}/webhook-urls", WebhookUrlsRoute(looking))
    routes.add(f"{API}/number-standing", StandingRoute(looking, routes.services.stores.sightings))
    setup = leading_route(
        "set_up_numbers",
        "Lead every number in service here at Twilio; what was there is kept.",
        "Tell what leading every number here would change at Twilio.",
        leading.lead_here,
    )
    back = leading_route(
        "put_back_numbers",
        "Set numbers at Twilio to what they were before they were led here.",
        "Tell what putting numbers back would change at Twilio.",
        leading.put_back,
    )
    routes.add(f"{API}/number-setup", setup)
    routes.add(f"{API}/number-put-back", back)
    routes.add(f"{API}/fallback", OffHostRoute(leading))
    routes.add(f"{API}/check", CheckRoute(check))
    routes.add(f"{API}/webhook-test", TestRoute(looking))
    routes.add(f"{API}/forwarding-codes", ForwardingCodesRoute(looking))
