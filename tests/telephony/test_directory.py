from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from clientsvia.errors import InvalidNumber
from clientsvia.telephony.directory import NumberDirectory

A = "+12395551212"
B = "+12395551213"


class Value:
    """Something that can be told apart and watched."""


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


def test_a_flood_of_unknown_numbers_is_bounded_and_evicts_nobody(
    directory: NumberDirectory[Value],
) -> None:
    directory.replace("smith", Value(), [A])
    for number in range(10_000):
        directory.remember_miss(f"+1{number:010}")
    assert directory.stats()["remembered"] <= 100
    assert directory.get(A)


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
