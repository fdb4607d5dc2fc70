from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from clientsvia.admin.calls_now import calls_today, live_calls, today
from clientsvia.calls.log_queries import CallTotals
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from tests.contracts.samples import NOON, entry, ringing


async def test_today_is_that_of_each_companys_own_clock() -> None:
    log = MemoryCallLog(CallMemory())
    evening = -9 * 3600  # 03:00 UTC: yesterday in New York, today in Berlin
    for sid, company in (("CA1", "acme"), ("CA2", "muller")):
        log.write(ringing(sid, evening, company))
        log.write(ringing(sid + "0", 0, company))
    zones = {"acme": "America/New_York", "muller": "Europe/Berlin", "quiet": "UTC"}

    counted = await calls_today(log, zones, NOON)

    assert {slug: total.calls for slug, total in counted.items()} == {
        "acme": 1,
        "muller": 2,
        "quiet": 0,
    }
    assert counted["quiet"] == CallTotals()


def test_a_day_begins_with_the_first_moment_the_clock_shows_of_it() -> None:
    zone = ZoneInfo("America/Santiago")  # on 2026-09-06 it goes from 23:59 to 01:00
    noon = datetime(2026, 9, 6, 12, tzinfo=zone)

    assert today(zone, noon).since.astimezone(UTC) == datetime(2026, 9, 6, 4, tzinfo=UTC)


async def test_calls_under_way_are_those_heard_of_within_the_limit() -> None:
    log = MemoryCallLog(CallMemory())
    for sid, company in (("CA1", "acme"), ("CA2", "acme"), ("CA3", "miller")):
        log.write(ringing(sid, company=company))
    log.write(entry("status", "CA2", 30, status="completed"))

    async def sids(minutes: int, company: str | None = None, **limit: int) -> list[str]:
        moment = NOON + timedelta(minutes=minutes)
        return [call.call_sid for call in await live_calls(log, moment, company, **limit)]

    assert await sids(9) == ["CA1", "CA3"]
    assert await sids(9, "acme") == ["CA1"]
    assert await sids(11) == []
    assert await sids(11, call_seconds=900) == ["CA1", "CA3"]
