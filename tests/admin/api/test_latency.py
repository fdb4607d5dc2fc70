from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from clientsvia.calls.ports import LogEntry

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PATH = "/companies/demo/latency"


async def wait(desk: Desk, company: str = "demo", *, days: float = 0) -> None:
    at = desk.services.clock.now() - timedelta(days=days)
    told = {"key": "1", "stages": {"parse": 2_000_000, "answer": 5_000_000}}
    desk.services.call_log.write(LogEntry("CA1", company, "timing", at, told))
    await desk.services.call_log.flush()


async def test_a_company_reads_its_own(desk: Desk) -> None:
    await wait(desk)
    await wait(desk, "globex")

    told = (await desk.api("GET", PATH, as_="reader")).json

    assert [(one["stage"], one["n"]) for one in told["stages"]] == [
        ("parse", 1),
        ("answer", 1),
        ("total", 1),
    ]
    assert told["stages"][-1]["max_ns"] == 7_000_000
    assert [one["company"] for one in told["companies"]] == ["demo"]
    assert told["times"][0]["at"].endswith(("-05:00", "-04:00"))


async def test_a_span_is_asked_for_with_its_offset(desk: Desk) -> None:
    await wait(desk, days=20)
    now = desk.services.clock.now()

    async def webhooks(since: float, until: float) -> int:
        begin, end = (quote((now - timedelta(days=one)).isoformat()) for one in (since, until))
        path = f"{PATH}?since={begin}&until={end}&per=hour"
        return sum(one["n"] for one in (await desk.api("GET", path)).json["times"])

    assert await webhooks(21, 19) == 1
    assert await webhooks(19, 0) == 0


@pytest.mark.parametrize(
    "query",
    [
        "since=2026-01-01T00:00:00Z&until=2026-11-01T00:00:00Z",
        "since=2026-01-01",
        "until=0001-01-01T00:00:00Z",
        "since=9999-12-31T23:59:59Z&until=9999-12-31T23:59:59.5Z",
        "since=0001-01-01T00:00:00Z&until=0001-01-02T00:00:00%2B14:00",
        "per=minute",
    ],
)
async def test_what_cannot_be_told_is_refused_with_its_remedy(desk: Desk, query: str) -> None:
    answer = await desk.api("GET", f"{PATH}?{query}")
    assert answer.status_code == 422
    assert answer.json["detail"]


async def test_administrators_read_all_companies(desk: Desk) -> None:
    await wait(desk)
    await wait(desk, "globex")

    told = (await desk.api("GET", "/latency", as_="administrator")).json

    assert [one["company"] for one in told["companies"]] == ["demo", "globex"]
    assert (await desk.api("GET", "/latency", as_="owner")).status_code == 403
