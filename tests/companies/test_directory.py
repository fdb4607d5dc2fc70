"""Numbers to companies, in memory and fresh."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from clientsvia.companies.directory import Directory
from clientsvia.companies.routing import AccountState
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import ConfigurationError, StoreUnavailable
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.companies.following import company, following, slug_of, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import Removed, StoredProfile
    from clientsvia.companies.profile import CompanyProfile

NUMBER = "+12395551212"
OTHER = "+12395550100"


class Shaky(MemoryCompanies):
    """A store that fails when told to, and can lose a company."""

    failing = False

    async def all(self) -> Sequence[StoredProfile]:
        if self.failing:
            raise StoreUnavailable("the disk is gone: put it back")
        return await super().all()

    async def changes(self, after: int) -> Sequence[StoredProfile | Removed]:
        if self.failing:
            raise StoreUnavailable("the disk is gone: put it back")
        return await super().changes(after)

    def lose(self, slug: str) -> None:
        del self._stored[slug]


class Paged(MemoryCompanies):
    """A store of one company a page, in which something happens after the first."""

    def __init__(self, meanwhile: Sequence[CompanyProfile]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    async def pages(self) -> AsyncIterator[Sequence[StoredProfile]]:
        for item in await self.all():
            newest = await self.get(item.profile.slug)
            assert newest is not None
            yield [newest]
            await self.save(self._meanwhile)


async def test_a_company_is_found_by_each_of_its_numbers_and_by_slug() -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER, OTHER)])
    directory = Directory(store)
    assert not directory.loaded
    await directory.load()
    found = directory.find(NUMBER)
    assert found is not None
    assert found is directory.find(OTHER) is directory.by_slug("acme")
    assert (directory.loaded, len(directory), directory.companies()) == (True, 1, [found])


async def test_each_new_state_of_a_company_is_told_once() -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER), company("other", OTHER)])
    told: list[tuple[str, str]] = []
    directory = Directory(store, swapped=lambda new: told.append((new.slug, new.name)))
    async with following(directory):
        await directory.load()
        assert told == [("acme", "Gulf Breeze Plumbing"), ("other", "Gulf Breeze Plumbing")]
        await store.save([company("acme", NUMBER, name="New")])
        await until(lambda: len(told) > 2)
        await directory.load()
    assert told[2:] == [("acme", "New")]


async def test_inactive_companies_and_numbers_are_found_too() -> None:
    store = MemoryCompanies()
    off = {"number": NUMBER, "active": False}
    await store.save([company("acme", off), company("shut", OTHER, active=False)])
    directory = Directory(store)
    await directory.load()
    switched_off, inactive = directory.find(NUMBER), directory.find(OTHER)
    assert switched_off is not None
    assert NUMBER in switched_off.inactive_numbers
    assert inactive is not None
    assert inactive.account.state is AccountState.SUSPENDED


async def test_a_number_nobody_has_is_a_remembered_miss_until_somebody_gets_it() -> None:
    store = MemoryCompanies()
    directory = Directory(store)
    async with following(directory):
        assert directory.find(NUMBER) is None
        assert directory.find(NUMBER) is None
        await store.save([company("acme", NUMBER)])
        await until(lambda: directory.find(NUMBER) is not None)


async def test_a_change_swaps_the_whole_snapshot() -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER)])
    directory = Directory(store)
    async with following(directory):
        before = directory.find(NUMBER)
        await store.save([company("acme", OTHER, name="New name")])
        await until(lambda: directory.find(OTHER) is not None)
        after = directory.by_slug("acme")
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Gulf Breeze Plumbing", "New name")
    assert after.revision > before.revision
    assert directory.find(NUMBER) is None


async def test_a_number_moves_between_companies() -> None:
    store = MemoryCompanies()
    await store.save([company("a", NUMBER), company("b", OTHER)])
    directory = Directory(store)
    async with following(directory):
        await store.save([company("a", OTHER), company("b", NUMBER)])
        await until(lambda: slug_of(directory.find(NUMBER)) == "b")
        await until(lambda: slug_of(directory.find(OTHER)) == "a")


async def test_a_failing_store_is_logged_and_asked_again_while_calls_go_on() -> None:
    store = Shaky()
    await store.save([company("acme", NUMBER)])
    directory = Directory(store, retry_s=0.001)
    with capture_logs() as logs:
        await directory.load()
        store.failing = True
        async with following(directory, load=False):
            await until(lambda: bool(logs))
            assert slug_of(directory.find(NUMBER)) == "acme"
            store.failing = False
            await store.save([company("acme", OTHER)])
            await until(lambda: slug_of(directory.find(OTHER)) == "acme")
    assert "calls are answered from memory" in logs[0]["remedy"]


async def test_a_profile_that_does_not_compile_keeps_the_last_good_snapshot() -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER), company("b", OTHER)])
    directory = Directory(store)
    # As after an update of the machine that takes away a time zone.
    broken = company("acme", NUMBER).model_copy(update={"time_zone": "Atlantis/Capital"})
    with capture_logs() as logs:
        async with following(directory):
            await store.save([broken])
            await store.save([company("b", OTHER, name="Fine")])
            await until(lambda: getattr(directory.by_slug("b"), "name", "") == "Fine")
    assert slug_of(directory.find(NUMBER)) == "acme"
    assert [(line["company"], line["log_level"]) for line in logs] == [("acme", "error")]
    assert "correct the company's profile" in logs[0]["remedy"]


async def test_a_complete_reading_forgets_what_is_gone_and_serves_stale_entries() -> None:
    store = Shaky()
    await store.save([company("acme", NUMBER), company("b", OTHER)])
    directory = Directory(store, lifetime_s=0.0)
    await directory.load()
    assert slug_of(directory.find(NUMBER)) == "acme"
    store.lose("acme")
    async with following(directory, load=False):
        await until(lambda: directory.find(NUMBER) is None)
    assert directory.by_slug("acme") is None
    assert slug_of(directory.find(OTHER)) == "b"


async def test_an_entry_past_its_lifetime_is_found_while_the_store_is_down() -> None:
    store = Shaky()
    await store.save([company("acme", NUMBER)])
    directory = Directory(store, lifetime_s=0.0, retry_s=0.001)  # past it as soon as it is read
    await directory.load()
    store.failing = True
    with capture_logs() as logs:
        async with following(directory, load=False):
            await until(lambda: len(logs) > 3)  # changes and complete readings fail
            assert slug_of(directory.find(NUMBER)) == "acme"
            assert slug_of(directory.by_slug("acme")) == "acme"
            assert directory.find(OTHER) is None


class Locked(MemoryCompanies):
    """A store that for now cannot read one of its companies."""

    locked = ""

    async def all(self) -> Sequence[StoredProfile]:
        return [item for item in await super().all() if item.profile.slug != self.locked]

    async def get(self, slug: str) -> StoredProfile | None:
        if slug == self.locked:
            raise ConfigurationError("it cannot be read: add its key again")
        return await super().get(slug)


async def test_a_company_that_cannot_be_read_for_now_stays_as_it_was() -> None:
    store = Locked()
    await store.save([company("acme", NUMBER), company("b", OTHER)])
    directory = Directory(store)
    await directory.load()
    store.locked = "acme"
    await directory.load()
    assert [found.slug for found in directory.companies()] == ["acme", "b"]
    assert slug_of(directory.find(NUMBER)) == "acme"


@pytest.mark.parametrize("number", ["", "anonymous", "client:alice", "12395551212", "😀"])
async def test_what_is_no_number_belongs_to_nobody(number: str) -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER)])
    directory = Directory(store)
    await directory.load()
    assert directory.find(number) is None


async def test_a_change_between_two_pages_of_a_reading_is_not_missed() -> None:
    store = Paged(
        [company("acme", NUMBER, greeting="New."), company("zeta", OTHER, greeting="New.")]
    )
    await store.save([company("acme", NUMBER), company("zeta", OTHER)])
    directory = Directory(store)
    await directory.load()
    async with following(directory, load=False):
        await until(lambda: all(one.greeting == "New." for one in directory.companies()))


async def test_a_look_up_given_up_on_while_it_compiles_hides_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = [0.3, 0.0]

    def slowly(item: StoredProfile, now: datetime) -> Company:
        time.sleep(waits.pop(0))
        return compile_company(item, now)

    monkeypatch.setattr("clientsvia.companies.directory.compile_company", slowly)
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER)])
    directory = Directory(store)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await directory.load()
    await directory.load()
    assert slug_of(directory.find(NUMBER)) == "acme"


async def test_a_removed_company_is_nobodys_and_what_is_older_does_not_bring_it_back() -> None:
    store = MemoryCompanies()
    await store.save([company("acme", NUMBER), company("b", OTHER)])
    directory = Directory(store)
    await directory.load()
    async with following(directory):
        await store.remove("acme", by="jo")
        await until(lambda: directory.by_slug("acme") is None)
        assert directory.find(NUMBER) is None
        await store.save([company("b", OTHER, NUMBER)])
        await until(lambda: slug_of(directory.find(NUMBER)) == "b")
        await store.save([company("acme", name="Back")])
        await until(lambda: directory.by_slug("acme") is not None)
