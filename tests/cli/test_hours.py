"""``clientsvia hours explain`` at any moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.hours import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.companies.known_callers import changed
from clientsvia.errors import InvalidInput, InvalidNumber

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = "+12395551212"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_STORE", f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db")
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(tmp_path / "secret.key"))

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])

    asyncio.run(fill())


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["explain", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def explain(*arguments: str) -> Any:
    return orjson.loads(run(*arguments, "--json"))


def test_a_holiday_is_explained() -> None:
    told = explain(NUMBER, "--at", "2026-11-26T10:00")
    week, targets = told.pop("week"), told.pop("targets")
    assert told == {
        "company": "demo",
        "number": NUMBER,
        "at": "2026-11-26T10:00:00-05:00",
        "account": "active",
        "number_active": True,
        "open": False,
        "rule": "holiday",
        "label": "Thanksgiving Day",
        "reason": "closed: Thanksgiving Day (holiday)",
        "changes_at": "2026-11-27T08:00:00-05:00",
        "route": "answer",
        "why": "closed: Thanksgiving Day (holiday); after hours the agent answers",
        "target": None,
        "rounds": [],
        "urgent_rounds": [],
    }
    assert targets == [
        {
            "id": "office",
            "rings": [],
            "rounds": [],
            "on_duty": None,
            "until": "2026-11-27T08:00:00-05:00",
            "why": "closed: Thanksgiving Day (holiday), as the company",
        },
        {
            "id": "on-call",
            "rings": ["on-call"],
            "rounds": [["on-call"]],
            "on_duty": None,
            "until": None,
            "why": "always available",
        },
    ]
    assert len(week) == 7
    assert week[1] == {
        "date": "2026-11-27",
        "rule": "weekly",
        "label": "",
        "hours": ["08:00-12:00", "13:00-16:00"],
        "open": ["08:00-12:00", "13:00-16:00"],
    }


def test_a_time_with_an_offset_is_the_same_moment_on_the_companys_clock() -> None:
    assert explain(NUMBER, "--at", "2026-11-24T15:00Z") == explain(
        "(239) 555-1212", "--at", "2026-11-24T10:00"
    )


def test_people_read_it_at_a_glance() -> None:
    shown = run(NUMBER, "--at", "2026-12-24T18:30")
    assert "closed until Sat 2026-12-26 09:00" in shown
    assert "closed: Christmas Eve (exception)" in shown
    assert "Christmas Day" in shown


def test_what_one_caller_gets_is_told_with_it() -> None:
    at = ("--at", "2026-11-24T10:00")
    assert "caller" not in explain(NUMBER, *at)
    caller = explain(NUMBER, *at, "--caller", "anonymous")["caller"]
    assert (caller["outcome"], caller["next"]) == ("answered", "Listen")
    profile = changed(demo_profile(), "+12393334444", name="Jo [Berg]", blocked=True)
    strict = profile.callers.model_copy(update={"anonymous": "refuse", "unverified": "message"})

    async def screen() -> None:
        async with open_stores() as stores:
            await stores.companies.save([profile.model_copy(update={"callers": strict})])

    asyncio.run(screen())
    callers = {
        ("--caller", "(239) 333-4444"): ("blocked", "the caller is blocked"),
        ("--caller", "anonymous"): ("refused", "the caller hides the number"),
        ("--caller", "+12393335555"): (
            "answered",
            "open: Tuesday 08:00-12:00, 13:00-17:00 (weekly)",
        ),
    }
    for arguments, expected in callers.items():
        caller = explain(NUMBER, *at, *arguments)["caller"]
        assert (caller["outcome"], caller["why"]) == expected
    shown = run(NUMBER, *at, "--caller", "+12393335555", "--unverified")
    assert "the number is not the caller's (STIR/SHAKEN)" in shown
    assert "hears:   “Thank you for calling Gulf Breeze Plumbing. Your number could not" in shown


def test_without_a_time_it_is_now() -> None:
    assert explain(NUMBER)["company"] == "demo"


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["+12395550100"], "clientsvia company list"),
        ([NUMBER, "--at", "tomorrow"], "write it as 2026-12-24T18:30"),
    ],
)
def test_what_cannot_be_explained_says_what_to_do(arguments: list[str], remedy: str) -> None:
    with pytest.raises(InvalidInput, match=remedy):
        run(*arguments)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidNumber):
        run("nobody")
