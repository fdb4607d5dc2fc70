"""Webhooks to a real receiver over TLS, which checks their signature as owners do."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from clientsvia.errors import ProviderFailed, ProviderTimeout, ProviderUnreachable, Undeliverable
from clientsvia.notices.delivery import Channel
from clientsvia.notices.signing import WebhookSecrets
from clientsvia.providers import public_address
from clientsvia.providers.owner_webhook import WebhookCarrier
from tests.notices.samples import AT, MESSAGE, Clock, company, delivery
from tests.providers.mail import certified

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator
    from pathlib import Path

LOOPBACK = "127.0.0.1"
KEYS = [b"n" * 32, b"o" * 32]


@dataclass
class Receiver:
    """Answers with ``status``, after ``pause`` seconds."""

    trusted: ssl.SSLContext
    status: str = "200 OK"
    pause: float = 0
    port: int = 0
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{LOOPBACK}:{self.port}/calls?from=clientsvia"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        raw = dict(line.split(": ", 1) for line in lines)
        headers["webhook-signature"] = raw.get("webhook-signature", "")
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((first, headers, body))
        await asyncio.sleep(self.pause)
        answer = f"HTTP/1.1 {self.status}\r\nLocation: https://127.0.0.1:1/\r\n"
        writer.write(f"{answer}Connection: close\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    monkeypatch.setattr(public_address, "is_public", lambda _address: True)
    async with receiving(tmp_path) as served:
        yield served


@asynccontextmanager
async def receiving(folder: Path) -> AsyncIterator[Receiver]:
    shown, trusted = certified(folder)
    served = Receiver(trusted)
    server = await asyncio.start_server(served.serve, LOOPBACK, 0, ssl=shown)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        await server.wait_closed()


async def post(receiver: Receiver, url: str = "", **options: Any) -> str:
    carrier = WebhookCarrier(WebhookSecrets(KEYS), Clock(), tls=receiver.trusted, **options)
    try:
        return await carrier.carry(
            delivery(channel=Channel.WEBHOOK, address=url or receiver.url), company()
        )
    finally:
        await carrier.close()


async def failure(receiver: Receiver, url: str = "", **options: Any) -> ProviderFailed:
    with pytest.raises(ProviderFailed) as failed:
        await post(receiver, url, **options)
    assert failed.value.remedy
    return failed.value


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What a receiver does, as Standard Webhooks tells it to."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [one.partition(",")[2] for one in headers["webhook-signature"].split(" ")]
    return any(hmac.compare_digest(expected, one) for one in given)


async def test_a_notice_is_posted_signed_for_each_key(receiver: Receiver) -> None:
    assert await post(receiver) == "HTTP 200"

    ((first, headers, body),) = receiver.requests
    assert first == "POST /calls?from=clientsvia HTTP/1.1"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == delivery(channel=Channel.WEBHOOK, address=receiver.url).id
    assert headers["webhook-timestamp"] == str(int(AT.timestamp()))
    for secret in WebhookSecrets(KEYS).of("demo"):
        assert is_signed(secret, headers, body)
        assert not is_signed(secret, headers, body + b" ")
    for secret in WebhookSecrets(KEYS).of("another"):
        assert not is_signed(secret, headers, body)
    told = orjson.loads(body)
    assert told["type"] == "message"
    assert told["company"] == "demo"
    assert told["data"] == MESSAGE


async def test_nothing_of_the_operators_goes_with_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    await post(receiver)
    ((_, headers, _body),) = receiver.requests
    assert set(headers) <= {
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "content-type",
        "content-length",
        "user-agent",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    }


@pytest.mark.parametrize(
    ("status", "permanent", "remedy"),
    [
        ("500 Oops", False, "tried again"),
        ("404 Not Found", False, "tried again"),
        ("307 Moved", False, "redirects are not followed"),
        ("410 Gone", True, "gone for good"),
    ],
)
async def test_what_is_not_taken_is_told_with_its_remedy(
    receiver: Receiver, status: str, *, permanent: bool, remedy: str
) -> None:
    receiver.status = status

    failed = await failure(receiver)

    assert f"HTTP {status[:3]}" in failed.found
    assert remedy in failed.remedy
    assert isinstance(failed, Undeliverable) is permanent
    assert len(receiver.requests) == 1


async def test_an_answer_that_does_not_come_is_given_up_on(receiver: Receiver) -> None:
    receiver.pause = 0.5
    failed = await failure(receiver, answer_s=0.1)
    assert isinstance(failed, ProviderTimeout)


async def test_nobody_listening_is_told(receiver: Receiver) -> None:
    failed = await failure(receiver, "https://127.0.0.1:9/calls")
    assert "notify.webhook cannot be reached (ConnectError)" in failed.found


async def test_a_receiver_nobody_vouches_for_gets_nothing(
    receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    _, receiver.trusted = certified(tmp_path / "other")
    assert isinstance(await failure(receiver), ProviderUnreachable)
    assert not receiver.requests


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["::1"]])
async def test_this_machine_and_private_networks_are_never_reached(
    tmp_path: Path, answers: list[str]
) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return answers

    async with receiving(tmp_path) as receiver:
        url = f"https://crm.example:{receiver.port}/calls"
        failed = await failure(receiver, url, resolve=resolve)

    assert "private network's" in failed.found
    assert "notify.webhook" in failed.remedy
    assert not receiver.requests
