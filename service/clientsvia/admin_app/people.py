"""Routes of who may do what, of what was done, and of what is kept of callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.administration import Administration
from clientsvia.admin.access.forgotten import Forgotten
from clientsvia.admin.access.letters import Letters
from clientsvia.admin.access.members import Members
from clientsvia.admin.access.throttle import Throttle
from clientsvia.admin.pages.forgotten import ForgottenPage
from clientsvia.admin.pages.history import (
    MOST,
    ActsPage,
    CompanyActsPage,
    HistoryPage,
    RevisionPage,
)
from clientsvia.admin.pages.people import InvitationForm, PeoplePage, PersonForm
from clientsvia.admin.pages.privacy import (
    CallerErasure,
    CallerExport,
    CallerPage,
    PrivacyPage,
)
from clientsvia.admin.pages.users import UserPage, UsersPage
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services, access = routes.pages, routes.services, routes.services.access
    audit, clock = services.stores.audit, access.clock
    letters = Letters(services.notices.letters, routes.settings.origin)
    forgotten = Forgotten(access.users, access.links, letters, Throttle(clock), audit, clock)
    routes.add("/forgotten", ForgottenPage(pages, forgotten))
    invitations = services.stores.access.links
    members = Members(access.users, access.people, access.links, invitations, letters, audit, clock)
    routes.add(f"{COMPANY}/people", PeoplePage(pages, members))
    routes.add(f"{COMPANY}/people/{{user_id}}", PersonForm(pages, members))
    routes.add(f"{COMPANY}/people/invitations/{{link_id}}", InvitationForm(pages, members))
    users = Administration(access.users, access.people, access.links, letters, audit, clock)
    routes.add("/users", UsersPage(pages, users))
    routes.add("/users/{user_id}", UserPage(pages, users))
    _history(routes)
    _privacy(routes)


def _history(routes: Routes) -> None:
    pages, companies = routes.pages, routes.services.companies
    audit = routes.services.stores.audit
    routes.add("/history", ActsPage(pages, audit))
    routes.add(f"{COMPANY}/history", HistoryPage(pages, companies))
    routes.add(f"{COMPANY}/history/acts", CompanyActsPage(pages, audit))
    routes.add(
        f"{COMPANY}/history/{{revision:int(min=1, max={MOST})}}", RevisionPage(pages, companies)
    )


def _privacy(routes: Routes) -> None:
    pages, callers = routes.pages, routes.services.callers
    routes.add(f"{COMPANY}/privacy", PrivacyPage(pages, routes.editor))
    routes.add(f"{COMPANY}/privacy/caller", CallerPage(pages, callers))
    routes.add(f"{COMPANY}/privacy/caller/export", CallerExport(pages, callers))
    routes.add(f"{COMPANY}/privacy/caller/erase", CallerErasure(pages, callers))
