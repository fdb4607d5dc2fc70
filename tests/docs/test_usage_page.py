"""The page about usage lists the prices as they are, and shows a month as it is printed."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from clientsvia.calls.money.prices import MODELS, VOICES, Prices
from clientsvia.calls.money.usage import Counts, UsageKey
from clientsvia.calls.ports import Usage
from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from tests.contracts.samples import company
from tests.docs.pages import ROOT, agrees, blocks

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = ROOT / "docs/usage.md"
TEXT = Usage("openai", "gpt-4.1-mini", 840_000, 400_000, 36_000, seconds=900.5)
VOICE = Usage("elevenlabs", "eleven_flash_v2_5", characters=152_000, seconds=250)
SHARES = {TEXT: (1200, 0.2), VOICE: (1100, 0.22)}


def test_every_price_is_listed() -> None:
    page = PAGE.read_text()
    for name, price in MODELS.items():
        row = f"| `{name}` | {price.input:g} | {price.cached:g} | {price.output:g} |"
        assert row in page, row
    for name, voice in VOICES.items():
        assert f"| `{name}` | {voice:g} |" in page, name


def test_a_month_looks_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_STORE", f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db")
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(tmp_path / "secret.key"))
    monkeypatch.setenv("COLUMNS", "140")

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([company(spend={"monthly_usd": 10})])
            await stores.usage.add({key(usage): counts(usage) for usage in SHARES}, {})

    asyncio.run(fill())
    printed = CliRunner().invoke(app, ["usage", "--month", "2026-11"]).stdout
    (shown,) = blocks("text", PAGE)
    assert agrees(shown.text, printed), printed
    for line in printed.splitlines():
        assert line.strip() in shown.text  # every figure as well


def key(usage: Usage) -> UsageKey:
    return UsageKey("acme", date(2026, 11, 18), usage.provider, usage.model)


def counts(usage: Usage) -> Counts:
    requests, share = SHARES[usage]
    price = Prices().nano_usd(usage)
    return Counts(
        requests,
        usage.input_tokens,
        usage.cached_tokens,
        usage.output_tokens,
        usage.characters,
        round(usage.seconds * 1000),
        price,
        discarded_nano_usd=round(price * share),
    )
