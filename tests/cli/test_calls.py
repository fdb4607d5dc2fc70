from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.calls.ports import Step
from clientsvia.cli.calls import app
from clientsvia.cli.session import open_stores
from clientsvia.errors import InvalidInput
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.migrations import migrate
from tests.contracts.samples import OTHER_SID, SID, company, entry, ringing, step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    from clientsvia.calls.ports import LogEntry


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stores steps and entries where the commands will look for them."""
    url = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    monkeypatch.setenv("CLIENTSVIA_STORE", url)
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(tmp_path / "secret.key"))
    migrate(url)

    async def fill(*things: Step | LogEntry) -> None:
        database = Database(url)
        log, states = SqlCallLog(database), SqlCallStates(database)
        for thing in things:
            if isinstance(thing, Step):
                await states.commit(thing)
            else:
                log.write(thing)
                await log.flush()
        await log.close()
        await database.close()

    return lambda *things: asyncio.run(fill(*things))


@pytest.fixture
def conversation(store: Callable[..., None]) -> None:
    store(
        ringing(),
        step(
            "1:heard",
            seconds=7,
            event={"type": "Heard", "text": "do you fix pipes", "confidence": 0.9},
            answered={"said": ["Yes.", "Today."], "source": "knowledge:pipes", "why": "0.8"},
        ),
        step(
            "2:heard",
            seconds=20,
            event={"type": "DialEnded", "status": "busy"},
            answered={"said": [], "outcome": "message"},
        ),
        entry("timing", key="1:heard", stages={"decide": 1_500_000, "render": 20_000}),
        entry("partial", seconds=5, text="do you [bold]fix"),
        entry("status", seconds=65, status="completed"),
    )


def told(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


def data(*arguments: str) -> Any:
    return orjson.loads(told(*arguments, "--json"))


@pytest.mark.usefixtures("store")
def test_a_store_without_calls_says_how_to_place_one() -> None:
    assert "clientsvia call" in told()
    assert data() == []


@pytest.mark.usefixtures("conversation")
def test_each_call_is_a_line_with_its_outcome() -> None:
    line = next(line for line in told().splitlines() if SID in line)

    assert "2026-11-23 12:00:00" in line
    assert line.split()[2:] == ["acme", "…4567", "1:05", "2", "message", SID]


@pytest.mark.usefixtures("conversation")
def test_a_caller_is_shown_in_full_on_request_alone() -> None:
    for arguments in ([], ["show", SID]):
        hidden, shown = told(*arguments), told(*arguments, "--numbers")

        assert "+15551234567" not in hidden
        assert "+15551234567" in shown
        assert "+15551234567" not in told(*arguments, "--json")
        assert "+15551234567" in told(*arguments, "--json", "--numbers")


def test_calls_can_be_chosen_by_company_and_counted(store: Callable[..., None]) -> None:
    store(ringing(SID), ringing(OTHER_SID, seconds=5, company="miller"))

    assert [call["call_sid"] for call in data()] == [OTHER_SID, SID]
    assert [call["call_sid"] for call in data("--company", "acme")] == [SID]
    assert [call["call_sid"] for call in data("--limit", "1")] == [OTHER_SID]
    assert "No calls of company smith" in told("--company", "smith")


@pytest.mark.usefixtures("conversation")
def test_a_call_is_shown_as_it_was_spoken() -> None:
    text = told("show", SID)

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "0:07 caller do you fix pipes" in lines
    assert "agent Yes. Today. [knowledge:pipes, 0.8]" in lines
    assert "0:20 caller (dial ended: busy)" in lines
    assert "1:heard 1.500 0.020 1.520" in lines
    assert "0:05 partial text=do you [bold]fix" in lines
    assert "status completed, outcome message" in lines


def test_the_greeting_is_the_first_line(store: Callable[..., None]) -> None:
    store(entry("ringing", caller="anonymous", said=["Welcome."], why="open", stages={"send": 9}))

    text = told("show", SID)

    assert "anonymous called acme" in text
    assert "Welcome.  [open]" in text
    assert "said=" not in text


@pytest.mark.usefixtures("conversation")
def test_a_call_as_json_has_everything() -> None:
    call = data("show", SID)

    assert [turn["key"] for turn in call["turns"]] == ["1:heard", "2:heard"]
    assert call["turns"][0]["latency"] == {"decide": 1_500_000, "render": 20_000}
    assert [one["kind"] for one in call["entries"]] == ["ringing", "partial", "status"]
    assert [one["key"] for one in data("show", SID, "--limit", "1")["turns"]] == ["2:heard"]


@pytest.mark.usefixtures("conversation")
def test_an_unknown_call_is_an_error_that_says_where_to_look() -> None:
    for arguments in (["show", OTHER_SID], ["show", SID, "--company", "miller"]):
        result = run(*arguments)

        assert isinstance(result.exception, InvalidInput)
        assert "list those that are known with `clientsvia calls`" in str(result.exception)


def sids(*arguments: str) -> list[str]:
    return [call["call_sid"] for call in data(*arguments)]


@pytest.mark.usefixtures("conversation")
def test_calls_are_found_by_what_became_of_them_and_what_was_said(
    store: Callable[..., None],
) -> None:
    store(ringing(OTHER_SID, seconds=3600))
    recorded = {"type": "MessageRecorded", "url": "https://x/1"}
    store(step("1:recorded", OTHER_SID, seconds=3620, event=recorded, answered={}))

    for found in (
        ["--outcome", "message"],
        ["--text", "PIPES fix"],
        ["--until", "2026-11-23T12:30"],
        ["--not-recorded"],
    ):
        assert sids(*found) == [SID], found
    assert sids("--since", "2026-11-23T12:30") == sids("--recorded") == [OTHER_SID]
    assert sids("--caller", "+1 555 1234567") == [OTHER_SID, SID]
    assert sids("--live") == []
    assert "Leave an option away" in told("--text", "furniture")


def test_a_list_goes_on_after_a_place(store: Callable[..., None]) -> None:
    store(ringing(SID), ringing(OTHER_SID, seconds=5))

    (newest,) = data("--limit", "1")

    assert sids("--before", newest["place"]) == [SID]
    assert "No more calls" in told("--before", data()[-1]["place"])
    assert isinstance(run("--before", "CA1").exception, InvalidInput)


@pytest.mark.usefixtures("conversation")
def test_a_call_tells_where_it_would_go_today() -> None:
    assert data("show", SID)["route_today"] is None

    async def save() -> None:
        async with open_stores() as stores:
            await stores.companies.save([company("acme", "+12395551212")])

    asyncio.run(save())
    assert data("show", SID)["route_today"]["route"] == "message"
