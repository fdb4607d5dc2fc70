"""Routes of signing in, and of one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.own_account import OwnAccount
from clientsvia.admin.api.account import (
    AccountResource,
    PasswordResource,
    SessionResource,
    SessionsResource,
    TokenResource,
    TokensResource,
)
from clientsvia.admin.pages.account import (
    AccountPage,
    NameForm,
    PasswordForm,
    SessionsForm,
    TokensForm,
)
from clientsvia.admin.pages.link import LinkPage
from clientsvia.admin.pages.sign_in import SignInPage, SignOut

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services, origin = routes.pages, routes.services, routes.settings.origin
    access = services.access
    account = OwnAccount(
        access.users,
        access.signing_in,
        access.links,
        access.tokens,
        access.people,
        services.stores.audit,
        access.clock,
    )
    routes.add("/sign-in", SignInPage(pages, account, origin))
    routes.add("/sign-out", SignOut(account, origin))
    routes.add("/link/{token}", LinkPage(pages, account, services.companies, origin))
    routes.add("/account", AccountPage(pages, account, origin))
    routes.add("/account/name", NameForm(pages, account, origin))
    routes.add("/account/password", PasswordForm(pages, account, origin))
    routes.add("/account/sessions", SessionsForm(pages, account, origin))
    routes.add("/account/tokens", TokensForm(pages, account, origin))
    of = "/api/v1/account"
    routes.add(of, AccountResource(account))
    routes.add(f"{of}/password", PasswordResource(account))
    routes.add(f"{of}/sessions", SessionsResource(account))
    routes.add(f"{of}/sessions/{{session_id}}", SessionResource(account))
    routes.add(f"{of}/tokens", TokensResource(account))
    routes.add(f"{of}/tokens/{{token_id}}", TokenResource(account))
