"""Liveness and readiness, over the application's own routes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import falcon.asgi
import pytest
from falcon.testing import ASGIConductor
from pydantic import SecretStr

from clientsvia.admin.health import Ready
from clientsvia.app import create_app
from clientsvia.calls.commits import Commits
from clientsvia.companies.directory import Directory
from clientsvia.companies.files import demo_profile
from clientsvia.errors import StoreUnavailable
from clientsvia.settings import load_settings
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.wiring import build

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.app import App
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.wiring import Services
    from tests.valkey import Valkey


class Failing(MemoryCompanies):
    """A store that fails once companies are loaded."""

    async def get(self, _slug: str) -> StoredProfile | None:
        raise StoreUnavailable("the disk is gone")


@pytest.fixture
def services() -> Services:
    """A service outside the demo, with a company in its store."""
    settings = load_settings(store="memory:", public_origin="https://answers.example")
    built = build(settings, [b"k" * 32])
    asyncio.run(built.companies.save([demo_profile()]))
    return built


@asynccontextmanager
async def started(services: Services) -> AsyncIterator[ASGIConductor]:
    async with ASGIConductor(create_app(services.stores.settings, services)) as conductor:
        yield conductor


async def get(conductor: ASGIConductor, path: str) -> tuple[int, dict[str, object]]:
    result = await conductor.simulate_get(path, host="127.0.0.1")
    return result.status_code, result.json


async def test_a_process_that_answers_is_live(services: Services) -> None:
    async with started(services) as conductor:
        assert await get(conductor, "/health/live") == (200, {"status": "live"})


async def test_the_service_is_ready_with_its_companies_loaded(services: Services) -> None:
    async with started(services) as conductor:
        status, told = await get(conductor, "/health/ready")
    assert status == 200
    assert told == {"status": "ready", "companies": 1, "store": "ok", "steps_not_stored": 0}


async def test_until_companies_are_loaded_it_is_not_ready(services: Services) -> None:
    async with started(services) as conductor:
        services.directory.loaded = False  # as before the first reading of the store
        status, told = await get(conductor, "/health/ready")
    assert status == 503
    assert told["status"] == "loading companies"


async def test_a_store_that_fails_is_told_but_calls_go_on() -> None:
    companies = Failing()
    directory = Directory(companies)
    await directory.load()
    app: App = falcon.asgi.App()
    app.add_route(
        "/health/ready", Ready(directory, companies, Commits(MemoryCallStates(CallMemory())))
    )
    async with ASGIConductor(app) as conductor:
        status, told = await get(conductor, "/health/ready")
    assert status == 200
    assert told["store"] == "failing: StoreUnavailable"


class Unanswered:
    """A Redis where nobody is."""

    place = "cache:6379"

    async def ping(self) -> None:
        raise StoreUnavailable("see that Redis runs")


async def test_a_redis_that_fails_is_told_with_its_remedy_but_calls_go_on() -> None:
    companies = MemoryCompanies()
    directory = Directory(companies)
    await directory.load()
    commits = Commits(MemoryCallStates(CallMemory()))
    app: App = falcon.asgi.App()
    app.add_route("/health/ready", Ready(directory, companies, commits, Unanswered()))
    async with ASGIConductor(app) as conductor:
        status, told = await get(conductor, "/health/ready")
    assert status == 200
    assert told["redis"] == "failing: see that Redis runs"


async def test_a_redis_that_answers_is_told(valkey: Valkey) -> None:
    url = SecretStr(valkey.url)
    settings = load_settings(demo=True, store="memory:", redis_url=url)
    async with started(build(settings, [b"k" * 32])) as conductor:
        _, told = await get(conductor, "/health/ready")
    assert told["redis"] == "ok"
