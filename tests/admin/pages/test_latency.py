from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clientsvia.admin.latency_report import Per
from clientsvia.admin.pages.latency import span_asked
from clientsvia.calls.ports import LogEntry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from clientsvia.calls.log_queries import Span, Timing
    from clientsvia.calls.ports import CallLog
    from tests.admin.desk import Desk, Page

PAGE = "/companies/demo/latency"
MS = 1_000_000


async def wait(desk: Desk, company: str = "demo", *, days: float = 0, **stages: int) -> None:
    """A webhook that took so many milliseconds, so many days ago."""
    at = desk.services.clock.now() - timedelta(days=days)
    told = {"key": "1", "stages": {name: spent * MS for name, spent in stages.items()}}
    desk.services.call_log.write(LogEntry("CA1", company, "timing", at, told))
    await desk.services.call_log.flush()


async def read(desk: Desk, path: str, as_: str = "owner") -> Page:
    """A page, once its log is read."""
    for _ in range(500):
        page = await desk.page(path, as_=as_)
        if "being read" not in page.text:
            return page
        await asyncio.sleep(0.01)
    pytest.fail("the log is being read for ever")


async def test_stages_are_told_with_their_percentiles(desk: Desk) -> None:
    await wait(desk, parse=2, answer=40)
    await wait(desk, "globex", parse=700)

    page = await read(desk, PAGE, "reader")

    assert "parse 1 2.0 ms 2.0 ms 2.0 ms 2.0 ms" in page.text
    assert "all stages 1 42 ms 42 ms 42 ms 42 ms" in page.text
    assert "700" not in page.text
    assert "<svg class=" in page.html
    assert "by day on the clock of America/New_York" in page.text


async def test_the_last_day_is_told_by_the_hour(desk: Desk) -> None:
    await wait(desk, parse=2)
    await wait(desk, parse=3, days=3)

    page = await read(desk, f"{PAGE}?days=1")

    assert "parse 1 2.0 ms" in page.text
    assert "by hour" in page.text
    assert page.fields["days"] == "1"


async def test_a_time_without_calls_says_what_to_do_next(desk: Desk) -> None:
    await wait(desk, parse=2, days=20)
    page = await read(desk, f"{PAGE}?days=7")
    assert "Nobody called in that time" in page.text
    assert "/companies/demo/try-it" in page.links
    assert "parse" in (await read(desk, f"{PAGE}?days=30")).text


async def test_a_log_that_is_still_read_is_said_to_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wait(desk, parse=2)
    open_, log = asyncio.Event(), desk.services.call_log
    timings = log.timings

    async def slow(
        _log: CallLog, span: Span, company: str | None = None
    ) -> AsyncIterator[Sequence[Timing]]:
        await open_.wait()
        async for chunk in timings(span, company):
            yield chunk

    monkeypatch.setattr(type(log), "timings", slow)
    page = await desk.page(PAGE)
    assert "The log is being read" in page.text
    assert f"{PAGE}?days=7" in page.links

    open_.set()
    assert "all stages 1" in (await read(desk, PAGE)).text


async def test_administrators_see_every_company(desk: Desk) -> None:
    await wait(desk, parse=2)
    await wait(desk, "globex", parse=6)

    page = await read(desk, "/latency", "administrator")

    assert "all stages 2" in page.text
    assert "demo 1 2.0 ms" in page.text
    assert "globex 1 6.0 ms" in page.text
    assert "/companies/globex/latency?days=7" in page.links
    assert (await desk.get("/latency", as_="owner")).status_code == 403


@pytest.mark.parametrize("chosen", ["7", "", "never"])
def test_days_begin_with_their_first_moment_on_the_companys_clock(chosen: str) -> None:
    now = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # still the 23rd in New York
    asked = span_asked(chosen, ZoneInfo("America/New_York"), now, "demo")
    assert asked.span.since == datetime(2026, 11, 17, 5, tzinfo=UTC)
    assert (asked.span.until, asked.per) == (now, Per.DAY)
