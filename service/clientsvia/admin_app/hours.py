"""Routes of hours and routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.hours import ExplainRoute, HolidaysRoute, OverrideRoute
from clientsvia.admin.api.notices import NoticeTestRoute, ToldRoute
from clientsvia.admin.channel_test import ChannelTest
from clientsvia.admin.pages.callers import CallerPage, CallersPage
from clientsvia.admin.pages.days import DaysPage
from clientsvia.admin.pages.hours import HoursPage
from clientsvia.admin.pages.notify import NotifyPage, NotifyTestForm
from clientsvia.admin.pages.override import OverridePage
from clientsvia.admin.pages.routing import RoutingPage
from clientsvia.admin.pages.targets import TargetPage, TargetsPage
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes

HOURS = f"{COMPANY}/hours"


def add(routes: Routes) -> None:
    """Add them."""
    services = routes.services
    dispatcher, outbox = services.notices.dispatcher, services.stores.outbox
    tests = ChannelTest(dispatcher, outbox, services.clock)
    _pages(routes, tests)
    _api(routes, tests)


def _pages(routes: Routes, tests: ChannelTest) -> None:
    pages, editor, services = routes.pages, routes.editor, routes.services
    clock = services.clock
    routes.add(HOURS, HoursPage(pages, editor, clock))
    routes.add(f"{HOURS}/days", DaysPage(pages, editor, clock))
    routes.add(f"{HOURS}/override", OverridePage(pages, services.companies, clock))
    routes.add(f"{HOURS}/targets", TargetsPage(pages))
    routes.add(f"{HOURS}/targets/{{entry}}", TargetPage(pages, editor))
    routes.add(f"{HOURS}/new-target", TargetPage(pages, editor))
    routes.add(f"{HOURS}/routing", RoutingPage(pages, editor))
    routes.add(f"{HOURS}/callers", CallersPage(pages, editor))
    routes.add(f"{HOURS}/callers/{{entry}}", CallerPage(pages, editor))
    routes.add(f"{HOURS}/new-caller", CallerPage(pages, editor))
    routes.add(f"{HOURS}/notify", NotifyPage(pages, editor, tests))
    routes.add(f"{HOURS}/notify/test", NotifyTestForm(tests, services.stores.audit))


def _api(routes: Routes, tests: ChannelTest) -> None:
    services = routes.services
    clock = services.clock
    routes.add(f"{API}/explain", ExplainRoute(clock))
    routes.add(f"{API}/override", OverrideRoute(services.companies, clock))
    routes.add(f"{API}/notices", ToldRoute(tests))
    routes.add(f"{API}/notices/test", NoticeTestRoute(tests, services.stores.audit))
    routes.add("/api/v1/holidays", HolidaysRoute())
