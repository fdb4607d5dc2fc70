"""A directory that follows its store, as in a server, and what to wait for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from clientsvia.companies.files import as_data, demo_profile
from clientsvia.companies.profile import CompanyProfile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from clientsvia.companies.company import Company
    from clientsvia.companies.directory import Directory


def company(slug: str, *numbers: Any, **fields: Any) -> CompanyProfile:
    data = as_data(demo_profile()) | {"slug": slug, "numbers": list(numbers)} | fields
    return CompanyProfile.model_validate(data)


@asynccontextmanager
async def following(directory: Directory, *, load: bool = True) -> AsyncIterator[None]:
    if load:
        await directory.load()
    task = asyncio.create_task(directory.follow())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - a directory tells nobody that it swapped
            await asyncio.sleep(0.001)


def slug_of(found: Company | None) -> str:
    return found.slug if found else ""
