"""A company's own address over real TLS, with a resolver that changes its answer."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx2
import pytest

from clientsvia.errors import ProviderBroken, ProviderUnreachable
from clientsvia.providers import guarded_transport as module
from clientsvia.providers import public_address
from clientsvia.providers.accounts import openai_platform
from clientsvia.providers.guarded_transport import GuardedTransport
from clientsvia.providers.openai_chat import ChatApi
from clientsvia.providers.openai_clients import openai_clients
from clientsvia.providers.openai_model import OpenAiModel
from tests.certificates import self_signed
from tests.providers.models import Counted, heard, prompt, with_ai

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from clientsvia.companies.company import Company

PUBLIC = "::1"  # for want of any that tests may reach
LOOPBACK = "127.0.0.1"


@dataclass
class Resolver:
    """Gives one answer after the other; the last for ever."""

    answers: list[list[str]]
    asked: int = 0

    async def __call__(self, _host: str, _port: int) -> list[str]:
        self.asked += 1
        await asyncio.sleep(0)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Listener:
    """A TLS server on loopback that must not be reached, or tells what reached it."""

    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(
            b"HTTP/1.1 307 Moved\r\nLocation: https://127.0.0.1:1/\r\n"
            b"Connection: close\r\nContent-Length: 0\r\n\r\n"
        )
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[tuple[Listener, ssl.SSLContext]]:
    """A listener, and what trusts its certificate."""
    certificate, key = self_signed(folder)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    listener = Listener()

    def named(_socket: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        listener.names.append(name)

    serving.sni_callback = named
    server = await asyncio.start_server(listener.serve, LOOPBACK, 0, ssl=serving)
    listener.port = server.sockets[0].getsockname()[1]
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    try:
        yield listener, trusting
    finally:
        server.close()
        await server.wait_closed()


def client(resolver: Resolver, trusting: ssl.SSLContext) -> httpx2.AsyncClient:
    inner = httpx2.AsyncHTTPTransport(verify=trusting, trust_env=False)
    return httpx2.AsyncClient(transport=GuardedTransport(inner, resolver), timeout=2)


async def test_a_name_that_turns_private_after_the_check_is_not_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RESOLVED_SECONDS", 0)
    monkeypatch.setattr(public_address, "is_public", lambda address: address == PUBLIC)
    async with listening(tmp_path) as (listener, trusting):
        resolver = Resolver([[PUBLIC], [LOOPBACK], [PUBLIC, LOOPBACK], ["169.254.169.254"]])
        async with client(resolver, trusting) as http:
            url = f"https://models.example:{listener.port}/v1"
            with pytest.raises(httpx2.ConnectError):
                await http.get(url)  # where it was said to be, and nobody is
            for _ in range(3):
                with pytest.raises(ProviderUnreachable):
                    await http.get(url)
        assert resolver.asked == 4
        assert listener.connections == 0


async def test_the_address_that_was_checked_is_the_one_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_address, "is_public", lambda address: address == LOOPBACK)
    async with listening(tmp_path) as (listener, trusting):
        resolver = Resolver([[LOOPBACK], ["::1"]])
        async with client(resolver, trusting) as http:
            url = f"https://models.example:{listener.port}/v1"
            for _ in range(2):
                headers = {"OpenAI-Organization": "org-canary", "Authorization": "Bearer own"}
                answer = await http.get(url, headers=headers)
                assert answer.status_code == 307
        assert resolver.asked == 1
        assert listener.names == ["models.example", "models.example"]
        assert all(f"models.example:{listener.port}".encode() in r for r in listener.requests)
        assert all(b"Bearer own" in request for request in listener.requests)
        assert not any(b"canary" in request for request in listener.requests)


@pytest.mark.parametrize(
    "base_url", ["https://127.0.0.1:{}/v1", "https://localhost:{}/v1", "http://127.0.0.1:{}/v1"]
)
async def test_a_companys_profile_reaches_nothing_on_this_machine(
    tmp_path: Path, demo: Company, base_url: str
) -> None:
    async with listening(tmp_path) as (listener, trusting):
        clients = openai_clients(tls=trusting)
        model = OpenAiModel(ChatApi(), clients, openai_platform("sk-canary"), Counted(), "m")
        company = with_ai(demo, base_url=base_url.format(listener.port), api_key="own")
        model.warm(company)
        with pytest.raises(ProviderUnreachable, match=r"ai\.base_url"):
            await heard(model, company, prompt())
        await clients.close()
        assert listener.connections == 0


async def test_a_redirect_of_a_companys_server_is_not_followed(
    tmp_path: Path, demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_address, "is_public", lambda address: address == LOOPBACK)
    async with listening(tmp_path) as (listener, trusting):
        clients = openai_clients(resolve=Resolver([[LOOPBACK]]), tls=trusting)
        model = OpenAiModel(ChatApi(), clients, openai_platform("sk-canary"), Counted(), "m")
        url = f"https://models.example:{listener.port}/v1"
        with pytest.raises(ProviderBroken, match="redirects, which is not followed"):
            await heard(model, with_ai(demo, base_url=url, api_key="own"), prompt())
        await clients.close()
        assert listener.connections == 1
        assert b"canary" not in listener.requests[0]
