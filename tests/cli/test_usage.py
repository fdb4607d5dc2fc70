from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.calls.money.usage import Counts, Notice, UsageKey
from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.errors import InvalidInput
from tests.conftest import OPEN
from tests.contracts.samples import company, entry, ringing

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

TEXT = UsageKey("acme", date(2026, 11, 18), "openai", "gpt-4.1-mini")
VOICE = UsageKey("acme", date(2026, 11, 19), "elevenlabs", "eleven_flash_v2_5")


@pytest.fixture(autouse=True)
def books(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """November of a company near its cap, and of one that is gone."""
    monkeypatch.setenv("COLUMNS", "140")

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([company(spend={"monthly_usd": 10}), company("miller")])
            counts = Counts(1200, 840_000, 400_000, 36_000, 0, 900_500, 3_000_000_000)
            spoken = Counts(1100, 0, 0, 0, 110_000, 250_000, 5_500_000_000, 9, 0, 9, 1_700_000_000)
            gone = UsageKey("gone", date(2026, 11, 1), "openai", "gpt-4.1-mini")
            await stores.usage.add({TEXT: counts, VOICE: spoken, gone: Counts(requests=1)}, {})
            stores.call_log.write(ringing())
            stores.call_log.write(entry("status", seconds=90, status="completed"))
            await stores.usage.notice(Notice("acme", "2026-11", 10.0, 80, OPEN))

    asyncio.run(fill())
    return environment


def usage(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["usage", *arguments], catch_exceptions=False)


def cells(result: Result) -> list[list[str]]:
    lines = [line for line in result.stdout.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_month_is_shown_by_model_with_its_cap() -> None:
    result = usage("--company", "acme", "--month", "2026-11")
    assert [" ".join(row) for row in cells(result)] == [
        "acme eleven_flash_v2_5 1,100 0 0 110,000 250.0 31% 5.5000 ",
        " gpt-4.1-mini 1,200 840,000 36,000 0 900.5 0% 3.0000 ",
        " all 2,300 840,000 36,000 110,000 1,150.5 20% 8.5000 85% of 10.00",
    ]
    assert "Usage in 2026-11" in result.stdout
    assert "acme: 1 call, 1.5 minutes" in result.stdout
    assert "acme: 80 % of 10.00 USD were used on 2026-11-18 15:00 UTC" in result.stdout


def test_every_company_is_shown_also_one_that_is_gone() -> None:
    assert [row[0] for row in cells(usage("--month", "2026-11")) if row[0]] == [
        "acme",
        "gone",
        "miller",
    ]
    assert [row[0] for row in cells(usage("--month", "2026-10"))] == ["acme", "miller"]


def test_the_present_month_is_that_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    monkeypatch.setenv("CLIENTSVIA_CLOCK_START", "2026-12-01T04:59:59+00:00")
    assert "Usage in 2026-11" in usage().stdout
    assert "8.5000" in usage().stdout
    monkeypatch.setenv("CLIENTSVIA_CLOCK_START", "2026-12-01T05:00:00+00:00")
    assert "Usage in 2026-12" in usage().stdout
    assert "8.5000" not in usage().stdout


def test_companies_in_different_months_have_tables_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def add() -> None:
        async with open_stores() as stores:
            await stores.companies.save([company("kiwi", time_zone="Pacific/Auckland")])

    asyncio.run(add())
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    monkeypatch.setenv("CLIENTSVIA_CLOCK_START", "2026-11-30T20:00:00+00:00")
    before, _, after = usage().stdout.partition("Usage in 2026-12")
    assert "miller" in before
    assert "kiwi" in after


def test_json_holds_every_figure() -> None:
    (acme,) = orjson.loads(usage("--company", "acme", "--month", "2026-11", "--json").stdout)
    assert (acme["company"], acme["month"], acme["cap_usd"]) == ("acme", "2026-11", 10)
    assert acme["cap_share"] == pytest.approx(0.85)
    assert acme["total"]["usd"] == 8.5
    assert acme["models"][0] == {
        "provider": "elevenlabs",
        "model": "eleven_flash_v2_5",
        "requests": 1100,
        "input_tokens": 0,
        "cached_tokens": 0,
        "output_tokens": 0,
        "characters": 110_000,
        "discarded": 9,
        "discarded_tokens": 0,
        "discarded_characters": 9,
        "seconds": 250.0,
        "discarded_share": pytest.approx(1.7 / 5.5),
        "usd": 5.5,
    }
    assert (acme["calls"], acme["call_seconds"]) == (1, 90)
    assert [one["day"] for one in acme["days"]] == ["2026-11-18", "2026-11-19", "2026-11-23"]
    assert acme["notices"] == [{"percent": 80, "cap_usd": 10.0, "at": "2026-11-18T15:00:00+00:00"}]


def test_a_table_for_spreadsheets_holds_every_company() -> None:
    printed = usage("--month", "2026-11", "--csv").stdout
    rows = [line.split(",")[:6] for line in printed.splitlines()]
    assert rows == [
        ["company", "day", "provider", "model", "calls", "minutes"],
        ["acme", "2026-11-18", "openai", "gpt-4.1-mini", "0", "0.0"],
        ["acme", "2026-11-19", "elevenlabs", "eleven_flash_v2_5", "0", "0.0"],
        ["acme", "2026-11-23", "calls", "", "1", "1.5"],
        ["gone", "2026-11-01", "openai", "gpt-4.1-mini", "0", "0.0"],
    ]


def test_an_unknown_company_and_a_wrong_month_are_refused() -> None:
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        usage("--company", "nobody")
    with pytest.raises(InvalidInput, match="write it as 2026-11"):
        usage("--month", "November")
