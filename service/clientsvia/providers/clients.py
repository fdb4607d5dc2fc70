"""Clients of providers, one for each account, kept with their connections and bounded in number."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from clientsvia.errors import ProviderFailed, ProviderUnreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from clientsvia.providers.accounts import Account

C = TypeVar("C")
_MENDED = "see SSL_CERT_FILE, SSL_CERT_DIR and HTTPS_PROXY in the service's environment"
_log = structlog.get_logger(__name__)

CLIENTS = 256
WARM_SECONDS = 60.0  # half of what a connection is kept for
WARMING = 16  # connections that are opened at once


@dataclass(slots=True)
class Held(Generic[C]):
    """A client in use by ``busy`` requests; ``knock`` opens its connection."""

    client: C
    knock: Callable[[], Awaitable[object]]
    close: Callable[[], Awaitable[object]]
    busy: int = 0
    used_at: float = -WARM_SECONDS


class Clients(Generic[C]):
    """Makes clients with ``make``, which may import and block: it is called in a thread."""

    def __init__(self, make: Callable[[Account], Held[C]], bound: int = CLIENTS) -> None:
        self._make = make
        self._bound = bound
        self._held: OrderedDict[Account, Held[C]] = OrderedDict()
        self._making = asyncio.Lock()
        self._warming: dict[Account, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def using(self, account: Account) -> AsyncIterator[C]:
        """The account's client, which is not closed meanwhile."""
        held = await self._get(account)
        held.busy += 1
        held.used_at = monotonic()
        try:
            yield held.client
        finally:
            held.busy -= 1

    def warm(self, account: Account) -> None:
        """Open a connection that the account's next request will use; returns at once.

        Nothing comes of it when it cannot be opened: who asks in earnest will hear why.
        """
        held = self._held.get(account)
        fresh = held is not None and monotonic() - held.used_at < WARM_SECONDS
        if fresh or account in self._warming or len(self._warming) >= WARMING:
            return
        task = self._warming[account] = asyncio.create_task(self._warm(account))
        task.add_done_callback(lambda _: self._warming.pop(account))

    async def _warm(self, account: Account) -> None:
        with suppress(asyncio.CancelledError):
            try:
                held = await self._get(account)
                held.used_at = monotonic()
                await held.knock()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next request meets it too
                _log.debug("no_connection_yet", error=type(error).__name__)

    async def load(self, account: Account) -> None:
        """Make the account's client now, import what it needs, and begin to connect.

        Where that fails, as with an unreadable SSL_CERT_FILE, whoever asks a question hears why.
        """
        with suppress(ProviderFailed):
            await self._get(account)
            self.warm(account)

    async def close(self) -> None:
        """Close every client and stop opening connections."""
        warming = list(self._warming.values())
        for task in warming:
            task.cancel()
        await asyncio.gather(*warming, return_exceptions=True)
        held = list(self._held.values())
        self._held.clear()
        await asyncio.gather(*(one.close() for one in held), return_exceptions=True)

    async def _get(self, account: Account) -> Held[C]:
        held = self._held.get(account)
        if held is None:
            async with self._making:
                held = self._held.get(account) or await self._made(account)
        self._held.move_to_end(account)
        return held

    async def _made(self, account: Account) -> Held[C]:
        # PERF: the first imports the provider's package, 0.5 s that no call is to stand still for.
        try:
            held = await asyncio.to_thread(self._make, account)
        except Exception as error:  # noqa: BLE001 - the environment's certificates and proxies
            found = f"no client can be made ({type(error).__name__})"
            raise ProviderUnreachable(found, _MENDED) from None
        self._held[account] = held
        idle = [key for key, one in self._held.items() if not one.busy and one is not held]
        for key in idle[: max(0, len(self._held) - self._bound)]:
            await self._held.pop(key).close()
        return held
