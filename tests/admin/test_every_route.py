"""Every page and route by every kind of visitor, of their own company, a foreign one and none.

The routes are the router's own: a new one is walked without a word here, by what it says in
``needs``. What a visitor may not do is refused before anything else of the request is looked at.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.access.ports import ApiToken
from clientsvia.admin.access.secret_tokens import digest_of, new_token
from clientsvia.admin.access.tokens import PREFIX
from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.guard import SAFE
from clientsvia.admin.web.rate_limit import RateLimit
from tests.admin.desk import FOREIGN, OWN, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from falcon.testing import Result

    from tests.admin.desk import Desk

NOBODY = "nobody"
STREAM_S = 3.0
MAY = {
    "stranger": Need.NOTHING,
    "reader": Need.READ,
    "member": Need.EDIT,
    "owner": Need.MANAGE,
    "administrator": Need.OPERATE,
    "reading token": Need.READ,
    "expired token": Need.NOTHING,
    "no token of ours": Need.NOTHING,
}


@dataclass(frozen=True)
class Route:
    """One method of one resource, as it stands in the router."""

    template: str
    method: str
    need: Need

    def path(self, slug: str) -> str:
        """Its path for a company; whatever else the path names is not there."""
        names = {"{slug}": slug}
        parts = self.template.split("/")
        # What has a type, as {revision:int}, is not even routed when it has another.
        other = ["1" if ":" in part else "nothing-such" if "{" in part else part for part in parts]
        return "/".join(names.get(part, filled) for part, filled in zip(parts, other, strict=True))

    @property
    def of_a_company(self) -> bool:
        return "{slug}" in self.template

    @property
    def of_the_api(self) -> bool:
        return self.template.startswith("/api/")


def routes_of(desk: Desk) -> list[Route]:
    def nodes(found: list[Any]) -> Iterator[Any]:
        for node in found:
            if node.resource is not None:
                yield node
            yield from nodes(node.children)

    app: Any = desk.conductor.app
    return [
        Route(node.uri_template, method, need)
        for node in nodes(app._router._roots)  # noqa: SLF001 - falcon tells its routes nowhere else
        for method, need in node.resource.needs.items()
    ]


async def headers_of(desk: Desk, visitor: str) -> Mapping[str, str]:
    """What a program sends to show who it is."""
    access = desk.services.access
    owner = await access.users.by_email("owner@acme.example")
    assert owner is not None
    token = new_token(PREFIX)
    if visitor == "reading token":
        token, _ = await access.tokens.make(
            owner, name="reads", need=Need.READ, companies=None, days=1
        )
    elif visitor == "expired token":
        before = access.clock.now() - timedelta(days=2)
        ended = ApiToken(
            "ended", owner.id, "ended", Need.MANAGE, None, before, before + timedelta(days=1)
        )
        await desk.services.stores.access.api_tokens.add(ended, digest_of(token))
    return {"Authorization": f"Bearer {token}"}


async def asked(desk: Desk, route: Route, visitor: str, slug: str) -> Result | None:
    """What a visitor is answered; None where a stream was opened, which ends with its reader."""
    as_, headers = visitor, {}
    if visitor not in ROLES:
        as_, headers = "stranger", dict(await headers_of(desk, visitor))
    try:
        async with asyncio.timeout(STREAM_S):
            return await desk.ask(route.method, route.path(slug), as_=as_, headers=headers)
    except TimeoutError:
        return None


def expected(route: Route, visitor: str, slug: str) -> set[str]:
    """How a visitor may be answered, as ``told`` has it."""
    if route.need is Need.NOTHING:
        return {"open", "refused", "not there", "sent away"}
    if MAY[visitor] is Need.NOTHING:
        return {"sent away"}
    if route.of_a_company and slug != OWN and (visitor != "administrator" or slug == NOBODY):
        return {"not there"}
    bounded = visitor == "reading token"
    of_the_account = route.need is Need.ACCOUNT and route.method not in SAFE
    if route.need > MAY[visitor] or (bounded and of_the_account):
        return {"refused"}
    of_sessions = bounded and route.need is Need.ACCOUNT  # as one's sessions and tokens
    return {"open", "not there"} | ({"refused"} if of_sessions else set())


def told(answer: Result | None) -> str:
    """How a visitor was answered."""
    if answer is None:
        return "open"
    to_sign_in = "/sign-in?next=" in answer.headers.get("location", "")
    if answer.status_code == 401 or to_sign_in:
        return "sent away"
    if answer.status_code >= 500 and answer.status_code != 502:  # Twilio is not there
        return f"broken: {answer.status}"
    return {403: "refused", 404: "not there"}.get(answer.status_code, "open")


@pytest.mark.parametrize("visitor", MAY)
async def test_every_route_is_open_to_whom_it_says_and_to_nobody_else(
    desk: Desk, visitor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One token asks for all there is, which no program does in a second.
    monkeypatch.setattr(RateLimit, "take", lambda _limit, _key: None)
    wrong = []
    for route in routes_of(desk):
        for slug in (OWN, FOREIGN, NOBODY) if route.of_a_company else (OWN,):
            desk.sessions.clear()  # an earlier route may have ended it
            answer = await asked(desk, route, visitor, slug)
            found = told(answer)
            if found not in expected(route, visitor, slug):
                wrong.append(f"{route.method} {route.path(slug)} ({route.need.name}): {found}")

    assert wrong == []


@pytest.mark.parametrize("visitor", ["reader", "member", "owner"])
async def test_a_foreign_company_is_answered_as_one_that_is_not_there(
    desk: Desk, visitor: str
) -> None:
    told_apart = []
    for route in routes_of(desk):
        if route.of_a_company:
            foreign = await asked(desk, route, visitor, FOREIGN)
            none = await asked(desk, route, visitor, NOBODY)
            assert foreign is not None
            assert none is not None
            if foreign.text.replace(FOREIGN, "") != none.text.replace(NOBODY, ""):
                told_apart.append(f"{route.method} {route.template}")

    assert told_apart == []


async def test_the_walk_knows_the_routes_it_is_for(desk: Desk) -> None:
    """That it finds them at all: pages, the API, and what a company's calls left."""
    templates = {route.template for route in routes_of(desk)}

    assert {"/companies", "/companies/{slug}", "/api/v1/companies/{slug}/profile/ai"} <= templates
    assert len(templates) > 40
