"""``clientsvia caller`` on a store of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.caller import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput, InvalidNumber, InvalidProfile
from clientsvia.inbox.message import Message
from tests.contracts.samples import NOON, entry, step

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

NUMBER = "+12393334444"


@pytest.fixture(autouse=True)
def store(environment: Path) -> Path:
    """The demo, and one call to it."""

    async def ring() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])
            asked: dict[str, Any] = {
                "caller": NUMBER,
                "called": "+12395551212",
                "outcome": "answered",
            }
            stores.call_log.write(entry("ringing", "CA1", company="demo", **asked))
            await stores.call_states.commit(step("1:heard", "CA1", company="demo"))
            message = Message("demo", "CA1", NOON, NUMBER, reason="a [red] tap drips", urgent=True)
            await stores.messages.keep(message)

    asyncio.run(ring())
    return environment


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_json(*arguments: object) -> Any:
    return orjson.loads(run(*arguments, "--json").stdout)


def test_a_card_shows_name_notes_and_earlier_calls() -> None:
    run("name", "demo", "(239) 333-4444", "Jo Berg", "--notes", "prefers mornings")
    shown = run("show", "demo", "239 333 4444").stdout
    assert "urgent message (new)  a [red] tap drips" in shown
    for told in (NUMBER, "Jo Berg", "prefers mornings", "answered", "do you fix pipes", "CA1"):
        assert told in shown
    card = run_json("show", "demo", NUMBER)
    assert card["calls"][0]["asked"] == ["do you fix pipes"]


def test_a_caller_is_blocked_and_unblocked_and_each_is_a_revision_of_its_own() -> None:
    blocked = run_json("block", "demo", NUMBER)
    assert blocked["blocked"]
    assert "blocked" in run("show", "demo", NUMBER).stdout
    assert [caller["number"] for caller in run_json("list", "demo", "--blocked")] == [NUMBER]
    unblocked = run_json("unblock", "demo", NUMBER)
    assert unblocked["revision"] == blocked["revision"] + 1
    assert run_json("list", "demo") == []


def test_a_block_keeps_the_name() -> None:
    run("name", "demo", NUMBER, "Jo [Berg]")
    assert "Jo [Berg]) is blocked" in run("block", "demo", NUMBER).stdout
    assert "Jo [Berg]" in run("list", "demo").stdout


def test_notes_stay_unless_others_are_given() -> None:
    run("name", "demo", NUMBER, "Jo", "--notes", "kind")
    assert run_json("name", "demo", NUMBER, "Joanna")["notes"] == "kind"
    assert run_json("name", "demo", NUMBER, "Joanna", "--notes", "")["notes"] == ""


def test_an_empty_list_says_how_to_begin_one() -> None:
    assert "clientsvia caller name demo" in run("list", "demo").stdout


def test_callers_are_imported_from_a_table_after_a_look(store: Path) -> None:
    file = store / "callers.csv"
    file.write_text(f"number,name,blocked\n{NUMBER},Jo,\n(239) 333-5555,Spam Ltd,yes\n")
    preview = run("import", "demo", file, "--dry-run").stdout
    assert "Would be imported" in preview
    assert run_json("list", "demo") == []
    rows = run_json("import", "demo", file)
    assert [(row["number"], row["outcome"]) for row in rows] == [
        (NUMBER, "added"),
        ("+12393335555", "added"),
    ]
    file.write_text(f"number,name\n{NUMBER},Joanna\n(239) 333-5555,\n")
    assert [row["outcome"] for row in run_json("import", "demo", file)] == ["changed", "unchanged"]
    assert [caller["name"] for caller in run_json("list", "demo")] == ["Joanna", "Spam Ltd"]


def test_a_table_with_a_wrong_line_changes_nothing(store: Path) -> None:
    file = store / "callers.csv"
    file.write_text(f"number,name\n{NUMBER},Jo\nnonsense,Jo\n")
    with pytest.raises(InvalidProfile, match=r"callers.csv: line 3: .*country code"):
        run("import", "demo", file)
    assert run_json("list", "demo") == []
    file.write_bytes(b"number,name\n+12393334444,J\xf6\n")
    with pytest.raises(InvalidInput, match="UTF-8"):
        run("import", "demo", file)


def test_a_company_or_number_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        run("list", "nobody")
    with pytest.raises(InvalidNumber, match="country code"):
        run("block", "demo", "anonymous")
