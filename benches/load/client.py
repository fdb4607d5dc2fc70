"""A load client on raw sockets: about 10 us of its own per request, on its own core.

Every answer is checked: its status, its length, and that it speaks of the company called.
"""

from __future__ import annotations

import select
import socket
from array import array
from dataclasses import dataclass
from time import perf_counter_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from benches.load.wire import Request

TIMEOUT_S = 20.0
OK = b"HTTP/1.1 200"
READ = 65_536


class WrongAnswer(Exception):
    """A server answered something else than it was asked for."""


@dataclass(slots=True)
class _Waiting:
    """What a connection is waiting for; ``since`` in nanoseconds."""

    request: Request
    since: int
    got: bytes = b""


class Client:
    """Keep-alive connections to one server, used in a closed or in an open loop.

    ``body`` is part of every answer; without one, an answer has what its request expects.
    """

    def __init__(
        self, port: int, requests: Iterator[Request], connections: int, body: bytes = b""
    ) -> None:
        self._requests = requests
        self._body = body
        self._poll = select.epoll()
        self._sockets = {}
        for _ in range(connections):
            one = socket.create_connection(("127.0.0.1", port), TIMEOUT_S)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets[one.fileno()] = one
            self._poll.register(one, select.EPOLLIN)
        self._length, self.first = self._ask(next(iter(self._sockets.values())))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._poll.close()
        for one in self._sockets.values():
            one.close()

    def _ask(self, one: socket.socket) -> tuple[int, bytes]:
        """The length of an answer with its head, and its body: all others must be as long."""
        request = next(self._requests)
        one.sendall(request.sent)
        got = b""
        while (whole := _whole_length(got)) is None or len(got) < whole:
            if not (data := one.recv(READ)):
                raise WrongAnswer(f"the server hung up after {got!r}")
            got += data
        _check(self._body or request.expected, got)
        return len(got), got.partition(b"\r\n\r\n")[2]

    def closed(self, count: int) -> array[int]:
        """Latencies in ns of ``count`` requests, each sent when one before it was answered."""
        latencies: array[int] = array("q")
        waiting = {fd: self._send(fd, perf_counter_ns()) for fd in list(self._sockets)[:count]}
        left = count - len(waiting)
        while waiting:
            for fd, _ in _events(self._poll):
                now = self._answered(fd, waiting)
                if not now:
                    continue
                latencies.append(now - waiting[fd].since)
                if left > 0:
                    left -= 1
                    waiting[fd] = self._send(fd, perf_counter_ns())
                else:
                    del waiting[fd]
        return latencies

    def open(self, count: int, rate: float) -> array[int]:
        """Latencies in ns of ``count`` requests sent ``rate`` a second, whatever was answered.

        Each counts from when it was due, so a server that stalls is not spared those that wait.
        """
        latencies: array[int] = array("q")
        waiting: dict[int, _Waiting] = {}
        idle = list(self._sockets)
        between = int(1e9 / rate)
        due, sent = perf_counter_ns() + between, 0
        while len(latencies) < count:
            now = perf_counter_ns()
            if sent < count and now >= due and idle:
                fd = idle.pop()
                waiting[fd] = self._send(fd, due)
                sent, due = sent + 1, due + between
            # PERF: never sleeps; being woken up would cost more than what is measured.
            for fd, _ in self._poll.poll(0):
                if now := self._answered(fd, waiting):
                    latencies.append(now - waiting.pop(fd).since)
                    idle.append(fd)
            if now - due > TIMEOUT_S * 1e9:
                raise WrongAnswer(f"no answer for {TIMEOUT_S:.0f} s")
        return latencies

    def _answered(self, fd: int, waiting: dict[int, _Waiting]) -> int:
        """When the answer that a connection waits for was whole; 0 if it is not yet."""
        data = self._sockets[fd].recv(READ)
        now = perf_counter_ns()
        return now if _finished(waiting[fd], data, self._length, self._body) else 0

    def _send(self, fd: int, since: int) -> _Waiting:
        request = next(self._requests)
        self._sockets[fd].sendall(request.sent)
        return _Waiting(request, since)


def _events(poll: select.epoll) -> list[tuple[int, int]]:
    events = poll.poll(TIMEOUT_S)
    if not events:
        raise WrongAnswer(f"no answer for {TIMEOUT_S:.0f} s")
    return events


def _finished(waiting: _Waiting, data: bytes, length: int, body: bytes) -> bool:
    """Whether the answer is whole, which is then checked."""
    if not data:
        raise WrongAnswer(f"the server hung up after {waiting.got!r}")
    waiting.got += data
    if len(waiting.got) < length and _whole_length(waiting.got) in {None, length}:
        return False
    if len(waiting.got) != length:
        raise WrongAnswer(f"not {length} bytes like the first answer: {waiting.got!r}")
    _check(body or waiting.request.expected, waiting.got)
    return True


def _check(expected: bytes, got: bytes) -> None:
    if not got.startswith(OK) or expected not in got:
        raise WrongAnswer(f"not 200 with {expected!r}: {got!r}")


def _whole_length(got: bytes) -> int | None:
    """The length of an answer, head included, once its head is there."""
    head, separator, _ = got.partition(b"\r\n\r\n")
    if not separator:
        return None
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return len(head) + len(separator) + int(value)
    raise WrongAnswer(f"no Content-Length: {head!r}")
