"""Every page there is, found from the router, with something on it."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import aiohttp

from clientsvia.companies.files import demo_profile
from tests.browser.person import link
from tests.routes import peoples_routes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.person import Person
    from tests.serving import Service

PARAMETER = re.compile(r"\{(\w+)[^}]*\}")
NO_PAGES = re.compile(r"/(api|static)/|.*/recordings/\{")  # a recording is Twilio's to give
HTML = "text/html"
ASKED = 7  # times, of which the median counts
MESSAGE = [
    {"say": "Do you take credit cards?"},
    {"say": "Do you sell garden furniture?"},
    {"say": "A message please."},
    {"say": "Ada."},
    {"press": "1"},
]
PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class Answered:
    """What the service gave for a path, without a browser; ``seconds`` is a median."""

    template: str
    path: str
    status: int
    kind: str
    size: int
    seconds: float

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.kind == HTML


async def furnish(person: Person, service: Service) -> Mapping[str, str]:
    """A call with a message, and what stands for each parameter of a path."""
    called = await service.call(steps=MESSAGE, seed=7)
    await service.call(steps=[{"say": "I want to speak to a person."}], seed=8)
    deadline = time.monotonic() + PATIENCE_S
    while not await asyncio.to_thread(service.clientsvia, "messages", "list"):
        assert time.monotonic() < deadline, "the message did not come into the box"
        await asyncio.sleep(0.2)
    token = (
        await link(service, "guest@acme.example", "--company", "demo", "--role", "reader")
    ).rpartition("/")[2]
    users = await (await person.context.request.get(f"{person.origin}/api/v1/users")).json()
    return {
        "slug": "demo",
        "user_id": users["items"][0]["id"],
        "sid": called.call_sid,
        "token": token,
        "entry": demo_profile().knowledge[0].id,
        "number": "+12395550123",
        "link_id": "any",  # leads back to where they are listed
        "revision": "1",
    }


def paths(values: Mapping[str, str]) -> Mapping[str, str]:
    """The path of every route that can be opened, by its template."""
    opened = {
        template: template
        for template, resource in peoples_routes().items()
        if hasattr(resource, "on_get") and not NO_PAGES.match(template)
    }
    unknown = {
        f"{name} of {template}"
        for template in opened
        for name in PARAMETER.findall(template)
        if name not in values
    }
    assert not unknown, f"say in tests/browser/walk.py, in furnish, what stands for {unknown}"
    return {
        template: PARAMETER.sub(lambda found: values[found[1]], template) for template in opened
    }


async def answers(person: Person, values: Mapping[str, str]) -> list[Answered]:
    """What each of them answers, to somebody who is signed in."""
    cookies = {one["name"]: one["value"] for one in await person.context.cookies()}
    found = []
    async with aiohttp.ClientSession(person.origin, cookies=cookies) as session:
        for template, path in paths(values).items():
            found.append(await _answer(session, template, path))
    return found


async def _answer(session: aiohttp.ClientSession, template: str, path: str) -> Answered:
    spent, size = [], 0
    while True:
        begun = time.perf_counter()
        async with session.get(path, allow_redirects=False) as response:
            kind = response.content_type
            if response.status == 200 and kind == HTML:  # a stream of events has no end
                size = len(await response.read())
        spent.append(time.perf_counter() - begun)
        if kind != HTML or len(spent) == ASKED:
            return Answered(template, path, response.status, kind, size, median(spent))
