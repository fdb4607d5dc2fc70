from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import StoreUnavailable
from clientsvia.notices.sightings import Sighting, Sightings
from clientsvia.providers.clock import SystemClock
from clientsvia.stores.memory.sightings import MemorySightingBook

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = "+12395551212"


class LockedBook(MemorySightingBook):
    """A book that cannot be written while it is ``locked``."""

    locked = True

    async def add(self, sightings: Sequence[Sighting]) -> None:
        if self.locked:
            raise StoreUnavailable("locked")
        await super().add(sightings)


async def test_what_was_seen_is_handed_on_once() -> None:
    book = MemorySightingBook()
    seen = Sightings(book, SystemClock())
    seen.good[NUMBER] = "acme"
    seen.refused("acme", NUMBER, "no signature")
    await seen.flush()
    (found,) = await book.of("acme")
    assert found.good_at is not None
    assert found.refused_at is not None
    assert found.reason == "no signature"
    assert seen.good == {}
    await seen.flush()
    assert list(await book.of("acme")) == [found]


async def test_a_store_that_fails_gets_it_later() -> None:
    book = LockedBook()
    seen = Sightings(book, SystemClock())
    seen.good[NUMBER] = "acme"
    seen.refused("acme", "+12395550001", "no signature")
    await seen.flush()
    assert list(await book.of("acme")) == []
    book.locked = False
    await seen.flush()
    assert len(await book.of("acme")) == 2
