"""A TCP proxy that delays what comes back, as a slow network or an overloaded server would."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Coroutine


class SlowProxy:
    """Hands on every byte, the server's later by ``delay_s``, which may be changed at any time."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._pumps: set[asyncio.Task[None]] = set()
        self.delay_s = 0.0
        self.port = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, to_there = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.close()
            return
        self._start(self._pump(reader, to_there, slow=False))
        self._start(self._pump(there, writer, slow=True))

    def _start(self, pump: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(pump)
        self._pumps.add(task)
        task.add_done_callback(self._pumps.discard)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool
    ) -> None:
        try:
            with suppress(OSError):
                while data := await reader.read(65_536):
                    if slow:
                        await asyncio.sleep(self.delay_s)
                    writer.write(data)
                    await writer.drain()
        finally:
            writer.close()

    async def close(self) -> None:
        for task in set(self._pumps):
            task.cancel()
        if self._pumps:
            await asyncio.wait(self._pumps)


@asynccontextmanager
async def slowed(port: int, tls: ssl.SSLContext | None = None) -> AsyncIterator[SlowProxy]:
    proxy = SlowProxy(port)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0, ssl=tls)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
