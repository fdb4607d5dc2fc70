from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field

import pytest

from clientsvia.errors import ProviderUnreachable
from clientsvia.providers.accounts import Account
from clientsvia.providers.clients import WARMING, Clients, Held


@dataclass
class Makers:
    """Makes clients that are the account's address, and keeps a record."""

    made: list[str] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    knocked: list[str] = field(default_factory=list)
    broken: bool = False

    def make(self, account: Account) -> Held[str]:
        url = account.base_url
        if not url:
            raise FileNotFoundError("a path that is not to be told")
        self.made.append(url)
        self.threads.add(threading.get_ident())

        async def knock() -> None:
            self.knocked.append(url)
            await asyncio.sleep(0)
            if self.broken:
                raise OSError

        async def close() -> None:
            await asyncio.sleep(0)
            self.closed.append(url)

        return Held(url, knock, close)


@pytest.fixture
def makers() -> Makers:
    return Makers()


def account(url: str, key: str = "k") -> Account:
    return Account(url, key)


async def use(clients: Clients[str], *urls: str) -> None:
    for url in urls:
        async with clients.using(account(url)) as client:
            assert client == url


async def settled(makers: Makers, knocks: int) -> None:
    async with asyncio.timeout(5):
        while len(makers.knocked) < knocks:  # noqa: ASYNC110 - threads' doing
            await asyncio.sleep(0.01)


async def test_an_account_has_one_client_made_outside_the_event_loop(makers: Makers) -> None:
    clients = Clients(makers.make)
    await asyncio.gather(*(use(clients, "a", "b") for _ in range(10)))
    assert sorted(makers.made) == ["a", "b"]
    assert threading.get_ident() not in makers.threads


async def test_another_key_is_another_client(makers: Makers) -> None:
    clients = Clients(makers.make)
    for key in ("k", "l", "k"):
        async with clients.using(account("a", key)):
            pass
    assert len(makers.made) == 2


async def test_the_client_used_longest_ago_is_closed_for_a_new_one(makers: Makers) -> None:
    clients = Clients(makers.make, bound=2)
    await use(clients, "a", "b", "a", "c")
    assert makers.closed == ["b"]


async def test_a_client_in_use_is_not_closed(makers: Makers) -> None:
    clients = Clients(makers.make, bound=1)
    async with clients.using(account("a")):
        await use(clients, "b")
        assert makers.closed == []
        await use(clients, "c")
        assert makers.closed == ["b"]


async def test_at_the_end_every_client_is_closed(makers: Makers) -> None:
    clients = Clients(makers.make)
    await use(clients, "a", "b")
    await clients.close()
    assert sorted(makers.closed) == ["a", "b"]


async def test_a_connection_is_opened_once_for_calls_that_begin_together(makers: Makers) -> None:
    clients = Clients(makers.make)
    for _ in range(5):
        clients.warm(account("a"))
    await settled(makers, 1)
    clients.warm(account("a"))
    await clients.close()
    assert makers.knocked == ["a"]


async def test_a_connection_that_cannot_be_opened_disturbs_nobody(makers: Makers) -> None:
    makers.broken = True
    clients = Clients(makers.make)
    clients.warm(account("a"))
    await settled(makers, 1)
    await use(clients, "a")
    await clients.close()


async def test_loading_makes_the_client_and_opens_a_connection(makers: Makers) -> None:
    clients = Clients(makers.make)
    await clients.load(account("a"))
    await settled(makers, 1)
    assert makers.made == ["a"]
    await clients.close()


async def test_a_client_that_cannot_be_made_is_told_to_who_asks_alone(makers: Makers) -> None:
    clients = Clients(makers.make)
    await clients.load(account(""))
    clients.warm(account(""))
    with pytest.raises(ProviderUnreachable, match=r"FileNotFoundError.*SSL_CERT_FILE") as caught:
        await use(clients, "")
    assert "not to be told" not in str(caught.value)
    await clients.close()


async def test_connections_opened_at_once_are_bounded(makers: Makers) -> None:
    clients = Clients(makers.make)
    for number in range(3 * WARMING):
        clients.warm(account(str(number)))
    await settled(makers, WARMING)
    await clients.close()
    assert len(makers.knocked) == WARMING
