from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.calls import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput
from tests.contracts.samples import OTHER_SID, SID, ringing, step

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def calls(environment: Path) -> Path:
    """A call of the demo with a question, and one of a company that is gone."""

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])
            stores.call_log.write(ringing(company="demo"))
            await stores.call_states.commit(
                step(
                    "1:heard",
                    company="demo",
                    event={"type": "Heard", "text": "how can I pay?", "confidence": 0.9},
                    answered={"said": ["In shells."], "source": "knowledge:old", "why": "0.8",
                              "next": {"type": "Listen"}},
                )
            )  # fmt: skip
            stores.call_log.write(ringing(OTHER_SID, company="gone"))

    asyncio.run(fill())
    return environment


def test_a_call_is_shown_beside_what_it_would_be_now(calls: Path) -> None:
    result = CliRunner().invoke(app, ["replay", SID], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    words = " ".join(result.output.split())
    assert "how can I pay?" in words
    assert "In shells." in words
    assert "knowledge:payment" in words
    assert "turns would go differently" in words
    assert (calls / "clientsvia.db").exists()


def test_json_names_the_differences(calls: Path) -> None:
    again = orjson.loads(CliRunner().invoke(app, ["replay", SID, "--json"]).stdout)
    (_, pair) = again["pairs"]
    assert (again["same"], again["company"]) == (False, "demo")
    assert pair["differences"] == ["said", "source"]
    assert (calls / "clientsvia.db").exists()


def test_a_replay_leaves_the_log_as_it_was(calls: Path) -> None:
    before = CliRunner().invoke(app, ["--json"]).stdout
    CliRunner().invoke(app, ["replay", SID, "--at", "2026-12-25T15:00"])
    assert CliRunner().invoke(app, ["--json"]).stdout == before
    assert (calls / "clientsvia.db").exists()


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (["CA99"], "no such call has the SID CA99"),
        ([SID, "--company", "other"], "no such call"),
        ([OTHER_SID], "company 'gone' is gone"),
        ([SID, "--at", "soon"], "'soon' is no moment"),
    ],
)
def test_what_cannot_be_played_is_told(calls: Path, arguments: list[str], match: str) -> None:
    result = CliRunner().invoke(app, ["replay", *arguments])
    assert isinstance(result.exception, InvalidInput)
    assert match in str(result.exception)
    assert calls.exists()
