"""Who used what for one answer, however many tasks make it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.calls.money.tab import RUNNING, Tab
from clientsvia.calls.ports import Usage
from tests.calls.money.spending import CENT

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_what_comes_before_and_after_it_was_thrown_away_is_counted_once(demo: Company) -> None:
    tab, counted = Tab(), list[tuple[str, Usage]]()
    clip = Usage("elevenlabs", "eleven_flash_v2_5", characters=80)
    tab.note(demo, CENT)
    assert counted == []

    tab.discard(lambda company, usage: counted.append((company.slug, usage)))
    tab.note(demo, clip)

    assert counted == [("demo", CENT), ("demo", clip)]


async def test_tasks_that_a_task_began_use_its_tab_and_no_other(demo: Company) -> None:
    tabs = [Tab(), Tab()]

    async def use() -> None:
        tab = RUNNING.get()
        assert tab is not None
        tab.note(demo, CENT)

    async def make(tab: Tab) -> None:
        RUNNING.set(tab)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(use())
            tasks.create_task(use())

    await asyncio.gather(*(asyncio.create_task(make(tab)) for tab in tabs))

    for tab in tabs:
        counted: list[Usage] = []
        tab.discard(lambda _, usage, counted=counted: counted.append(usage))  # type: ignore[misc]
        assert counted == [CENT, CENT]
    assert RUNNING.get() is None
