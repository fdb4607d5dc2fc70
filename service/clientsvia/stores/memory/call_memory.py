"""Where the memory adapters of call states and call log keep what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.inbox.ports import Committed
from clientsvia.stores.log_rules import changed
from clientsvia.stores.memory.forgetting import forget

if TYPE_CHECKING:
    from clientsvia.calls.ports import LogEntry, LoggedCall, Step
    from clientsvia.stores.log_rules import CallChange


Key = tuple[str, str]
"""A company's slug and a call's sid: a sid alone is the sender's word."""


class CallMemory:
    """The newest ``most`` calls with their steps and entries; older ones are forgotten."""

    def __init__(self, *, most: int = 10_000) -> None:
        self._most = most
        self.calls: dict[Key, LoggedCall] = {}
        self.steps: dict[Key, dict[str, Step]] = {}
        self.entries: dict[Key, list[LogEntry]] = {}
        self.effects: dict[int, Committed] = {}
        self._effects = 0

    def change(self, change: CallChange) -> None:
        """Note what a step or an entry tells of its call."""
        key = change.company, change.call_sid
        self.calls[key] = changed(self.calls.get(key), change)

    def bring(self, step: Step) -> None:
        """Note the effects of a committed step."""
        for effect in step.answered.get("effects", ()):
            self._effects += 1
            data = {name: value for name, value in effect.items() if name != "type"}
            origin = step.company, step.call_sid, step.turn, step.at
            self.effects[self._effects] = Committed(self._effects, *origin, effect["type"], data)

    def keep(self, company: str, call_sid: str) -> tuple[dict[str, Step], list[LogEntry]]:
        """The steps and entries of a call, to be added to."""
        key = company, call_sid
        if key not in self.steps:
            if len(self.steps) >= self._most:
                self._forget(next(iter(self.steps)))
            self.steps[key] = {}
            self.entries[key] = []
        return self.steps[key], self.entries[key]

    def forget_company(self, company: str) -> int:
        """Let go of all calls of a company; how many things that were."""
        kept = (self.calls, self.steps, self.entries)
        effects = [number for number, one in self.effects.items() if one.company == company]
        for number in effects:
            del self.effects[number]
        return len(effects) + sum(forget(some, lambda key: key[0] == company) for some in kept)

    def of(self, company: str) -> list[LoggedCall]:
        """The calls of a company."""
        return [call for (owner, _), call in self.calls.items() if owner == company]

    def forget(self, company: str, call_sid: str) -> list[Step]:
        """Forget a call with all that it is still to bring about; the steps it had."""
        key = company, call_sid
        steps = list(self.steps.get(key, {}).values())
        if key in self.steps:
            self._forget(key)
        self.calls.pop(key, None)
        for effect in list(self.effects.values()):
            if (effect.company, effect.call_sid) == key:
                del self.effects[effect.id]
        return steps

    def _forget(self, key: Key) -> None:
        del self.steps[key], self.entries[key]
        self.calls.pop(key, None)
