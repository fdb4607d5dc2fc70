"""Routes of what is kept of callers, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.callers import CardResource, ErasureResource, ExportResource
from clientsvia.admin.pages.privacy import CallerErasure, CallerExport, CallerPage, PrivacyPage
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, callers = routes.pages, routes.services.callers
    routes.add(f"{COMPANY}/privacy", PrivacyPage(pages, routes.editor))
    routes.add(f"{COMPANY}/privacy/caller", CallerPage(pages, callers))
    routes.add(f"{COMPANY}/privacy/caller/export", CallerExport(pages, callers))
    routes.add(f"{COMPANY}/privacy/caller/erase", CallerErasure(pages, callers))
    routes.add(f"{API}/callers/card", CardResource(callers))
    routes.add(f"{API}/callers/export", ExportResource(callers))
    routes.add(f"{API}/callers/erase", ErasureResource(callers))
