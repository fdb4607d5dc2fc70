"""What servers and proxies may send, and what attackers do: every caller still gets TwiML."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey

BODY = b"Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"
HEAD = (
    b"Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
)


def exchanged(service: Service, request: bytes) -> bytes:
    """Everything the service sends back for these bytes."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as line:
        line.sendall(request)
        answer = b""
        while chunk := line.recv(65_536):
            answer += chunk
    return answer


def post(version: bytes, headers: bytes, body: bytes) -> bytes:
    return b"POST /api/twilio/voice HTTP/" + version + b"\r\n" + HEAD + headers + b"\r\n" + body


def test_old_and_odd_requests_are_answered(serve: Serve) -> None:
    length = b"Content-Length: %d\r\n" % len(BODY)
    chunks = b"Transfer-Encoding: chunked\r\n"
    with serve() as service:
        old = exchanged(service, post(b"1.0", length, BODY))
        assert b" 200 " in old
        assert b"<Gather" in old
        chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
        assert b"<Gather" in exchanged(service, post(b"1.1", chunks, chunked))
        huge = b"Content-Length: 200000000\r\n"
        assert b" 413 " in exchanged(service, post(b"1.1", huge, b"x"))
        half = b"Content-Length: 1000\r\n"
        assert b" 408 " in exchanged(service, post(b"1.1", half, BODY))
        assert b"<Gather" in exchanged(service, post(b"1.1", length, BODY))
        log = service.log.read_text()
    assert "Traceback" not in log
    assert "no CallSid" not in log
