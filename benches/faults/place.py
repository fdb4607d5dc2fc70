"""The service with its companies, and hands on everything it depends on."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import orjson

from benches.conversation.household import household
from benches.faults.questions import canary
from benches.faults.troubles import HEALTHY
from clientsvia.companies.files import as_data, demo_profile
from tests.slow_proxy import SlowProxy, slowed
from tests.valkey import Valkey, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benches.conversation.household import Household
    from benches.faults.troubles import Phase

MODEL, VOICE = "gpt-4.1-mini", "eleven_flash_v2_5"
SLOW_S = 0.15


@dataclass(frozen=True, slots=True)
class Firm:
    """A company of the run: what only its callers may hear, and the key that only it may use."""

    number: str
    canary: str
    key: str

    @property
    def key_digest(self) -> str:
        """As the stand-in notes it in a clip."""
        return sha256(self.key.encode()).hexdigest()[:8]


class Place:
    """The running service, whose providers and Redis can be made to misbehave."""

    def __init__(self, home: Household, valkey: Valkey, proxy: SlowProxy) -> None:
        self.home = home
        self._valkey = valkey
        self._proxy = proxy
        self._redis = "up"

    async def enter(self, phase: Phase) -> None:
        """Behave as a phase says."""
        await asyncio.to_thread(self._behave, MODEL, {**HEALTHY, **phase.model})
        await asyncio.to_thread(self._behave, VOICE, {**HEALTHY, **phase.voice})
        self._proxy.delay_s = SLOW_S if phase.redis == "slow" else 0.0
        if phase.redis != self._redis:
            await asyncio.to_thread(self._change, phase.redis)

    def _behave(self, model: str, behaviour: dict[str, object]) -> None:
        order = Request(
            f"{self.home.standin}/control",
            orjson.dumps({"model": model, "behaviour": behaviour}),
            method="POST",
        )
        with urlopen(order, timeout=10):
            pass

    def _change(self, redis: str) -> None:
        if self._redis == "killed":
            self._valkey.start()
        if self._redis == "frozen":
            self._valkey.thaw()
        if redis == "killed":
            self._valkey.kill()
        if redis == "frozen":
            self._valkey.freeze()
        self._redis = redis


@contextmanager
def place(directory: Path, firms: int, *, proxied: bool) -> Iterator[tuple[Place, list[Firm]]]:
    """Everything running, with so many companies; ``proxied`` where Redis is to be slow."""
    companies = [
        Firm(f"+1239555{2000 + number}", canary(number), f"sk-of-{canary(number)}")
        for number in range(firms)
    ]
    with ExitStack() as things:
        valkey = things.enter_context(running())
        proxy = things.enter_context(_proxied(valkey.port))
        home = things.enter_context(
            household(
                directory,
                behaviour={},
                firms=[_profile(firm) for firm in companies],
                redis_url=proxy.url if proxied else valkey.url,
                openai_model=MODEL,
                elevenlabs_model=VOICE,
            )
        )
        here = Place(home, valkey, proxy)
        yield here, companies


def _profile(firm: Firm) -> dict[str, object]:
    profile = as_data(demo_profile())
    for entry in profile["knowledge"]:
        entry["answer"] += f" So it is for {entry['id']} at {firm.canary}."
    return profile | {
        "slug": firm.canary.lower(),
        "name": f"{firm.canary} Plumbing",
        "numbers": [firm.number],
        "ai": {"api_key": firm.key},
        "voice": {"api_key": firm.key},
    }


@contextmanager
def _proxied(port: int) -> Iterator[SlowProxy]:
    """A proxy in a loop of its own, which no caller holds up."""
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, SlowProxy]] = Future()

    async def run() -> None:
        async with slowed(port) as proxy:
            ended = asyncio.Event()
            ready.set_result((asyncio.get_running_loop(), ended, proxy))
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    loop, ended, proxy = ready.result(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
