from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clientsvia.admin.usage_months import Months
from clientsvia.errors import InvalidInput
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.usage import MemoryUsage
from tests.contracts.samples import company


class Midnight:
    """Of 1 December in UTC."""

    def now(self) -> datetime:
        return datetime(2026, 12, 1, tzinfo=UTC)


MONTHS = Months(MemoryUsage(), MemoryCallLog(CallMemory()), Midnight())


async def test_the_present_month_is_that_of_the_companys_clock() -> None:
    assert (await MONTHS.month(company(), "")).month == "2026-11"
    kiwi = company(time_zone="Pacific/Auckland")
    assert (await MONTHS.month(kiwi, "")).month == "2026-12"
    assert (await MONTHS.month(kiwi, "2026-10")).month == "2026-10"


async def test_what_is_no_month_is_refused() -> None:
    with pytest.raises(InvalidInput, match="write it as 2026-11"):
        await MONTHS.month(company(), "November")


def test_calls_of_a_month_may_be_gone_when_its_beginning_is_longer_ago_than_they_are_kept() -> None:
    kept = company(privacy={"retention_days": 40})
    assert MONTHS.forgotten(kept, "2026-10")
    assert not MONTHS.forgotten(kept, "2026-11")
    assert not MONTHS.forgotten(company(privacy={"retention_days": 0}), "2020-01")
