"""Where a call is played: what every verb needs of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Literal

from clientsvia.simulator.caller import Gone, Keys, Moment, Person, Speech
from clientsvia.simulator.problems import Code, Level, Problem, Refusal
from clientsvia.simulator.result import Kind, Line, Outcome, Recording, Speaker
from clientsvia.simulator.schema import whole
from clientsvia.simulator.webhooks import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from clientsvia.simulator.clock import Clock
    from clientsvia.simulator.media import Media
    from clientsvia.simulator.parameters import Identifiers
    from clientsvia.simulator.script import Script
    from clientsvia.simulator.webhooks import Webhooks

KEY_SECONDS = 0.25
"""Seconds between two keys pressed one after the other."""


class Ended(Exception):
    """The call, or a leg of it, is over; ``status`` is the CallStatus it ends with."""

    def __init__(self, outcome: Outcome, status: str = "completed") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.status = status


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something the person is to hear, for so many seconds."""

    kind: Literal["says", "plays"]
    text: str
    seconds: float


@dataclass(slots=True)
class Leg:
    """One end of the line: the caller's, or that of somebody who was dialled."""

    name: Literal["caller", "callee"]
    person: Person
    parameters: dict[str, str]
    answered_at: float | None = None


@dataclass(slots=True)
class Stage:
    """Everything the verbs of one call share."""

    script: Script
    clock: Clock
    webhooks: Webhooks
    media: Media
    identifiers: Identifiers
    started: datetime
    observe: Callable[[Line], None]
    rng: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - noise, not secrets
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    documents: int = 0
    ended_at: float = 0.0

    def timestamp(self, *, ahead: float = 0.0) -> datetime:
        """The time of day on the call's clock, ``ahead`` seconds from now."""
        return self.started + timedelta(seconds=self.clock.now() + ahead)

    def report(self, code: Code, level: Level, message: str, url: str = "") -> None:
        """Note what Twilio would complain about."""
        self.problems.append(Problem(int(code), level, message, url, round(self.clock.now(), 3)))

    def note(self, who: Speaker, kind: Kind, text: str, seconds: float = 0.0) -> None:
        """Add a line to the conversation that takes ``seconds`` from now."""
        at = self.clock.now()
        line = Line(round(at, 3), round(at + seconds, 3), who, kind, text)
        self.lines.append(line)
        self.observe(line)

    async def sleep(self, seconds: float) -> None:
        """Let time pass; raises Ended at the call's time limit."""
        left = self.script.max_seconds - self.clock.now()
        await self.clock.sleep(min(seconds, left))
        if seconds > left:
            self.report(
                Code.OUTSIDE, "error", f"the call reached {self.script.max_seconds:g} s: ended"
            )
            raise Ended("stopped")

    async def wait(self, leg: Leg, moment: Moment) -> Speech | Keys | None:
        """Let a moment pass until the person acts; raises Ended when they hang up."""
        act = await leg.person.acts(moment)
        if act is None:
            await self.sleep(moment.seconds)
            return None
        await self.sleep(act.delay)
        if isinstance(act, Gone):
            self.note(leg.name, "hangs up", "")
            raise Ended("hung-up")
        return act

    async def utter(
        self, leg: Leg, prompt: Prompt, *, speech: bool = False, keys: bool = False
    ) -> Speech | Keys | None:
        """Say or play something to the person, until they interrupt."""
        began = self.clock.now()
        whispered = leg.name == "callee" and prompt.kind == "says"
        kind: Kind = "whispers" if whispered else prompt.kind
        self.note("agent", kind, prompt.text, prompt.seconds)
        index = len(self.lines) - 1
        try:
            act = await self.wait(leg, Moment("prompt", prompt.seconds, speech, keys))
        except Ended:
            self._cut(index, leg, prompt, self.clock.now() - began)
            raise
        if act is not None:
            self._cut(index, leg, prompt, self.clock.now() - began)
        elif prompt.kind == "says":
            leg.person.hears(prompt.text)
        return act

    def _cut(self, index: int, leg: Leg, prompt: Prompt, after: float) -> None:
        share = min(1.0, after / max(prompt.seconds, 0.001))
        part = prompt.text[: int(len(prompt.text) * share)]
        line = replace(self.lines[index], until=round(self.clock.now(), 3), text=part, cut=True)
        self.lines[index] = line
        if line.kind in {"says", "whispers"}:
            leg.person.hears(part)

    def notify_later(self, seconds: float, request: Request) -> None:
        """Send such a request beside the call in ``seconds``."""

        async def send() -> None:
            await self.notify(request)

        self.clock.later(seconds, send)

    async def notify(self, request: Request) -> None:
        """Send a request whose answer is ignored; a failure is reported and survived."""
        try:
            await self.webhooks.request(request)
        except Refusal as refusal:
            self.report(refusal.code, "error", f"{request.purpose}: {refusal.message}", refusal.url)


@dataclass(frozen=True, slots=True)
class Scene:
    """A verb to be executed: where, for whom, in which document."""

    stage: Stage
    leg: Leg
    element: Element
    resolve: Callable[[str | None], str]
    url: str

    def attribute(self, name: str, default: str = "") -> str:
        """An attribute of the verb."""
        return self.element.get(name, default)

    def count(self, name: str, default: int, *, least: int = 0) -> int:
        """An attribute that is a whole number; ``default`` when it is absent or no such number."""
        text = self.element.get(name, "")
        number = whole(text)
        return default if number is None or number < least else number

    def truth(self, name: str, *, default: bool) -> bool:
        """An attribute that is true or false."""
        text = self.element.get(name, "")
        return text == "true" if text in {"true", "false"} else default

    def follow(self, purpose: str, parameters: dict[str, str]) -> Request:
        """The request for the verb's action with what came of it."""
        method = "GET" if self.attribute("method").upper() == "GET" else "POST"
        url = self.resolve(self.element.get("action"))
        return Request(purpose, url, {**self.leg.parameters, **parameters}, method)
