"""A company's month, added up for people."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from clientsvia.admin.usage_report import (
    DayUsage,
    MonthUsage,
    as_data,
    days_of,
    month_usage,
    used_companies,
    with_calls,
)
from clientsvia.calls.log_queries import CallTotals
from clientsvia.calls.money.usage import Counts, Notice, UsageKey
from clientsvia.errors import InvalidInput
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.usage import MemoryUsage
from tests.conftest import OPEN
from tests.contracts.samples import entry, ringing

DOLLAR = Counts(requests=1, nano_usd=1_000_000_000, discarded_nano_usd=250_000_000)
DAYS = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)]


async def filled() -> MemoryUsage:
    book = MemoryUsage()
    for company in ("acme", "miller"):
        for model in ("b", "a"):
            keys = [UsageKey(company, day, "openai", model) for day in DAYS]
            await book.add(dict.fromkeys(keys, DOLLAR), {})
    await book.add({UsageKey("smith", DAYS[0], "openai", "a"): DOLLAR}, {})
    await book.notice(Notice("acme", "2026-11", 5.0, 80, OPEN))
    return book


async def test_a_month_is_that_of_its_days_by_model() -> None:
    used = await month_usage(await filled(), "acme", 5.0, "2026-11")
    assert [(one.provider, one.model, one.counts) for one in used.models] == [
        ("openai", "a", DOLLAR + DOLLAR),
        ("openai", "b", DOLLAR + DOLLAR),
    ]
    assert (used.total.requests, used.total.usd, used.cap_share) == (4, 4.0, 0.8)
    assert [notice.percent for notice in used.notices] == [80]


async def test_without_usage_or_cap_there_is_no_share() -> None:
    used = await month_usage(MemoryUsage(), "acme", 0, "2026-11")
    assert used == MonthUsage("acme", "2026-11", 0, (), ())
    assert (used.total, used.cap_share) == (Counts(), None)


async def test_the_calls_of_a_month_are_those_of_its_days_on_the_companys_clock() -> None:
    log, day = MemoryCallLog(CallMemory()), 24 * 3600
    midnight = 7 * day + 16 * 3600 + 1800  # after noon of 23 November: 04:30 UTC of 1 December
    for sid, began, took in (("CA1", 0, 90), ("CA2", 60, 30), ("CA3", midnight, 45)):
        log.write(ringing(sid, began))
        log.write(entry("status", sid, began + took, status="completed"))
    log.write(ringing("CA4", 0, "miller"))
    used = await month_usage(await filled(), "acme", 5.0, "2026-11")

    counted = await with_calls(used, log, ZoneInfo("America/New_York"))

    assert counted.calls == CallTotals(3, 165)
    assert counted.days == (
        DayUsage(DAYS[1], CallTotals(), DOLLAR + DOLLAR),
        DayUsage(date(2026, 11, 23), CallTotals(2, 120), Counts()),
        DayUsage(DAYS[2], CallTotals(1, 45), DOLLAR + DOLLAR),
    )
    in_utc = await with_calls(used, log, ZoneInfo("UTC"))
    assert in_utc.calls == CallTotals(2, 120)


async def test_a_month_as_data_has_the_same_figures_three_times() -> None:
    data = as_data(await month_usage(await filled(), "acme", 5.0, "2026-11"))
    for parts in (data["models"], data["days"]):
        assert sum(one["usd"] for one in parts) == data["total"]["usd"] == 4.0
        assert sum(one["requests"] for one in parts) == data["total"]["requests"] == 4


async def test_who_used_something_is_known_by_month() -> None:
    book = await filled()
    assert await used_companies(book, "2026-11") == ["acme", "miller"]
    assert await used_companies(book, "2026-10") == ["acme", "miller", "smith"]


def test_a_month_has_its_own_length() -> None:
    assert days_of("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize("month", ["", "November", "2026-13", "2026-11-01", "202611"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(InvalidInput, match="write it as 2026-11"):
        days_of(month)
