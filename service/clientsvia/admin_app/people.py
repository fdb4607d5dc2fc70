"""Routes of who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.administration import Administration
from clientsvia.admin.access.forgotten import Forgotten
from clientsvia.admin.access.letters import Letters
from clientsvia.admin.access.members import Members
from clientsvia.admin.access.throttle import Throttle
from clientsvia.admin.api.people import (
    InvitationResource,
    InvitationsResource,
    PeopleResource,
    PersonResource,
)
from clientsvia.admin.api.users import (
    AdministratorsResource,
    ResetResource,
    UserResource,
    UsersResource,
)
from clientsvia.admin.pages.forgotten import ForgottenPage
from clientsvia.admin.pages.people import InvitationForm, PeoplePage, PersonForm
from clientsvia.admin.pages.users import UserPage, UsersPage
from clientsvia.admin_app.routes import API, COMPANY

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
    routes.add(f"{API}/people", PeopleResource(members))
    routes.add(f"{API}/people/{{user_id}}", PersonResource(members))
    routes.add(f"{API}/invitations", InvitationsResource(members))
    routes.add(f"{API}/invitations/{{link_id}}", InvitationResource(members))
    users = Administration(access.users, access.people, access.links, letters, audit, clock)
    routes.add("/users", UsersPage(pages, users))
    routes.add("/users/{user_id}", UserPage(pages, users))
    routes.add("/api/v1/users", UsersResource(users))
    routes.add("/api/v1/users/invitations", AdministratorsResource(users))
    routes.add("/api/v1/users/{user_id}", UserResource(users))
    routes.add("/api/v1/users/{user_id}/link", ResetResource(users))
