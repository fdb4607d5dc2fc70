"""The application for people: each module here lists the routes of one part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import falcon
import falcon.asgi
import orjson
from falcon.media import JSONHandler

from clientsvia.admin.api.description import Description
from clientsvia.admin.editing import Editor
from clientsvia.admin.web.guard import Guard
from clientsvia.admin.web.rendering import Assets, Pages
from clientsvia.admin.web.static import Static
from clientsvia.admin.web.trouble import PeoplesTrouble
from clientsvia.admin_app import (
    calls,
    companies,
    figures,
    history,
    hours,
    own_account,
    people,
    privacy,
    profile,
    sections,
    setting_up,
    trials,
)
from clientsvia.admin_app.routes import App, Routes
from clientsvia.webhooks.demo_guard import DemoGuard

if TYPE_CHECKING:
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services


PARTS = (
    calls,
    companies,
    figures,
    history,
    hours,
    own_account,
    people,
    privacy,
    profile,
    sections,
    setting_up,
    trials,
)


def create_admin_app(settings: Settings, services: Services) -> tuple[App, frozenset[str]]:
    """The application for people, and the first words of its paths."""
    app: App = falcon.asgi.App()
    if settings.demo:
        app.add_middleware(DemoGuard())
    companies, access = services.companies, services.access
    app.add_middleware(Guard(access.signing_in, access.tokens, companies, settings.origin))
    for options in (app.req_options, app.resp_options):
        options.media_handlers[falcon.MEDIA_JSON] = JSONHandler(orjson.dumps, orjson.loads)
    assets = Assets()
    pages = Pages(assets, demo=settings.demo)
    PeoplesTrouble(pages).install(app)
    routes = Routes(app, pages, Editor(companies, services.tags), settings, services)
    routes.add("/static/{version}/{name}", Static(assets))
    for part in PARTS:
        part.add(routes)
    routes.add("/api/v1/openapi.json", Description(app))
    return app, frozenset(routes.heads)
