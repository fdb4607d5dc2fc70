from __future__ import annotations

from typing import Any

import pytest

from clientsvia.webhooks.last_resort import LastResort


async def receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


class Wire:
    """What was sent; ``broken`` stands for a client that is gone."""

    def __init__(self, *, broken: bool = False) -> None:
        self.sent: list[dict[str, Any]] = []
        self.broken = broken

    async def send(self, message: dict[str, Any]) -> None:
        if self.broken:
            raise ConnectionResetError
        self.sent.append(message)


async def failing(_scope: object, _receive: object, _send: object) -> None:
    raise ZeroDivisionError("planted")


@pytest.mark.parametrize(("given", "seen"), [("1", "1.0"), ("1.0", "1.0"), ("1.1", "1.1")])
async def test_every_version_of_http_is_one_the_application_knows(given: str, seen: str) -> None:
    versions = []

    async def noting(scope: dict[str, Any], _receive: object, _send: object) -> None:
        versions.append(scope["http_version"])

    await LastResort(noting)({"type": "http", "http_version": given}, receive, Wire().send)
    assert versions == [seen]


async def test_whatever_breaks_is_answered_with_twiml(capsys: pytest.CaptureFixture[str]) -> None:
    wire = Wire()
    scope = {"type": "http", "http_version": "1.1", "path": "/api/twilio/voice"}
    await LastResort(failing)(scope, receive, wire.send)
    start, body = wire.sent
    assert start["status"] == 200
    assert dict(start["headers"])[b"content-type"] == b"text/xml; charset=utf-8"
    assert body["body"].endswith(b"<Hangup /></Response>")
    assert "planted" in capsys.readouterr().out


async def test_a_client_that_is_gone_is_no_second_error() -> None:
    scope = {"type": "http", "http_version": "1.1", "path": "/"}
    await LastResort(failing)(scope, receive, Wire(broken=True).send)


async def test_the_lifespan_fails_loudly() -> None:
    with pytest.raises(ZeroDivisionError):
        await LastResort(failing)({"type": "lifespan"}, receive, Wire().send)
