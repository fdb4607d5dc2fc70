"""Routes of who changed what, and what else people did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.history import (
    ActsResource,
    CompanyActsResource,
    HistoryResource,
    PutBackResource,
    RevisionResource,
)
from clientsvia.admin.api.lists import MOST_CURSOR
from clientsvia.admin.pages.history import ActsPage, CompanyActsPage, HistoryPage, RevisionPage
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


REVISION = f"{{revision:int(min=1, max={MOST_CURSOR})}}"


def add(routes: Routes) -> None:
    """Add them."""
    pages, companies = routes.pages, routes.services.companies
    audit = routes.services.stores.audit
    routes.add("/history", ActsPage(pages, audit))
    routes.add(f"{COMPANY}/history", HistoryPage(pages, companies))
    routes.add(f"{COMPANY}/history/acts", CompanyActsPage(pages, audit))
    routes.add(f"{COMPANY}/history/{REVISION}", RevisionPage(pages, companies))
    acts = ActsResource(audit)
    routes.add("/api/v1/history", acts)
    routes.add(f"{API}/acts", CompanyActsResource(acts))
    routes.add(f"{API}/history", HistoryResource(companies))
    routes.add(f"{API}/history/{REVISION}", RevisionResource(companies))
    routes.add(f"{API}/history/{REVISION}/put-back", PutBackResource(companies))
