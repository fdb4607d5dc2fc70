"""Somebody on the line: what they do next, given what they hear."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from clientsvia.simulator.result import Expectation
from clientsvia.simulator.script import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

Situation = Literal["prompt", "listening", "recording", "pause", "ringing", "talking"]

_TURNS: frozenset[Situation] = frozenset({"listening", "recording"})
_PATIENCE = {"listening": 1.0, "recording": 1.0, "pause": 3.0}
"""Seconds of quiet after which a caller with nothing left to say hangs up."""
_WHERE: dict[str, Situation] = {
    "speaking": "prompt",
    "recording": "recording",
    "waiting": "pause",
    "ringing": "ringing",
    "talking": "talking",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of ``seconds`` in which the person may act.

    ``speech`` and ``keys`` tell what is taken.
    """

    situation: Situation
    seconds: float
    speech: bool = False
    keys: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that begin ``delay`` seconds into the moment.

    ``heard`` is what the recogniser makes of them.
    """

    delay: float
    text: str
    heard: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Digits pressed ``delay`` seconds into the moment."""

    delay: float
    digits: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Hanging up ``delay`` seconds into the moment."""

    delay: float


Act = Speech | Keys | Gone


class Person(Protocol):
    """Somebody on the line."""

    def hears(self, text: str) -> None:
        """Take note of what the agent said."""

    async def acts(self, moment: Moment) -> Act | None:
        """The first thing done within the moment, or None for silence throughout."""

    def goes_on(self, text: str, delay: float) -> None:
        """Words that were still to be said when the listening ended.

        They follow after ``delay``.
        """


class Scripted:
    """Follows the steps of a script."""

    def __init__(self, steps: Iterable[Step], *, hangs_up: bool = True) -> None:
        self._steps = deque(steps)
        self._hangs_up = hangs_up
        self._waited = 0.0
        self._heard: list[str] = []
        self._pending: list[str] = []
        self._last = "the call began"
        self.expectations: list[Expectation] = []

    def hears(self, text: str) -> None:
        """Take note of what the agent said."""
        self._heard.append(text)

    def goes_on(self, text: str, delay: float) -> None:
        """Put the rest of an utterance before the next step."""
        self._steps.appendleft(Step(say=text, interrupt=True, after=delay))

    async def acts(self, moment: Moment) -> Act | None:
        """What the current step does within the moment; see Step."""
        self._absorb_expectations()
        if not self._steps:
            return self._end(moment)
        step = self._steps[0]
        if step.when is not None and not self._has_heard(step.when):
            return None
        if step.wait is not None:
            return await self._wait(step, step.wait, moment)
        delay = self._delay(step, moment)
        if delay is None or delay > moment.seconds:
            return None
        self._perform(step)
        return _act(step, delay)

    def close(self) -> tuple[tuple[Expectation, ...], tuple[str, ...]]:
        """Judge what is still expected; returns all expectations and the steps not reached."""
        self._absorb_expectations()
        self._judge()
        left = [step for step in self._steps if step.say is not None or step.press]
        for step in self._steps:
            self.expectations += [
                Expectation(phrase, str(step), met=False) for phrase in step.expect
            ]
        return tuple(self.expectations), tuple(str(step) for step in left)

    def _absorb_expectations(self) -> None:
        while self._steps and not self._steps[0].acts:
            self._pending += self._steps.popleft().expect

    async def _wait(self, step: Step, seconds: float, moment: Moment) -> Act | None:
        if moment.situation == "prompt":
            return None
        left = seconds - self._waited
        if left > moment.seconds:
            self._waited += moment.seconds
            return None
        self._perform(step)
        self._waited = 0.0
        act = await self.acts(replace(moment, seconds=moment.seconds - left))
        return None if act is None else replace(act, delay=act.delay + left)

    def _delay(self, step: Step, moment: Moment) -> float | None:
        """Seconds into the moment at which a step is done, or None when this is not its moment."""
        if isinstance(step.hang_up, str):
            return step.after if moment.situation == _WHERE[step.hang_up] else None
        if step.hang_up:
            return step.after if moment.situation in _TURNS else None
        taken = moment.speech if step.say is not None else moment.keys
        if not taken or (moment.situation == "prompt" and not step.interrupt):
            return None
        if step.interrupt and moment.situation != "prompt":
            return min(step.after, 0.5)
        return step.after

    def _perform(self, step: Step) -> None:
        self._judge()
        self._steps.popleft()
        self._pending = list(step.expect)
        if step.wait is None:
            self._heard.clear()
        self._last = str(step)

    def _judge(self) -> None:
        for phrase in self._pending:
            self.expectations.append(Expectation(phrase, self._last, self._has_heard(phrase)))
        self._pending = []

    def _has_heard(self, phrase: str) -> bool:
        heard = " ".join(self._heard)
        if len(phrase) > 2 and phrase.startswith("/") and phrase.endswith("/"):  # noqa: PLR2004
            return re.search(phrase[1:-1], heard, re.IGNORECASE) is not None
        return phrase.casefold() in heard.casefold()

    def _end(self, moment: Moment) -> Act | None:
        patience = _PATIENCE.get(moment.situation)
        if self._hangs_up and patience is not None and moment.seconds >= patience:
            return Gone(patience)
        return None


def _act(step: Step, delay: float) -> Act:
    if step.say is not None:
        return Speech(delay, step.say, step.heard, step.confidence)
    return Keys(delay, step.press) if step.press else Gone(delay)
