from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from clientsvia.errors import InvalidNumber
from clientsvia.telephony.directory import NumberDirectory
from tests.telephony.directories import A, B, Clock, Value


@pytest.fixture
def directory() -> NumberDirectory[Value]:
    return NumberDirectory(lifetime_s=1000, miss_lifetime_s=1000, capacity=100)


def test_a_number_is_unknown_then_a_miss_then_somebodys(directory: NumberDirectory[Value]) -> None:
    assert directory.get(A) is None
    directory.remember_miss(A)
    assert directory.get(A) is False
    value = Value()
    directory.replace("smith", value, [A, B])
    assert directory.get(A) is value
    assert directory.get(B) is value
    assert len(directory) == 2


def test_replacing_swaps_the_value_and_all_numbers(directory: NumberDirectory[Value]) -> None:
    old, new = Value(), Value()
    directory.replace("smith", old, [A])
    directory.replace("smith", new, [B])
    assert directory.get(A) is None
    assert directory.get(B) is new


def test_a_number_moves_to_whoever_has_it_last(directory: NumberDirectory[Value]) -> None:
    smith, jones = Value(), Value()
    directory.replace("smith", smith, [A, B])
    directory.replace("jones", jones, [B])
    assert directory.get(A) is smith
    assert directory.get(B) is jones


def test_without_numbers_an_owner_is_forgotten(directory: NumberDirectory[Value]) -> None:
    directory.replace("smith", Value(), [A])
    directory.replace("smith", Value(), [])
    assert directory.stale(A) is None
    assert not directory.invalidate("smith")
    assert directory.stats()["owners"] == 0


def test_an_invalidated_owner_is_asked_for_again_but_kept_for_bad_days(
    directory: NumberDirectory[Value],
) -> None:
    value = Value()
    directory.replace("smith", value, [A, B])
    assert directory.invalidate("smith")
    assert directory.get(A) is None
    assert directory.get(B) is None
    assert directory.stale(A) is value
    assert not directory.invalidate("nobody")


def test_a_value_past_its_lifetime_is_only_stale() -> None:
    directory: NumberDirectory[Value] = NumberDirectory(lifetime_s=0, miss_lifetime_s=0)
    value = Value()
    directory.replace("smith", value, [A])
    directory.remember_miss(B)
    assert directory.get(A) is None
    assert directory.get(B) is None
    assert directory.stale(A) is value


def test_lifetimes_end_as_the_clock_says_each_at_its_own_time() -> None:
    clock = Clock()
    directory: NumberDirectory[Value] = NumberDirectory(
        lifetime_s=100, jitter=0.5, seed=1, miss_lifetime_s=10, clock=clock
    )
    numbers = [f"+1239555{at:04}" for at in range(200)]
    directory.replace("smith", Value(), numbers)
    directory.remember_miss("+15550000000")
    fresh = []
    for clock.now in (0, 9.9, 10, 49.9, 75, 100):
        known = sum(directory.get(number) is not None for number in numbers)
        fresh.append((known, directory.get("+15550000000")))
    assert fresh[:4] == [(200, False), (200, False), (200, None), (200, None)]
    assert 50 < fresh[4][0] < 150
    assert fresh[5] == (0, None)
    assert all(directory.stale(number) for number in numbers)


def test_a_seed_repeats_the_jitter() -> None:
    def known_halfway(seed: int | None) -> list[str]:
        clock = Clock()
        directory: NumberDirectory[int] = NumberDirectory(
            lifetime_s=64, jitter=1, seed=seed, clock=clock
        )
        numbers = [f"+1239555{at:04}" for at in range(100)]
        directory.replace("smith", 1, numbers)
        clock.now = 32
        return [number for number in numbers if directory.get(number)]

    assert known_halfway(7) == known_halfway(7)
    assert known_halfway(7) != known_halfway(8)
    assert known_halfway(None) != known_halfway(None)


def test_a_clock_that_fails_is_heard_of() -> None:
    directory: NumberDirectory[Value] = NumberDirectory(clock=lambda: -1.0)
    with pytest.raises(ValueError, match="clock"):
        directory.get(A)
    directory = NumberDirectory(clock=lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        directory.get(A)


def test_a_flush_stops_belief_in_everything_at_once(directory: NumberDirectory[Value]) -> None:
    value = Value()
    directory.replace("smith", value, [A])
    directory.remember_miss(B)
    directory.flush()
    assert (directory.get(A), directory.get(B)) == (None, None)
    assert directory.stale(A) is value
    directory.replace("smith", value, [A])
    assert directory.get(A) is value


def test_a_number_the_store_says_is_nobodys_is_taken_from_its_owner(
    directory: NumberDirectory[Value],
) -> None:
    directory.replace("smith", Value(), [A, B])
    directory.vacate(A)
    assert directory.get(A) is False
    assert directory.stale(A) is None
    directory.vacate(B)
    assert directory.stats()["owners"] == 0
    assert not directory.invalidate("smith")


@pytest.mark.parametrize("number", ["", "+", "12395551212", "+1 239", "+0", "anonymous", "+1" * 99])
def test_only_e164_is_a_key(directory: NumberDirectory[Value], number: str) -> None:
    assert directory.get(number) is None
    assert directory.stale(number) is None
    directory.remember_miss(number)
    assert directory.stats()["remembered"] == 0
    with pytest.raises(InvalidNumber):
        directory.replace("smith", Value(), [A, number])
    assert directory.get(A) is None


@pytest.mark.parametrize("lifetime", [-1.0, float("nan"), float("inf")])
def test_a_lifetime_is_a_number_of_seconds(lifetime: float) -> None:
    with pytest.raises(ValueError, match="seconds"):
        NumberDirectory(lifetime_s=lifetime)


def test_lookups_are_counted(directory: NumberDirectory[Value]) -> None:
    directory.replace("smith", Value(), [A])
    directory.remember_miss(B)
    for number in (A, A, B, "+15550000000"):
        directory.get(number)
    stats = directory.stats()
    assert (stats["hits"], stats["misses"], stats["unknown"], stats["expired"]) == (2, 1, 1, 0)
    assert (stats["entries"], stats["owners"], stats["remembered"]) == (1, 1, 1)
    directory.clear()
    assert (len(directory), directory.stats()["hits"]) == (0, 2)


def test_what_is_replaced_is_let_go_even_if_its_end_comes_back_here(
    directory: NumberDirectory[Value],
) -> None:
    value = Value()
    ended = weakref.ref(value)
    weakref.finalize(value, directory.remember_miss, B)
    directory.replace("smith", value, [A])
    del value
    directory.replace("smith", Value(), [A])
    gc.collect()
    assert ended() is None
    assert directory.get(B) is False


def test_threads_see_whole_swaps_only(directory: NumberDirectory[Value]) -> None:
    numbers = [A, B]
    directory.replace("smith", Value(), numbers)

    def swap(_: int) -> None:
        for _ in range(500):
            directory.replace("smith", Value(), numbers)

    def look(_: int) -> bool:
        return all(isinstance(directory.get(A), Value) for _ in range(5_000))

    with ThreadPoolExecutor(4) as threads:
        swaps = threads.map(swap, range(2))
        assert all(threads.map(look, range(2)))
        assert list(swaps) == [None, None]
