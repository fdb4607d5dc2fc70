from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.making import Making
from clientsvia.calls.ports import Act, Action, Part, Question
from clientsvia.errors import ProviderBroken
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

ONE, TWO = Part("One."), Part("Two.")
PATIENCE = 5.0


@pytest.fixture
def making(demo: Company) -> Making:
    return Making("key", Question(demo, "how many?", OPEN), early=False)


async def test_who_comes_later_gets_every_part_at_once(making: Making) -> None:
    making.add(ONE)
    making.add(TWO)
    making.finish()
    taken = await making.take(0, PATIENCE)
    assert (taken.parts, taken.complete) == ((ONE, TWO), True)


async def test_any_number_of_takers_are_told_of_the_first_part(making: Making) -> None:
    takers = [asyncio.create_task(making.take(0, PATIENCE)) for _ in range(3)]
    await asyncio.sleep(0)
    making.add(ONE)
    for taken in await asyncio.gather(*takers):
        assert (taken.parts, taken.complete) == ((ONE,), False)


async def test_a_part_is_taken_once_by_who_counts_what_was_seen(making: Making) -> None:
    making.add(ONE)
    assert (await making.take(0, PATIENCE)).parts == (ONE,)
    making.add(TWO)
    making.finish()
    assert (await making.take(1, PATIENCE)).parts == (TWO,)
    assert (await making.take(2, PATIENCE)).complete


async def test_who_runs_out_of_patience_gets_nothing_yet(making: Making) -> None:
    taken = await making.take(0, 0.01)
    assert (taken.parts, taken.complete) == ((), False)


async def test_a_failure_reaches_takers_after_what_was_made_before_it(making: Making) -> None:
    making.add(ONE)
    making.finish(ProviderBroken("planted", "none"))
    taken = await making.take(0, PATIENCE)
    assert (taken.parts, taken.complete) == ((ONE,), False)
    with pytest.raises(ProviderBroken):
        await making.take(1, PATIENCE)


async def test_nothing_follows_an_action(making: Making) -> None:
    leaves = Part("Bye.", action=Action(Act.END))
    making.add(leaves)
    making.add(TWO)
    making.finish(ProviderBroken("too late to matter", "none"))
    taken = await making.take(0, PATIENCE)
    assert (taken.parts, taken.complete) == ((leaves,), True)
