from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import Counts, UsageKey
from clientsvia.calls.ports import LogEntry

if TYPE_CHECKING:
    from datetime import datetime

    from tests.admin.desk import Desk

PAGE = "/companies/demo/usage"


def now(desk: Desk) -> datetime:
    return desk.services.clock.now()


async def use(desk: Desk, company: str = "demo", at: datetime | None = None) -> None:
    """One call of ninety seconds, answered by a model."""
    begun, services = at or now(desk), desk.services
    services.call_log.write(LogEntry("CA1", company, "ringing", begun, {"caller": "+12025550142"}))
    ended = begun + timedelta(seconds=90)
    services.call_log.write(LogEntry("CA1", company, "status", ended, {"status": "completed"}))
    await services.call_log.flush()
    counts = Counts(1200, 840_000, 0, 36_000, 5, 900, 3_500_000_000, 7, 70, 0, 700_000_000)
    key = UsageKey(company, begun.date(), "openai", "gpt-4.1-mini")
    await services.stores.usage.add({key: counts}, {})


async def test_a_month_is_told_in_minutes_tokens_characters_and_money(desk: Desk) -> None:
    await use(desk)
    await use(desk, "globex")

    page = await desk.page(PAGE, as_="reader")

    for told in ("1.5 minutes in 1 call", "$3.50 without a cap", "20 % of the cost, $0.7000"):
        assert told in page.text
    assert "gpt-4.1-mini openai 1,200 840,000 36,000 5 20 % $3.50" in page.text
    assert page.html.count("<svg") == 2
    assert f"{PAGE}.csv?month={page.fields['month']}" in page.links


async def test_calls_that_cost_nothing_are_told_with_their_minutes(desk: Desk) -> None:
    begun = now(desk)
    log = desk.services.call_log
    log.write(LogEntry("CA1", "demo", "ringing", begun, {"caller": "+12025550142"}))
    ended = begun + timedelta(seconds=90)
    log.write(LogEntry("CA1", "demo", "status", ended, {"status": "completed"}))
    await log.flush()

    page = await desk.page(PAGE)

    assert "1.5 minutes in 1 call" in page.text
    assert page.html.count("<svg") == 1


async def test_a_month_without_anything_says_what_to_do_next(desk: Desk) -> None:
    page = await desk.page(f"{PAGE}?month=2025-01")
    assert "Nothing was used in 2025-01" in page.text
    assert "/companies/demo/try-it" in page.links
    assert page.fields["month"] == "2025-01"


async def test_what_is_no_month_is_refused_with_its_remedy(desk: Desk) -> None:
    answer = await desk.get(f"{PAGE}?month=November")
    assert answer.status_code == 422
    assert "write it as 2026-11" in answer.text


async def test_a_cap_that_is_nearly_used_up_is_told(desk: Desk) -> None:
    await use(desk)

    async def cap(amount: float) -> str:
        await desk.services.companies.change(
            "demo",
            lambda stored: stored.profile.model_copy(
                update={"spend": stored.profile.spend.model_copy(update={"monthly_usd": amount})}
            ),
        )
        return (await desk.page(PAGE)).text

    assert "88 % of the cap is used" in await cap(4)
    assert "The cap is reached" in await cap(3.5)
    assert "of the cap is used" not in await cap(10)


async def test_a_month_of_which_calls_were_deleted_says_so(desk: Desk) -> None:
    old = (now(desk) - timedelta(days=200)).strftime("%Y-%m")
    await use(desk, at=now(desk) - timedelta(days=200))
    assert "Calls are deleted after 90 days" in (await desk.page(f"{PAGE}?month={old}")).text
    assert "Calls are deleted" not in (await desk.page(PAGE)).text


async def test_the_month_is_downloaded_as_a_table(desk: Desk) -> None:
    await use(desk)
    month = f"{now(desk):%Y-%m}"

    answer = await desk.get(f"{PAGE}.csv?month={month}")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="demo-{month}.csv"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert [line.split(",")[2] for line in answer.text.splitlines()] == [
        "provider",
        "calls",
        "openai",
    ]
