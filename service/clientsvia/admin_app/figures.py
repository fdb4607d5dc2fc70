"""Routes of what calls came to: usage, latency, and questions without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.latency import AllLatencyRoute, LatencyRoute
from clientsvia.admin.api.questions import QuestionsRoute
from clientsvia.admin.api.usage import UsageRoute
from clientsvia.admin.pages.latency import AllLatencyPage, LatencyPage, LatencyView
from clientsvia.admin.pages.usage import UsagePage, UsageTable
from clientsvia.admin.usage_months import Months
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services = routes.pages, routes.services
    latencies, clock = services.latencies, services.clock
    months = Months(services.stores.usage, services.call_log, clock)
    routes.add(f"{COMPANY}/usage", UsagePage(pages, months))
    routes.add(f"{COMPANY}/usage.csv", UsageTable(months))
    view = LatencyView(pages, latencies, clock)
    routes.add(f"{COMPANY}/latency", LatencyPage(view))
    routes.add("/latency", AllLatencyPage(view))
    routes.add(f"{API}/usage", UsageRoute(months))
    routes.add(f"{API}/latency", LatencyRoute(latencies, clock))
    routes.add("/api/v1/latency", AllLatencyRoute(latencies, clock))
    routes.add(f"{API}/questions", QuestionsRoute(services.call_log, clock))
