"""Routes of hours and routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.hours import HoursPage
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    routes.add(f"{COMPANY}/hours", HoursPage(routes.pages, routes.editor, routes.services.clock))
