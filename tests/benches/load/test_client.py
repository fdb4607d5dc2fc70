from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from benches.load.client import Client, WrongAnswer
from benches.load.wire import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benches.load.wire import Request

REQUESTS = requests(20, companies=4)
NAMES = [request.expected for request in REQUESTS]


@contextmanager
def _server(answer: Callable[[int], bytes]) -> Iterator[int]:
    """Answers the n-th request with what ``answer`` gives."""
    served = iter(range(10_000))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = answer(next(served))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def _endless() -> Iterator[Request]:
    return cycle(REQUESTS)


def test_every_request_of_a_closed_loop_is_answered_and_timed() -> None:
    everything = b" ".join(sorted(set(NAMES)))
    with _server(lambda _: everything) as port, Client(port, _endless(), 3) as client:
        assert client.first == everything
        latencies = client.closed(30)
    assert len(latencies) == 30
    assert all(latency > 0 for latency in latencies)


def test_an_open_loop_sends_at_its_rate_and_counts_from_when_a_request_was_due() -> None:
    with _server(lambda _: b"ok") as port, Client(port, _endless(), 3, b"ok") as client:
        latencies = client.open(20, rate=200)
    assert len(latencies) == 20


def test_an_answer_for_another_company_is_refused() -> None:
    with (
        _server(lambda at: NAMES[0] if at == 0 else b"x" * len(NAMES[0])) as port,
        Client(port, _endless(), 1) as client,
        pytest.raises(WrongAnswer, match="Plumbing Company"),
    ):
        client.closed(1)


def test_an_answer_of_another_length_is_refused() -> None:
    with (
        _server(lambda at: b"ok" if at == 0 else b"ok, and more") as port,
        Client(port, _endless(), 1, b"ok") as client,
        pytest.raises(WrongAnswer, match="like the first answer"),
    ):
        client.closed(1)
