"""The directory's limits: loads under way, memory."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clientsvia.telephony.directory import NumberDirectory
from tests.telephony.directories import A, B, Clock, Value


@pytest.fixture
def directory() -> NumberDirectory[Value]:
    return NumberDirectory(lifetime_s=1000, miss_lifetime_s=1000, capacity=100, lease_s=1000)


def test_one_of_a_thousand_askers_is_to_load(directory: NumberDirectory[Value]) -> None:
    tickets = [directory.claim(A) for _ in range(1_000)]
    assert tickets == [1, *[None] * 999]
    stats = directory.stats()
    assert (stats["loads"], stats["joined"], stats["loading"]) == (1, 999, 1)
    directory.release(A, 1)
    assert directory.claim(A) == 2
    assert directory.claim("anonymous") is None


def test_a_load_that_never_ends_holds_nobody_up_past_its_lease() -> None:
    clock = Clock()
    directory: NumberDirectory[Value] = NumberDirectory(lease_s=5, loads=1, clock=clock)
    assert directory.claim(A) == 1
    assert directory.claim(B) is None, "as many loads as may be are under way"
    assert directory.stats()["refused"] == 1
    clock.now = 5
    assert directory.claim(A) == 2
    directory.release(A, 1)
    assert directory.claim(A) is None, "what is over cannot release what came after"


def test_threads_that_ask_at_once_get_one_load(directory: NumberDirectory[Value]) -> None:
    with ThreadPoolExecutor(8) as threads:
        tickets = list(threads.map(lambda _: directory.claim(A), range(1_000)))
    assert [ticket for ticket in tickets if ticket] == [1]


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_five_million_unknown_numbers_take_no_more_memory_than_the_remembered() -> None:
    directory: NumberDirectory[Value] = NumberDirectory(capacity=100_000, lease_s=1000)
    directory.replace("smith", Value(), [A])
    before = _resident_mib()
    for number in range(2_000_000_000, 2_005_000_000):
        e164 = f"+1{number}"
        if directory.get(e164) is None:
            directory.claim(e164)
            directory.remember_miss(e164)
    stats = directory.stats()
    assert stats["unknown"] == 5_000_000
    assert 50_000 <= stats["remembered"] <= 100_000
    assert (stats["loads"], stats["loading"], stats["entries"]) == (64, 64, 1)
    assert directory.get(A)
    assert _resident_mib() - before < 32


def test_an_entry_takes_at_most_85_bytes_with_its_owner() -> None:
    directory: NumberDirectory[None] = NumberDirectory()
    for count in range(20_000):
        directory.replace(f"company-{count:06}", None, [f"+1{2_395_550_000 + 7 * count}"])
    assert sys.getsizeof(directory) / len(directory) < 85


def test_a_flood_of_unknown_numbers_is_bounded_and_evicts_nobody(
    directory: NumberDirectory[Value],
) -> None:
    directory.replace("smith", Value(), [A])
    for number in range(10_000):
        directory.remember_miss(f"+1{number:010}")
    assert directory.stats()["remembered"] <= 100
    assert directory.get(A)
