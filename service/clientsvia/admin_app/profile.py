"""Routes of who answers, with what, and from which knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.agent import AgentPage
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    routes.add(f"{COMPANY}/agent", AgentPage(routes.pages, routes.editor))
