from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.redis.connection import RedisConnection, Script
from tests.certificates import self_signed
from tests.slow_proxy import slowed
from tests.valkey import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.valkey import Valkey

PATIENT_S = 5.0
ECHO = Script("return ARGV[1]")


@asynccontextmanager
async def opened(
    url: str, *, budget_s: float = PATIENT_S, pause_s: float = 0.01
) -> AsyncIterator[RedisConnection]:
    redis = RedisConnection(url, budget_s=budget_s, pause_s=pause_s)
    yield redis
    await redis.close()


async def test_many_ask_at_once_and_each_gets_its_own_answer(valkey: Valkey) -> None:
    async with opened(valkey.url) as redis:
        answers = await asyncio.gather(*(redis.execute("ECHO", f"{n}") for n in range(500)))
        clients = await redis.execute("CLIENT", "LIST")

    assert answers == [b"%d" % n for n in range(500)]
    assert clients.count(b"laddr=") == 1


async def test_who_stops_waiting_takes_nobody_elses_answer_away(valkey: Valkey) -> None:
    async with opened(valkey.url) as redis:
        await redis.ping()
        asking = [asyncio.create_task(redis.execute("ECHO", f"{n}")) for n in range(6)]
        await asyncio.sleep(0)
        for hurried in asking[::2]:
            hurried.cancel()

        answers = await asyncio.gather(*asking, return_exceptions=True)

    assert answers[1::2] == [b"1", b"3", b"5"]
    assert all(isinstance(answer, asyncio.CancelledError) for answer in answers[::2])


async def test_scripts_run_also_when_redis_has_forgotten_them(valkey: Valkey) -> None:
    async with opened(valkey.url) as redis:
        assert await redis.run(ECHO, "key", "one") == b"one"
        await redis.execute("SCRIPT", "FLUSH")
        assert await redis.run(ECHO, "key", "two") == b"two"


async def test_a_command_that_redis_refuses_is_unavailable_not_an_answer(valkey: Valkey) -> None:
    async with opened(valkey.url) as redis:
        with pytest.raises(StoreUnavailable, match="CLIENTSVIA_REDIS_URL"):
            await redis.execute("NONSENSE")


async def test_the_database_of_the_url_is_used(valkey: Valkey) -> None:
    async with opened(valkey.url) as first, opened(valkey.url.replace("/0", "/3")) as third:
        await third.execute("SET", "key", "there")

        assert await first.execute("GET", "key") is None


async def test_a_connection_closed_in_good_order_is_opened_anew_without_a_word(
    valkey: Valkey,
) -> None:
    with capture_logs() as logs:
        async with opened(valkey.url, pause_s=0.01) as redis:
            number = await redis.execute("CLIENT", "ID")
            await asyncio.sleep(0.15)  # long enough to have been a good one
            async with opened(valkey.url) as other:
                await other.execute("CLIENT", "KILL", "ID", number)
            await asyncio.sleep(0.05)
            assert await redis.execute("CLIENT", "ID") != number

    assert logs == []


async def test_a_password_opens_it_and_does_not_show() -> None:
    with running() as server:
        place = server.url.removeprefix("redis://")
        async with opened(server.url) as redis:
            await redis.execute("CONFIG", "SET", "requirepass", "canary")
        async with opened(f"redis://:canary@{place}") as redis:
            await redis.ping()
        with capture_logs() as logs:
            async with opened(f"redis://:canaries@{place}") as redis:
                with pytest.raises(StoreUnavailable) as refused:
                    await redis.ping()
    assert "password" in logs[0]["reason"].lower()
    assert "canar" not in f"{logs}{refused.value}"


async def test_with_rediss_what_is_said_is_encrypted_and_the_server_is_checked(
    valkey: Valkey, tmp_path: Path
) -> None:
    certificate, key = self_signed(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    async with slowed(valkey.port, tls) as proxy:
        url = proxy.url.replace("redis://", "rediss://")
        async with opened(f"{url}?ssl_ca_certs={certificate}") as redis:
            await redis.ping()
        for wrong in (url, proxy.url):  # not trusted, not encrypted
            async with opened(wrong, budget_s=0.5) as redis:
                with pytest.raises(StoreUnavailable):
                    await redis.ping()


async def test_who_gives_up_sooner_still_finds_out_that_redis_is_lost(valkey: Valkey) -> None:
    async with slowed(valkey.port) as proxy, opened(proxy.url, budget_s=0.1) as redis:
        await redis.ping()
        proxy.delay_s = 1.0
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await redis.ping()
        await asyncio.sleep(0.15)
        asked = asyncio.create_task(redis.ping())
        await asyncio.sleep(0)

        assert asked.done()  # at once: it is known
        assert isinstance(asked.exception(), StoreUnavailable)


async def test_an_answer_this_process_was_too_busy_to_read_counts(valkey: Valkey) -> None:
    async with opened(valkey.url, budget_s=0.05) as redis:
        await redis.ping()
        asking = asyncio.create_task(redis.execute("ECHO", "here"))
        await asyncio.sleep(0)
        _be_busy(0.2)

        assert await asking == b"here"


def _be_busy(seconds: float) -> None:
    until = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < until:
        pass


async def test_those_to_be_told_of_its_return_are_told_before_anybody_asks(
    valkey: Valkey,
) -> None:
    told: list[str] = []
    async with opened(valkey.url) as redis:
        redis.when_back(lambda: told.append("back"))
        await redis.ping()
        assert told == ["back"]
        with pytest.raises(StoreUnavailable):
            await redis.execute("NONSENSE")
        async with asyncio.timeout(PATIENT_S):
            while len(told) < 2:  # noqa: ASYNC110 - it is the telling that is tested
                await asyncio.sleep(0.01)
        await redis.ping()


async def test_closing_leaves_no_connection_behind(valkey: Valkey) -> None:
    async with opened(valkey.url) as redis:
        await redis.ping()
    async with opened(valkey.url) as other:
        async with asyncio.timeout(PATIENT_S):
            while (await other.execute("CLIENT", "LIST")).count(b"laddr=") > 1:  # noqa: ASYNC110 - Redis tells none
                await asyncio.sleep(0.01)
    assert asyncio.all_tasks() == {asyncio.current_task()}
