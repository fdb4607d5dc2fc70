"""What calls remember, in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.stores.latest import Latest
from clientsvia.stores.log_rules import change_of_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.calls.ports import Step
    from clientsvia.stores.memory.call_memory import CallMemory


class MemoryCallStates:
    """Steps in a dictionary."""

    def __init__(self, memory: CallMemory) -> None:
        self._memory = memory

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:
        """The memory of this company's call as of its latest step; None if there is none."""
        latest = await self.latest(company, call_sid)
        return None if latest is None else latest.memory

    async def latest(self, company: str, call_sid: str) -> Latest | None:
        """The latest step of this company's call; None if there is none."""
        steps = self._memory.steps.get((company, call_sid))
        if not steps:
            return None
        step = steps[next(reversed(steps))]
        return Latest(step.turn, step.at.timestamp(), step.memory)

    async def commit(self, step: Step) -> Step:
        """Store a step; everybody gets the first committed for (company, call, key)."""
        steps, _ = self._memory.keep(step.company, step.call_sid)
        if step.key not in steps:
            steps[step.key] = _as_stored(step)
            self._memory.change(change_of_step(step))
            self._memory.bring(steps[step.key])
        return steps[step.key]


def _as_stored(step: Step) -> Step:
    """The step as any other store gives it back, whatever its maker does with its objects later."""
    event, answered, memory = orjson.loads(
        orjson.dumps([dict(step.event), dict(step.answered), dict(step.memory)])
    )
    return replace(step, event=event, answered=answered, memory=memory)
