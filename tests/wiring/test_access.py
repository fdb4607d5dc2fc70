from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from clientsvia.settings import load_settings
from clientsvia.wiring import build, first_sign_in, prepare
from tests.admin.access.guests import PASSWORD, join, sign_in
from tests.wiring.test_stores import store

if TYPE_CHECKING:
    from clientsvia.admin.access.ports import Link
    from clientsvia.settings import Settings

__all__ = ["store"]


async def _look(settings: Settings, url: str) -> Link | None:
    services = build(settings, [b"k" * 32])
    try:
        return await services.access.links.look(url.rpartition("/")[2])
    finally:
        await services.stop()


async def test_the_newest_start_has_the_link_of_the_first_administrator(
    store: dict[str, Any],
) -> None:
    settings = load_settings(**store)
    await asyncio.to_thread(prepare, settings)

    old, new = await first_sign_in(settings), await first_sign_in(settings)

    assert new.startswith("https://answers.example/link/")
    assert await _look(settings, old) is None
    found = await _look(settings, new)
    assert found is not None
    assert found.admin


async def test_there_is_no_such_link_once_there_is_an_administrator(store: dict[str, Any]) -> None:
    settings = load_settings(**store)
    services = build(settings, await asyncio.to_thread(prepare, settings))
    await join(services.access, "bob", admin=True)
    await services.stop()

    assert await first_sign_in(settings) == ""


async def test_a_store_in_memory_has_people_of_its_own_and_no_link() -> None:
    settings = load_settings(store="memory:")
    one, other = (build(settings, [b"k" * 32]) for _ in range(2))
    await join(one.access)

    assert await first_sign_in(settings) == ""
    assert await other.access.users.list() == []
    assert await one.access.signing_in.visitor(await sign_in(one.access, password=PASSWORD))
    await one.stop()
    await other.stop()
