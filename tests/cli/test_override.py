"""``clientsvia hours override``: what it stores, and what it tells."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.hours import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.companies.ports import StoredProfile

TARGETS = [
    {"id": "office", "name": "the office", "number": "+12395551300"},
    {"id": "maria", "name": "Maria", "number": "+12395551301", "hours": {"weekly": {}}},
]


@pytest.fixture(autouse=True)
def store(environment: Path) -> Path:
    profile = demo_profile().model_dump(mode="json") | {"targets": TARGETS}

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([CompanyProfile.model_validate(profile)])

    asyncio.run(fill())
    return environment


def stored() -> StoredProfile:
    async def read() -> StoredProfile | None:
        async with open_stores() as stores:
            return await stores.companies.get("demo")

    found = asyncio.run(read())
    assert found is not None
    return found


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["override", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_a_company_is_closed_until_a_time_and_the_revision_grows() -> None:
    before = stored().revision
    told: dict[str, Any] = orjson.loads(
        run("demo", "closed", "--until", "14:00", "--label", "power cut", "--json")
    )
    after = stored()
    override = after.profile.hours.override
    assert override is not None
    assert (override.state, override.label) == ("closed", "power cut")
    assert override.until is not None
    assert (override.until.hour, override.until.minute) == (14, 0)
    assert timedelta(0) < override.until - datetime.now(UTC) <= timedelta(days=1)
    assert told["revision"] == after.revision > before
    assert (told["open"], told["rule"]) == (False, "override")
    assert told["reason"] == "closed: power cut (override)"


def test_it_is_explained_at_once() -> None:
    run("demo", "open", "--label", "fair")
    result = CliRunner().invoke(app, ["explain", "+12395551212"])
    assert "open: fair (override)" in result.stdout


def test_a_target_with_hours_of_its_own_is_overridden_by_itself() -> None:
    assert "Maria of Gulf Breeze Plumbing is now open until further notice" in run(
        "demo", "open", "--target", "maria"
    )
    profile = stored().profile
    assert profile.hours.override is None
    hours = profile.targets[1].hours
    assert hours is not None
    assert hours.override is not None
    run("demo", "--clear", "--target", "maria")
    hours = stored().profile.targets[1].hours
    assert hours is not None
    assert hours.override is None


def test_clearing_takes_it_away() -> None:
    run("demo", "closed")
    told = orjson.loads(run("demo", "--clear", "--json"))
    assert stored().profile.hours.override is None
    assert told["rule"] != "override"


def test_a_label_that_is_too_long_is_refused_and_nothing_is_stored() -> None:
    before = stored()
    with pytest.raises(InvalidInput, match="shorten it to 100 characters"):
        run("demo", "closed", "--label", "x" * 101)
    assert stored() == before


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["demo"], "either open, closed or --clear"),
        (["demo", "open", "--clear"], "either open, closed or --clear"),
        (["demo", "--clear", "--until", "14:00"], "leave them out"),
        (["demo", "closed", "--until", "2020-01-01T10:00"], "write a time to come"),
        (["demo", "closed", "--target", "office"], "has no hours of its own"),
        (["demo", "closed", "--target", "nobody"], "name one of office, maria"),
        (["gone", "closed"], "clientsvia company list"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(arguments: list[str], remedy: str) -> None:
    with pytest.raises(InvalidInput, match=remedy):
        run(*arguments)
