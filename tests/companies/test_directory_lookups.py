"""Numbers that no company in memory has: looked up in the store behind the call's back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.companies.directory import Directory
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.companies.following import company, following, slug_of, until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.ports import StoredProfile

NUMBER = "+12395551212"
OTHER = "+12395550100"


class Silent(MemoryCompanies):
    """A store whose notices of changes get lost, and that counts who asks for a number."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[str] = []
        self.failing = False

    async def changes(self, after: int) -> Sequence[StoredProfile]:
        del after
        return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]  # never

    async def owner_of(self, number: str) -> str | None:
        self.looks.append(number)
        if self.failing:
            raise StoreUnavailable("the disk is gone: put it back")
        return await super().owner_of(number)


async def test_a_number_whose_notice_got_lost_is_found_by_the_next_call() -> None:
    store = Silent()
    directory = Directory(store)
    async with following(directory):
        await store.save([company("acme", NUMBER)])
        assert directory.find(NUMBER) is None
        await until(lambda: slug_of(directory.find(NUMBER)) == "acme")
        assert store.looks == [NUMBER]
        assert slug_of(directory.by_slug("acme")) == "acme"


async def test_what_was_looked_up_hides_no_earlier_change() -> None:
    store = MemoryCompanies()
    directory = Directory(store)
    await directory.load()
    await store.save([company("first", OTHER)])
    await store.save([company("second", NUMBER)])
    assert directory.find(NUMBER) is None
    await until(lambda: directory.find(NUMBER) is not None)
    async with following(directory, load=False):
        await until(lambda: slug_of(directory.find(OTHER)) == "first")


async def test_a_number_nobody_has_is_looked_up_once_however_many_call_it() -> None:
    store = Silent()
    directory = Directory(store)
    await directory.load()
    for _ in range(1_000):
        assert directory.find(NUMBER) is None
        await asyncio.sleep(0)
    assert store.looks == [NUMBER]


async def test_a_flood_of_unknown_numbers_starts_few_lookups() -> None:
    store = Silent()
    directory = Directory(store)
    await directory.load()
    for at in range(10_000):
        assert directory.find(f"+1239555{at:04}") is None
    assert len(asyncio.all_tasks()) < 16
    await asyncio.sleep(0)
    assert len(store.looks) == 8


async def test_a_number_is_looked_up_again_after_the_store_failed() -> None:
    store = Silent()
    directory = Directory(store)
    await directory.load()
    await store.save([company("acme", NUMBER)])
    store.failing = True
    assert directory.find(NUMBER) is None
    await until(lambda: len(store.looks) == 1)
    store.failing = False
    await until(lambda: slug_of(directory.find(NUMBER)) == "acme")
