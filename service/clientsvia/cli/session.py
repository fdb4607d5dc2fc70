"""The stores, opened for the length of one command."""

from __future__ import annotations

import asyncio
import getpass
import os
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import ConfigurationError, InvalidInput
from clientsvia.logs import configure_logging
from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare, store_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services, Stores

T = TypeVar("T")

IN_FORCE_S = 0.1
"""Workers see a commit within 50 ms: after twice that, the next webhook uses it."""


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The services of these settings with nothing running in the background.

    The demo company is not added: that is for ``serve``.
    """
    configure_logging(settings.log_level)  # what is logged must not mix with what is printed
    without_demo = settings.model_copy(update={"demo": False})
    services = build(settings, await asyncio.to_thread(prepare, without_demo))
    try:
        yield services
    finally:
        await services.stop()


@asynccontextmanager
async def open_stores(*, create: bool = False) -> AsyncIterator[Stores]:
    """The stores of this environment's settings, migrated and ready.

    Only with ``create`` a store that does not exist is made: a command that looks at one must not
    leave an empty one wherever it was started.
    """
    settings = load_settings()
    if not create:
        require_store(settings)
    async with open_services(settings) as services:
        yield services.stores


@asynccontextmanager
async def open_existing() -> AsyncIterator[Services]:
    """The services of this environment's settings, on a store that is there."""
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        yield services


def require_store(settings: Settings) -> None:
    """Raise ConfigurationError when the settings name a store that does not exist."""
    file = store_file(settings)
    if file is not None and not file.exists():
        raise ConfigurationError(
            f"there is no store at {file}: start where the service runs, or set CLIENTSVIA_STORE; "
            "a new one begins with 'clientsvia company import FILE' or 'clientsvia serve --demo'"
        )


async def stored_of(stores: Stores, slug: str) -> StoredProfile:
    """A company as it is stored; raises InvalidInput when there is none of this slug."""
    return _there_is(await stores.companies.get(slug), slug)


async def company_now(stores: Stores, slug: str) -> Company | None:
    """A company as it answers now; None where it is gone or cannot be read."""
    try:
        stored = await stores.companies.get(slug)
    except ConfigurationError:
        return None
    return compile_company(stored, datetime.now(UTC)) if stored else None


async def change(
    stores: Stores, slug: str, alter: Callable[[StoredProfile], CompanyProfile]
) -> StoredProfile:
    """Save what ``alter`` makes of a company, and return when it is in force."""
    saved = _there_is(await stores.companies.change(slug, alter, by=operator()), slug)
    await asyncio.sleep(IN_FORCE_S)
    return saved


def operator() -> str:
    """How the history names who gives commands here: by the name of their account."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # as in a container, whose user need not have a name
        user = f"user {os.getuid()}"
    return f"command line ({user})"


def _there_is(stored: StoredProfile | None, slug: str) -> StoredProfile:
    if stored is None:
        raise InvalidInput(f"no company is called {slug!r}: see 'clientsvia company list'")
    return stored


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's asynchronous part to its end."""
    return asyncio.run(work)
