from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.telephony.search import Index

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ASKED = "How much does an emergency repair of my water heater cost on a Sunday?"
ANSWER = "What does an emergency repair cost? Water heaters are 120 dollars, on Sundays 180."
SUBJECTS = ("boiler", "drain", "faucet", "gutter", "water heater", "pipe", "sink", "toilet")
QUESTIONS = ("What does a repair of the {} cost?", "Can you replace my {} on short notice?")
ANSWERS = ("We look at it first, estimate {} is free.", "A visit in area {} takes an hour.")


def _entries(count: int) -> list[str]:
    others = (
        f"{QUESTIONS[at % 2].format(SUBJECTS[at % 8])} {ANSWERS[at % 2].format(at)}"
        for at in range(count - 1)
    )
    return [*others, ANSWER]


@pytest.mark.parametrize("entries", [20, 2_000])
def test_search(benchmark: BenchmarkFixture, entries: int) -> None:
    found = benchmark(Index(_entries(entries)).search, ASKED)
    assert found[0][0] == entries - 1
    assert len(found) == 3
