"""Who changed what, told at the command line on a store of its own."""

from __future__ import annotations

import asyncio
import getpass
import os
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores, operator
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from pathlib import Path

ME = f"command line ({getpass.getuser()})"


@pytest.fixture
def two_states(environment: Path) -> Path:
    """The demo, renamed by somebody in a browser, and one thing that changed no profile."""

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            demo = demo_profile()
            await stores.companies.save([demo])
            renamed = demo.model_copy(update={"name": "Gulf Wind"})
            await stores.companies.save([renamed], by="jo@demo.example")
            await stores.audit.write(
                "recording heard", at=NOON, by="jo@demo.example", company="demo", subject="CA1"
            )

    asyncio.run(fill())
    return environment


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def run_json(*arguments: str) -> Any:
    return orjson.loads(run(*arguments, "--json"))


@pytest.mark.usefixtures("two_states")
def test_changes_are_listed_newest_first() -> None:
    newest, oldest = run_json("history", "list", "demo")
    assert (newest["by"], newest["fields"], newest["secrets"]) == ("jo@demo.example", ["name"], [])
    assert (oldest["by"], oldest["fields"]) == ("", [])
    assert run_json("history", "list", "demo", "--before", str(newest["revision"])) == [oldest]
    assert "jo@demo.example" in run("history", "list", "demo")


@pytest.mark.usefixtures("two_states")
def test_one_change_is_shown_field_by_field() -> None:
    told = run_json("history", "show", "demo", "2")
    change = {"field": "name", "before": "Gulf Breeze Plumbing", "after": "Gulf Wind"}
    assert told["changes"] == [change]
    assert told["before"] == 1
    shown = run("history", "show", "demo", "2")
    assert "revision 2" in shown
    assert "Gulf Wind" in shown


@pytest.mark.usefixtures("two_states")
def test_an_earlier_state_is_put_back_and_the_history_says_by_whom() -> None:
    would = run("history", "put-back", "demo", "1", "--dry-run")
    assert "Would be put back" in would
    assert len(run_json("history", "list", "demo")) == 2
    (change,) = run_json("history", "put-back", "demo", "1")
    assert change == {"field": "name", "before": "Gulf Wind", "after": "Gulf Breeze Plumbing"}
    assert run_json("history", "list", "demo")[0]["by"] == f"{ME} (put back revision 1)"
    assert run_json("company", "show", "demo")["profile"]["name"] == "Gulf Breeze Plumbing"


@pytest.mark.usefixtures("two_states")
def test_commands_that_change_a_company_say_who_gave_them() -> None:
    for command in (
        ("company", "suspend", "demo"),
        ("caller", "block", "demo", "+12393334444"),
        ("hours", "override", "demo", "closed"),
    ):
        run(*command)
        assert run_json("history", "list", "demo")[0]["by"] == ME
    assert run_json("history", "list", "demo")[0]["fields"] == ["hours.override"]


@pytest.mark.usefixtures("two_states")
def test_an_import_says_who_gave_it(two_states: Path) -> None:
    file = two_states / "demo.json"
    run("company", "export", "demo", "--output", str(file))
    file.write_bytes(orjson.dumps(orjson.loads(file.read_bytes()) | {"address": "1 Bay Road"}))
    run("company", "import", str(file))
    newest = run_json("history", "list", "demo")[0]
    assert (newest["by"], newest["fields"]) == (ME, ["address"])


@pytest.mark.usefixtures("two_states")
def test_what_changed_no_profile_is_listed_too() -> None:
    (entry,) = run_json("history", "log", "demo")
    assert (entry["act"], entry["by"], entry["subject"]) == (
        "recording heard",
        "jo@demo.example",
        "CA1",
    )
    assert run_json("history", "log", "miller") == []
    assert "recording heard" in run("history", "log")


@pytest.mark.usefixtures("two_states")
def test_who_names_what_is_not_there_is_told_where_to_look() -> None:
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        run("history", "list", "nobody")
    with pytest.raises(InvalidInput, match="clientsvia history list demo"):
        run("history", "show", "demo", "99")


def test_an_account_without_a_name_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert operator() == f"command line (user {os.getuid()})"
