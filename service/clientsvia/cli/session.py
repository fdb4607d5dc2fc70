"""The stores, opened for the length of one command."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from clientsvia.settings import Settings
    from clientsvia.wiring import Services, Stores

T = TypeVar("T")


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The services of these settings with nothing running in the background."""
    services = build(settings, await asyncio.to_thread(prepare, settings))
    try:
        yield services
    finally:
        await services.stop()


@asynccontextmanager
async def open_stores() -> AsyncIterator[Stores]:
    """The stores of this environment's settings, migrated and ready."""
    async with open_services(load_settings()) as services:
        yield services.stores


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's asynchronous part to its end."""
    return asyncio.run(work)
