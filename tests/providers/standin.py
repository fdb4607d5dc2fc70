"""The stand-in for OpenAI and ElevenLabs, in a thread of this process, on a free loopback port."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benches.standin.server import Standin, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benches.standin.behaviour import Behaviour


@contextmanager
def running(behaviour: Behaviour | None = None) -> Iterator[Standin]:
    """A stand-in that answers at once, unless told otherwise; its rules may change as it runs."""
    standin = Standin(behaviour)
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        async with serving(standin):
            ended = asyncio.Event()
            ready.set_result((asyncio.get_running_loop(), ended))
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    loop, ended = ready.result(10)
    try:
        yield standin
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
