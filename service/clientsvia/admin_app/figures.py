"""Routes of what calls came to: usage, latency, and questions without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.usage import Months, UsagePage, UsageTable
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services = routes.pages, routes.services
    months = Months(services.stores.usage, services.call_log, services.clock)
    routes.add(f"{COMPANY}/usage", UsagePage(pages, months))
    routes.add(f"{COMPANY}/usage.csv", UsageTable(months))
