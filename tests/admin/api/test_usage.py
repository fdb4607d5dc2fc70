from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import Counts, Notice, UsageKey
from tests.conftest import OPEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PATH = "/companies/demo/usage"


async def test_a_month_is_told_by_model_and_day(desk: Desk) -> None:
    book = desk.services.stores.usage
    key = UsageKey("demo", date(2026, 11, 18), "openai", "gpt-4.1-mini")
    await book.add({key: Counts(3, 900, 0, 60, 0, 1500, 2_500_000_000)}, {})
    await book.notice(Notice("demo", "2026-11", 3.0, 80, OPEN))

    told = (await desk.api("GET", f"{PATH}?month=2026-11", as_="reader")).json

    assert (told["month"], told["total"]["usd"], told["calls"]) == ("2026-11", 2.5, 0)
    assert [(one["model"], one["requests"]) for one in told["models"]] == [("gpt-4.1-mini", 3)]
    assert [(one["day"], one["input_tokens"]) for one in told["days"]] == [("2026-11-18", 900)]
    assert [one["percent"] for one in told["notices"]] == [80]


async def test_the_present_month_needs_no_word(desk: Desk) -> None:
    answer = await desk.api("GET", PATH)
    assert answer.status_code == 200
    assert answer.json["days"] == []


async def test_what_is_no_month_is_refused(desk: Desk) -> None:
    for month in ("November", "2026-13", "0000-01"):
        answer = await desk.api("GET", f"{PATH}?month={month}")
        assert answer.status_code == 422, month
        assert answer.json["detail"]
