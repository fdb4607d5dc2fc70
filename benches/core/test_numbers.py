from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.telephony.directory import NumberDirectory
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

CALLED = "+12395551212"


@pytest.mark.parametrize("raw", ["+12395551212", "(239) 555-1212"])
def test_normalize(benchmark: BenchmarkFixture, raw: str) -> None:
    assert benchmark(normalize, raw) == CALLED


@pytest.mark.parametrize("numbers", [1_000, 100_000])
def test_lookup(benchmark: BenchmarkFixture, numbers: int) -> None:
    directory: NumberDirectory[str] = NumberDirectory(lifetime_s=3600)
    for at in range(numbers):
        number = f"+1{2_395_551_212 + at}"
        directory.replace(number, f"company of {number}", [number])
    assert benchmark(directory.get, CALLED) == "company of +12395551212"


def test_lookup_of_a_remembered_miss(benchmark: BenchmarkFixture) -> None:
    directory: NumberDirectory[str] = NumberDirectory(miss_lifetime_s=3600)
    directory.remember_miss(CALLED)
    assert benchmark(directory.get, CALLED) is False
