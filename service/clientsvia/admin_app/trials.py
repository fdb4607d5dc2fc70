"""Routes of calls that nobody makes: tried in a page or by a program, or played again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.try_it import ReplayRoute, TryItMovesRoute, TryItRoute
from clientsvia.admin.pages.try_again import TryAgainPage
from clientsvia.admin.pages.try_it import TryItPage
from clientsvia.admin.trials import Trials

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    services = routes.services
    trying = services.trying
    trials = Trials(trying.try_it, trying.player, services.call_log, services.clock)
    page, api = "/companies/{slug}", "/api/v1/companies/{slug}"
    routes.add(f"{page}/try-it", TryItPage(routes.pages, trials))
    routes.add(f"{page}/calls/{{sid}}/try-again", TryAgainPage(routes.pages, trials))
    routes.add(f"{api}/try-it", TryItRoute(trials))
    routes.add(f"{api}/try-it/moves", TryItMovesRoute(trials))
    routes.add(f"{api}/calls/{{sid}}/replay", ReplayRoute(trials))
