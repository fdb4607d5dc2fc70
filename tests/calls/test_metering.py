from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.calls.metering import Metered, metering
from clientsvia.calls.ports import Usage
from clientsvia.calls.prices import Prices
from clientsvia.calls.spending import Ledger
from clientsvia.providers.clock import StartedClock
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

ONE, OTHER = Usage("openai", "one", output_tokens=1), Usage("openai", "other", output_tokens=2)


async def test_each_answer_has_what_was_used_for_it_in_whichever_task(demo: Company) -> None:
    spending = Metered(Ledger(Prices(), StartedClock(OPEN)))

    async def used_in(usage: Usage) -> list[Usage]:
        used: list[Usage] = []
        with metering(used):
            await asyncio.create_task(later(usage))
        return used

    async def later(usage: Usage) -> None:
        await asyncio.sleep(0)
        spending.add(demo, usage)

    one, other = await asyncio.gather(used_in(ONE), used_in(OTHER))
    assert (one, other) == ([ONE], [OTHER])


def test_what_belongs_to_no_answer_is_counted_all_the_same(demo: Company) -> None:
    ledger = Ledger(Prices(), StartedClock(OPEN))
    Metered(ledger).add(demo, Usage("openai", "gpt-4.1-mini", output_tokens=1_000_000))
    assert ledger.spent(demo) > 0
