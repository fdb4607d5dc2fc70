"""One open connection to Redis, on which many ask at once."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection

CONNECT_S = 1.0
"""How long a connection may take to open, with TLS and password; nobody waits for it that long."""


class LinkLost(Exception):
    """The connection ended, or was given up on; the text says why."""


class Opener:
    """Opens connections to one address.

    PERF: redis is imported when the first is built, 0.2 s and 12 MB that a host without it saves.
    """

    def __init__(self, url: str) -> None:
        from redis.asyncio.connection import Connection, parse_url  # noqa: PLC0415 - see above
        from redis.exceptions import NoScriptError, RedisError, ResponseError  # noqa: PLC0415

        options: dict[str, Any] = dict(parse_url(url))
        self._kind: type[AbstractConnection] = options.pop("connection_class", Connection)
        self._options = options
        self.place = f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
        self.refused = ResponseError
        self.script_unknown = NoScriptError
        self.failures = (RedisError, OSError, LinkLost)  # a TimeoutError is an OSError

    async def open(self) -> AbstractConnection:
        """An open connection, logged in, of which every reading waits as long as it is told to."""
        # Without its name and version two round trips fewer; without retries no hidden delay.
        connection = self._kind(
            **self._options,
            protocol=2,
            driver_info=None,
            socket_timeout=None,
            socket_connect_timeout=CONNECT_S,
        )
        try:
            async with asyncio.timeout(CONNECT_S):
                await connection.connect()  # type: ignore[no-untyped-call]
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        return connection


class Link:
    """Sends requests of any number of askers, and hands each its answer in the order of asking.

    PERF: who asks together shares the connection: no pool to wait for, and one who stops waiting
    does not cost the others their connection.
    """

    def __init__(self, connection: AbstractConnection, refused: type[Exception]) -> None:
        self._connection = connection
        self._refused = refused
        self._asked: deque[asyncio.Future[Any]] = deque()
        self._reading = asyncio.create_task(self._read())
        self._end: Exception | None = None

    async def send(self, command: tuple[Any, ...]) -> asyncio.Future[Any]:
        """Send a command; the future holds its answer, be it an exception, as its result."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._end is not None or not self._connection.is_connected:
            answer.set_result(self._end or LinkLost("it was closed"))
            return answer
        self._asked.append(answer)
        packed = self._connection.pack_command(*command)
        await self._connection.send_packed_command(packed, check_health=False)
        return answer

    def give_up(self, why: Exception) -> None:
        """Use the connection no more; everybody who waits gets ``why``."""
        self._end = self._end or why
        while self._asked:
            self._settle(self._end)
        self._reading.cancel()

    async def ended(self) -> None:
        """Wait for the end of the connection; everybody who waits is told why it ended."""
        await asyncio.wait({self._reading})
        failed = None if self._reading.cancelled() else self._reading.exception()
        self.give_up(failed if isinstance(failed, Exception) else LinkLost("it was closed"))

    async def close(self) -> None:
        """Close the connection."""
        self.give_up(LinkLost("it was closed"))
        await self.ended()
        await self._connection.disconnect(nowait=True)

    async def _read(self) -> None:
        while True:
            try:
                answer = await self._connection.read_response(timeout=math.inf)
            except self._refused as refusal:
                answer = refusal
            self._settle(answer)

    def _settle(self, answer: object) -> None:
        waiting = self._asked.popleft()
        if not waiting.done():
            waiting.set_result(answer)
