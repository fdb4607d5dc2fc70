from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.calls.commits import Commits
from clientsvia.calls.ports import Step
from clientsvia.errors import StoreUnavailable
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

STEP = Step("CA1", "1:heard", "demo", 1, OPEN, {}, {}, b"<Response/>")


class FlakyStates:
    """A store that fails a few times, or does not answer until it is let go."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.gate = asyncio.Event()
        self.gate.set()
        self.stored: list[Step] = []

    async def load(self, company: str, call_sid: str) -> Mapping[str, object] | None:
        raise NotImplementedError(company, call_sid)

    async def commit(self, step: Step) -> Step:
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the database is locked")
        self.stored.append(step)
        return step


async def test_a_step_is_stored_before_its_answer_leaves() -> None:
    states = FlakyStates()
    assert await Commits(states).commit(STEP) is STEP
    assert states.stored == [STEP]


async def test_the_call_goes_on_while_the_store_is_slow_and_the_step_is_stored_later() -> None:
    states = FlakyStates()
    states.gate.clear()
    commits = Commits(states)
    assert await commits.commit(STEP) is STEP
    assert states.stored == []
    states.gate.set()
    await commits.drain(1)
    assert states.stored == [STEP]


async def test_a_step_that_was_refused_is_tried_again() -> None:
    states = FlakyStates(failures=3)
    commits = Commits(states, pause=0.001)
    await commits.commit(STEP)
    await commits.drain(1)
    assert states.stored == [STEP]
    assert commits.lost == 0


async def test_a_step_is_given_up_on_in_the_end_and_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    commits = Commits(FlakyStates(failures=99), tries=2, pause=0.001)
    assert await commits.commit(STEP) is STEP
    await commits.drain(1)
    assert commits.lost == 1
    assert "a step is lost" in capsys.readouterr().out


async def test_draining_ends_after_its_time() -> None:
    states = FlakyStates()
    states.gate.clear()
    commits = Commits(states)
    await commits.commit(STEP)
    async with asyncio.timeout(1):
        await commits.drain(0.01)
    states.gate.set()
    await commits.drain(1)
