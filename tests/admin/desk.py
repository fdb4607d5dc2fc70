"""The application for people on memory stores, used as any role, in process."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
from falcon.testing import ASGIConductor

from clientsvia.admin.access.user import User
from clientsvia.admin.access.visitor import Role
from clientsvia.admin.web.guard import TOKEN_HEADER, cookie_name
from clientsvia.admin_app import create_admin_app
from clientsvia.companies.files import demo_profile
from clientsvia.settings import load_settings
from clientsvia.wiring import build
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from falcon.testing import Result

    from clientsvia.wiring import Services

HOST = "answers.example"
ORIGIN = f"https://{HOST}"
PASSWORD = "a long enough passphrase"
OWN, FOREIGN = "demo", "globex"
ROLES = ("stranger", "reader", "member", "owner", "administrator")


@dataclass
class Desk:
    """Asks for pages and routes as somebody; ``as_`` is one of ROLES."""

    conductor: ASGIConductor
    services: Services
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)
    origin: str = ORIGIN

    async def ask(self, method: str, path: str, *, as_: str = "owner", **options: Any) -> Result:
        """One request with the session, the Origin and the form token that a browser would send."""
        headers = {"Origin": ORIGIN} | options.pop("headers", {})
        if as_ != "stranger":
            session, form_token = await self._session(as_)
            headers["Cookie"] = f"{cookie_name(self.origin)}={session}"
            headers.setdefault(TOKEN_HEADER, form_token)
        result: Result = await self.conductor.simulate_request(
            method, path, host=HOST, headers=headers, **options
        )
        return result

    async def get(self, path: str, *, as_: str = "owner", **options: Any) -> Result:
        """A page."""
        return await self.ask("GET", path, as_=as_, **options)

    async def page(self, path: str, *, as_: str = "owner") -> Page:
        """A page that is there, read."""
        result = await self.get(path, as_=as_)
        assert result.status_code == 200, (result.status, result.text[:500])
        return Page(result.text)

    async def post(
        self, path: str, form: Mapping[str, Any], *, as_: str = "owner", **options: Any
    ) -> Result:
        """A form, sent as a browser does."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= options.pop("headers", {})
        body = urlencode(form, doseq=True)
        return await self.ask("POST", path, as_=as_, body=body, headers=headers, **options)

    async def api(
        self, method: str, path: str, *, as_: str = "owner", json: Any = None, **options: Any
    ) -> Result:
        """A route of the JSON API, below /api/v1; edits put theirs in place of any state."""
        headers = {"If-Match": "*"} | options.pop("headers", {})
        if json is not None:
            options["body"] = orjson.dumps(json)
            headers["Content-Type"] = "application/json"
        return await self.ask(method, f"/api/v1{path}", as_=as_, headers=headers, **options)

    async def _session(self, role: str) -> tuple[str, str]:
        if role not in self.sessions:
            access = self.services.access
            user = await access.users.by_email(f"{role}@acme.example")
            assert user is not None
            token = await access.signing_in.begin(user.id, address="127.0.0.1", device="tests")
            visitor = await access.signing_in.visitor(token)
            assert visitor is not None
            self.sessions[role] = token, visitor.form_token
        return self.sessions[role]


@asynccontextmanager
async def open_desk(**settings: Any) -> AsyncIterator[Desk]:
    """A desk with the demo company, a foreign one, and a user of each role."""
    chosen = load_settings(
        **{"store": "memory:", "public_origin": ORIGIN, "clock_start": None} | settings
    )
    services = build(chosen, [b"k" * 32])
    demo = demo_profile()
    foreign = demo.model_copy(update={"slug": FOREIGN, "name": "Globex", "numbers": ()})
    await services.companies.save([demo, foreign])
    await services.directory.load()
    for role in ROLES[1:]:
        memberships = {OWN: Role(role)} if role != "administrator" else {}
        user = User(
            role,
            f"{role}@acme.example",
            role.title(),
            admin=role == "administrator",
            disabled=False,
            created_at=OPEN,
            memberships=memberships,
        )
        await services.access.users.add(user, "no password")
    app, _ = create_admin_app(chosen, services)
    async with ASGIConductor(app) as conductor:
        yield Desk(conductor, services, origin=chosen.origin)
    await services.stop()


class Page(HTMLParser):
    """A page's text, and what its forms hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.fields: dict[str, str] = {}
        self.links: list[str] = []
        self._texts: list[str] = []
        self._area = ""
        self._select = ""
        self.feed(html)

    @property
    def text(self) -> str:
        """What is read, without markup."""
        return " ".join(" ".join(self._texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[name] = given.get("value", "on")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.fields or "selected" in given):
            self.fields[self._select] = given.get("value", "")
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
        self._texts.append(data)
