"""Names of clips for tests, as short as a test can read them."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clientsvia.calls.ports import Clips


def clip(owner: str, sentence: str) -> str:
    """A name as the service makes them: all clips of an owner begin alike."""
    whose, what = (hashlib.sha256(text.encode()).hexdigest() for text in (owner, sentence))
    return whose[:16] + what[16:]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Return once it holds; a store tells nobody of time that passed."""
    async with asyncio.timeout(5):
        while not await condition():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)


async def until_held(clips: Clips, name: str) -> None:
    """Return once the store holds a clip."""

    async def held() -> bool:
        return clips.holds(name)

    await until(held)
