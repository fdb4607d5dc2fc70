"""Channels of Redis, listened to on a connection of their own."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from redis.asyncio.connection import AbstractConnection

    from clientsvia.stores.redis.link import Opener

log = structlog.get_logger(__name__)

SILENCE_S = 1.0
"""After this long without a word Redis is asked for one, and after as long again given up on."""

_PAUSE_S = 0.3


class Subscriptions:
    """Tells who listens that something was published; ``close`` it after.

    A message may be missed while there is no connection, so that listeners look by themselves now
    and then. Whether Redis answers is for the connection that asks it to tell.
    """

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._listeners: dict[str, list[asyncio.Event]] = {}
        self._changed = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self._readers: dict[str, Callable[[str], None]] = {}

    def read(self, channel: str, reader: Callable[[str], None]) -> None:
        """Have ``reader`` called with what each message says, once an event loop runs."""
        self._readers[channel] = reader
        self._listeners.setdefault(channel, [])
        self._changed.set()

    def start(self) -> None:
        """Begin to listen."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())

    @contextmanager
    def listen(self, channel: str) -> Iterator[asyncio.Event]:
        """An event that is set by each message, and once listening has begun (anew)."""
        self.start()
        told = asyncio.Event()
        listeners = self._listeners.setdefault(channel, [])
        listeners.append(told)
        self._changed.set()
        try:
            yield told
        finally:
            listeners.remove(told)
            if (
                not listeners
                and channel not in self._readers
                and self._listeners.get(channel) is listeners
            ):
                del self._listeners[channel]
                self._changed.set()

    async def close(self) -> None:
        """Listen no more."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None

    async def _keep(self) -> None:
        while True:
            with suppress(*self._opener.failures):
                await self._follow()
            await asyncio.sleep(_PAUSE_S)

    async def _follow(self) -> None:
        """Listen until the connection ends, which is raised."""
        connection = await self._opener.open()
        subscribing = asyncio.create_task(self._subscribe(connection))
        try:
            await self._hear(connection)
        finally:
            subscribing.cancel()
            await asyncio.wait({subscribing})
            await connection.disconnect(nowait=True)

    async def _subscribe(self, connection: AbstractConnection) -> None:
        """Keep the channels of this connection those that somebody listens to."""
        there: set[str] = set()
        while connection.is_connected:
            self._changed.clear()
            wanted = set(self._listeners)
            for command, channels in (
                ("SUBSCRIBE", wanted - there),
                ("UNSUBSCRIBE", there - wanted),
            ):
                if channels:
                    with suppress(*self._opener.failures):  # who reads notices it too
                        await connection.send_command(command, *channels, check_health=False)
            there = wanted
            await self._changed.wait()

    async def _hear(self, connection: AbstractConnection) -> None:
        silent = False
        while True:
            message = await connection.read_response(timeout=SILENCE_S)
            if message is not None:
                self._tell(message)
            elif silent:
                raise TimeoutError("nothing was heard")
            else:
                await connection.send_command("PING", check_health=False)
            silent = message is None

    def _tell(self, message: object) -> None:
        match message:
            case [b"message", bytes() as channel, bytes() as said]:
                self._read(channel.decode(), said)
                self._wake(channel)
            case [b"subscribe", bytes() as channel, *_]:
                self._wake(channel)

    def _read(self, channel: str, said: bytes) -> None:
        reader = self._readers.get(channel)
        if reader is None:
            return
        try:
            reader(said.decode())
        except Exception as error:  # noqa: BLE001 - one message must not end the listening to all
            log.warning("a message cannot be read", channel=channel, error=type(error).__name__)

    def _wake(self, channel: bytes) -> None:
        for told in self._listeners.get(channel.decode(), ()):
            told.set()
