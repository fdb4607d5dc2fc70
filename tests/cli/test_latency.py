from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.errors import InvalidInput
from tests.contracts.samples import company, entry

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

DAY = 24 * 3600


@pytest.fixture(autouse=True)
def log(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Webhooks of two companies on 23 November, and of one on the day after."""
    monkeypatch.setenv("COLUMNS", "100")

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([company(), company("miller")])
            for number, (slug, seconds) in enumerate(
                (("acme", 0), ("acme", DAY), ("miller", 0), ("miller", 16 * 3600))
            ):
                stages = {"parse": 1_000_000, "answer": 20_000_000 + number * 10_000_000}
                line = entry("timing", f"CA{number}", seconds, slug, key="1", stages=stages)
                stores.call_log.write(line)

    asyncio.run(fill())
    return environment


def latency(*arguments: str) -> Result:
    given = ["calls", "latency", *arguments]
    return CliRunner().invoke(app, given, catch_exceptions=False)


NOVEMBER = ("--since", "2026-11-20", "--until", "2026-11-30")


def rows(result: Result) -> list[list[str]]:
    lines = [line for line in result.stdout.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_stages_companies_and_days_are_shown() -> None:
    shown = rows(latency(*NOVEMBER))

    assert [row[:2] for row in shown] == [
        ["parse", "4"],
        ["answer", "4"],
        ["total", "4"],
        ["acme", "2"],
        ["miller", "2"],
        ["2026-11-23", "2"],
        ["2026-11-24", "2"],
    ]
    assert shown[0][2:] == ["1.00", "1.00", "1.00", "1.00"]
    assert float(shown[1][2]) == pytest.approx(30, rel=0.02)
    assert shown[1][-1] == "50.00"


def test_one_company_has_its_own_clock_and_hours() -> None:
    shown = latency(*NOVEMBER, "--company", "miller", "--per", "hour")

    assert [row[0] for row in rows(shown)][3:] == ["2026-11-23 07:00", "2026-11-23 23:00"]
    assert "hour (America/New_York)" in shown.stdout


def test_json_holds_every_figure() -> None:
    data = orjson.loads(latency(*NOVEMBER, "--json").stdout)

    assert data["since"] == "2026-11-20T00:00:00+00:00"
    assert [one["stage"] for one in data["stages"]] == ["parse", "answer", "total"]
    assert data["stages"][0]["p50_ns"] == 1_000_000
    assert [(one["company"], one["n"]) for one in data["companies"]] == [("acme", 2), ("miller", 2)]
    assert data["times"][0]["at"] == "2026-11-23T00:00:00+00:00"


def test_a_time_without_calls_leads_to_the_calls() -> None:
    shown = latency("--since", "2026-10-01", "--until", "2026-10-02").stdout
    assert "No calls in that time" in shown


def test_an_unknown_company_and_a_span_too_long_are_refused() -> None:
    with pytest.raises(InvalidInput, match="nobody"):
        latency("--company", "nobody")
    with pytest.raises(InvalidInput, match="up to 92 days"):
        latency("--since", "2026-01-01", "--until", "2026-11-30")
