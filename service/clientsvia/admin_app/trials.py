"""Routes of calls that nobody makes: tried in a page or by a program, or played again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.try_it import ReplayRoute, TryItMovesRoute, TryItRoute
from clientsvia.admin.pages.try_again import TryAgainPage
from clientsvia.admin.pages.try_it import TryItPage
from clientsvia.admin.trials import Trials
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    services = routes.services
    trying = services.trying
    trials = Trials(trying.try_it, trying.player, services.call_log, services.clock)

    routes.add(f"{COMPANY}/try-it", TryItPage(routes.pages, trials))
    routes.add(f"{COMPANY}/calls/{{sid}}/try-again", TryAgainPage(routes.pages, trials))
    routes.add(f"{API}/try-it", TryItRoute(trials))
    routes.add(f"{API}/try-it/moves", TryItMovesRoute(trials))
    routes.add(f"{API}/calls/{{sid}}/replay", ReplayRoute(trials))
