"""The application for people: every page and every route of the JSON API, on a few screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import falcon
import falcon.asgi
import orjson
from falcon.media import JSONHandler

from clientsvia.admin.access.own_account import OwnAccount
from clientsvia.admin.api.description import Description
from clientsvia.admin.api.sections import SECTIONS, section_resource
from clientsvia.admin.company_list import CompanyList
from clientsvia.admin.creating import Creation
from clientsvia.admin.diagnosis import Setup
from clientsvia.admin.editing import Editor
from clientsvia.admin.looking import Looking
from clientsvia.admin.overview import Overviews
from clientsvia.admin.pages.account import (
    AccountPage,
    NameForm,
    PasswordForm,
    SessionsForm,
    TokensForm,
)
from clientsvia.admin.pages.agent import AgentPage
from clientsvia.admin.pages.companies import CompaniesPage, NewCompanyPage, Start
from clientsvia.admin.pages.configuration import ConfigurationPage, NumbersPage
from clientsvia.admin.pages.hours import HoursPage
from clientsvia.admin.pages.link import LinkPage
from clientsvia.admin.pages.overview import LivePage, OverviewPage, StatePage
from clientsvia.admin.pages.sign_in import SignInPage, SignOut
from clientsvia.admin.web.guard import Guard
from clientsvia.admin.web.rendering import Assets, Pages
from clientsvia.admin.web.static import Static
from clientsvia.admin.web.trouble import PeoplesTrouble
from clientsvia.errors import ConfigurationError
from clientsvia.webhooks.demo_guard import DemoGuard

if TYPE_CHECKING:
    from clientsvia.companies.ports import Companies
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

App = falcon.asgi.App[Any, Any]


class Routes:
    """Adds resources to an application, each of which says what it asks of its visitors."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.heads: set[str] = set()

    def add(self, template: str, resource: Any) -> None:  # noqa: ANN401 - falcon's
        """Add a resource; raises ConfigurationError when it does not say for every method."""
        methods = {name[3:].upper() for name in dir(resource) if name.startswith("on_")}
        if open_ := methods - resource.needs.keys():
            raise ConfigurationError(f"{template} says not what {open_} need: write it in needs")
        self.heads.add(template.split("/")[1])
        self._app.add_route(template, resource)


def create_admin_app(settings: Settings, services: Services) -> tuple[App, frozenset[str]]:
    """The application for people, and the first words of its paths."""
    app: App = falcon.asgi.App()
    if settings.demo:
        app.add_middleware(DemoGuard())
    companies, access = services.companies, services.access
    app.add_middleware(Guard(access.signing_in, access.tokens, companies, settings.origin))
    app.resp_options.media_handlers[falcon.MEDIA_JSON] = JSONHandler(
        dumps=orjson.dumps, loads=orjson.loads
    )
    app.req_options.media_handlers[falcon.MEDIA_JSON] = JSONHandler(
        dumps=orjson.dumps, loads=orjson.loads
    )
    assets = Assets()
    pages = Pages(assets, demo=settings.demo)
    PeoplesTrouble(pages).install(app)
    routes = Routes(app)
    routes.add("/static/{version}/{name}", Static(assets))
    routes.add("/", Start(companies))
    editor = Editor(companies, services.tags)
    account = OwnAccount(
        access.users,
        access.signing_in,
        access.links,
        access.tokens,
        access.people,
        services.stores.audit,
        access.clock,
    )
    _own_account(routes, pages, account, companies, settings.origin)
    _pages(routes, pages, editor, services)
    _pages(routes, pages, editor)
    _setting_up(routes, pages, editor, settings, services)
    _api(routes, editor)
    routes.add("/api/v1/openapi.json", Description(app))
    return app, frozenset(routes.heads)


def _own_account(
    routes: Routes, pages: Pages, account: OwnAccount, companies: Companies, origin: str
) -> None:
    routes.add("/sign-in", SignInPage(pages, account, origin))
    routes.add("/sign-out", SignOut(account, origin))
    routes.add("/link/{token}", LinkPage(pages, account, companies, origin))
    routes.add("/account", AccountPage(pages, account, origin))
    routes.add("/account/name", NameForm(pages, account, origin))
    routes.add("/account/password", PasswordForm(pages, account, origin))
    routes.add("/account/sessions", SessionsForm(pages, account, origin))
    routes.add("/account/tokens", TokensForm(pages, account, origin))


def _pages(routes: Routes, pages: Pages, editor: Editor, services: Services) -> None:
    routes.add("/companies", CompaniesPage(pages, services.companies))


def _pages(routes: Routes, pages: Pages, editor: Editor) -> None:
    of = "/companies/{slug}"
    routes.add(f"{of}/agent", AgentPage(pages, editor))
    _hours(routes, pages, editor, services)


def _hours(routes: Routes, pages: Pages, editor: Editor, services: Services) -> None:
    of = "/companies/{slug}/hours"
    routes.add(of, HoursPage(pages, editor, services.clock))


def _setting_up(
    routes: Routes, pages: Pages, editor: Editor, settings: Settings, services: Services
) -> None:
    """What leads from nothing to a company whose calls come here."""
    companies, stores, clock = services.companies, services.stores, services.clock
    service = Setup(
        settings.origin,
        settings.demo,
        settings.checks_signatures,
        services.platform_account,
        operator=settings.operator_email,
    )
    looking = Looking(service, clock)
    listing = CompanyList(services.call_log, stores.sightings, settings.checks_signatures)
    routes.add("/companies", CompaniesPage(pages, services.directory, listing, clock))
    creation = Creation(companies, checked=not settings.demo)
    routes.add("/companies/new", NewCompanyPage(pages, creation))
    of = "/companies/{slug}"
    overviews = Overviews(
        looking, stores.outbox, services.twilio_accounts, services.call_log, stores.messages
    )
    overview = OverviewPage(pages, overviews)
    routes.add(of, overview)
    routes.add(f"{of}/live", LivePage(overview, companies))
    routes.add(f"{of}/state", StatePage(overview, companies, checked=not settings.demo))
    configuration = ConfigurationPage(pages, looking, stores.sightings, stores.kept_numbers)
    routes.add(f"{of}/configuration", configuration)
    routes.add(f"{of}/configuration/numbers", NumbersPage(configuration, editor))


def _api(routes: Routes, editor: Editor) -> None:
    of = "/api/v1/companies/{slug}"
    for name, model in SECTIONS.items():
        routes.add(f"{of}/profile/{name}", section_resource(name, model)(editor))
