"""A call that nobody makes: played event by event through the very flow that answers Twilio.

Nothing of it is kept: no log, no message, no notice. Nobody is rung, and only what a model or a
voice costs is counted like that of any other call.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.calls.answers import Answers
from clientsvia.calls.commits import Commits
from clientsvia.calls.conversation import Conversations, recalled
from clientsvia.calls.events import Continued
from clientsvia.calls.explain import called_by, decided_for
from clientsvia.calls.onset import NONE
from clientsvia.calls.partials import Partials
from clientsvia.calls.ports import Question
from clientsvia.calls.ringing.engaged import Engaged
from clientsvia.calls.ringing.whispering import Whisper, Whispering
from clientsvia.calls.speculation import Speculation, Unlimited
from clientsvia.calls.turns import Turns, as_logged
from clientsvia.errors import InvalidInput
from clientsvia.latency.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from clientsvia.calls.events import DialEnded, Event
    from clientsvia.calls.makings import Makings
    from clientsvia.calls.ports import Clock, LogEntry, PreparedAnswers, Responder, Step
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.transports.text import TextTransport

WORDS_PER_SECOND = 2.5  # of ordinary speech, a caller's and an agent's alike


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and which number: ``called`` in E.164, ``number`` in any spelling or a word."""

    called: str
    number: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a played call stands: what its next webhook would bring, and what it remembers.

    ``call`` is the state that TextTransport wrote, ``next`` what the reply led to. ``at`` is the
    aware moment at which the reply was given, ``seconds`` how long it takes to say.
    """

    sid: str
    caller: Caller
    call: str
    next: Mapping[str, Any]
    memory: Mapping[str, Any]
    at: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Played:
    """One webhook that was played.

    ``event`` and ``answered`` are what the log would keep, ``reply`` is what TextTransport made of
    it, ``stages`` are in nanoseconds. ``whispers`` are what those who were rung have heard.
    """

    event: Mapping[str, Any]
    answered: Mapping[str, Any]
    reply: Mapping[str, Any]
    stages: Mapping[str, int]
    scene: Scene
    whispers: tuple[Mapping[str, Any], ...] = ()


@dataclass(slots=True)
class _Notebook:
    """The memory of one call while one of its webhooks is played, and what was committed."""

    memory: Mapping[str, Any]
    steps: list[Step] = field(default_factory=list)

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:  # noqa: ARG002 - there is one call
        return self.memory

    async def commit(self, step: Step) -> Step:
        self.memory = step.memory
        self.steps.append(step)
        return step


class _NoLog:
    """Keeps nothing."""

    def write(self, entry: LogEntry) -> None:
        """Nobody is to read it."""


class Player:
    """Plays the webhooks of calls that nobody makes.

    ``clock_at`` makes a clock that begins at a moment. Answers are made as for any call, and where
    ``prepared`` is shared, another worker can go on with them.
    """

    def __init__(
        self,
        makings: Makings,
        prepared: PreparedAnswers,
        own_data: Responder,
        transport: TextTransport,
        clock_at: Callable[[datetime], Clock],
        clock: Clock,
    ) -> None:
        self._transport = transport
        self._clock_at = clock_at
        self._speculation = Speculation(makings, NONE, Unlimited())
        nothing = Conversations(_Notebook({}))
        partials = Partials(self._speculation, nothing, prepared, None, lambda _: None, clock)
        self._answers = Answers(self._speculation, partials, own_data)

    def ring(self, company: Company, sid: str, caller: Caller, at: datetime) -> Played:
        """The first webhook of a call that comes in at an aware moment."""
        timeline = Timeline()
        decision = decided_for(
            company, caller.called, at, caller.number, unverified=caller.unverified
        )
        timeline.mark("decide")
        body = self._transport.render(decision.reply, company, sid)
        timeline.mark("render")
        reply = orjson.loads(body)
        scene = _scene(sid, caller, reply, {}, at)
        answered = _stored(as_logged(decision, prepared=False))
        return Played({"type": "Ringing"}, answered, reply, timeline.segments, scene)

    async def play(self, company: Company, scene: Scene, event: Event, at: datetime) -> Played:
        """What happens next on a call: another webhook, which comes in ``at`` an aware moment."""
        return await self._played(company, scene, event, at, _Notebook(scene.memory), ())

    async def dialled(
        self,
        company: Company,
        scene: Scene,
        event: DialEnded,
        keys: Mapping[str, str],
        at: datetime,
    ) -> Played:
        """Ringing somebody is over: ``keys`` are what those pressed who answered, empty for none.

        Those who need not accept hear nothing before they are connected, and press nothing.
        """
        notebook, call = _Notebook(scene.memory), self._call(company, scene)
        clock = self._clock_at(at)
        whispering = Whispering(
            Conversations(notebook), Commits(notebook), clock, self._transport, Engaged()
        )
        heard = []
        for callee in scene.next["callees"]:
            if callee["accept"] and (key := keys.get(callee["target"])) is not None:
                whisper = _whisper(call, callee["target"])
                body = await whispering.answered(company, whisper, scene.next["caller_id"])
                heard.append(orjson.loads(body))
                if key:
                    await whispering.pressed(company, whisper, key)
        return await self._played(company, scene, event, at, notebook, tuple(heard))

    async def go_on(self, company: Company, scene: Scene) -> Played:
        """The caller has heard what there was of an answer, which was made meanwhile."""
        await self._hear(company, scene)
        at = scene.at + timedelta(seconds=scene.seconds)
        return await self.play(company, scene, Continued(), at)

    async def _hear(self, company: Company, scene: Scene) -> None:
        """Give whoever makes the answer the time that the caller takes to hear the last reply."""
        pending = self._call(company, scene).state.pending
        if pending is None:
            return
        question = Question(company, recalled(scene.memory).asked, scene.at)
        making = self._speculation.under_way(pending.key, question)
        with suppress(Exception):  # the flow is told of it when it goes on
            await making.take(pending.spoken, scene.seconds)

    def over(self, company: Company, scene: Scene) -> None:
        """The call is over: nobody needs what is still made for it."""
        self._speculation.ended(company.slug, scene.sid)

    def _call(self, company: Company, scene: Scene) -> Call:
        state = self._transport.state(scene.call, scene.sid)
        if state is None or state.company != company.slug:
            raise InvalidInput("this conversation was begun under other keys: begin a new one")
        caller = scene.caller
        return called_by(company, caller.called, caller.number, scene.sid, state)

    async def _played(
        self,
        company: Company,
        scene: Scene,
        event: Event,
        at: datetime,
        notebook: _Notebook,
        whispers: tuple[Mapping[str, Any], ...],
    ) -> Played:
        call, timeline = self._call(company, scene), Timeline()
        conversations, clock = Conversations(notebook), self._clock_at(at)
        conversations.keep(company, call, recalled(notebook.memory), call.state)
        turns = Turns(
            Commits(notebook),
            conversations,
            self._answers,
            _NoLog(),
            clock,
            self._transport,
        )
        body = await turns.take(company, call, "played", event, timeline)
        (step,) = notebook.steps[-1:]
        reply = orjson.loads(body)
        after = _scene(scene.sid, scene.caller, reply, step.memory, clock.now())
        event_data, answered = _stored(step.event), _stored(step.answered)
        return Played(event_data, answered, reply, timeline.segments, after, whispers)


def _scene(
    sid: str, caller: Caller, reply: Mapping[str, Any], memory: Mapping[str, Any], at: datetime
) -> Scene:
    seconds = seconds_of(" ".join(said["text"] for said in reply["say"]))
    return Scene(sid, caller, reply["call"], reply["next"], memory, at, seconds)


def _stored(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object as the log would give it back: JSON's types alone."""
    stored: Mapping[str, Any] = orjson.loads(orjson.dumps(dict(data)))
    return stored


def seconds_of(text: str) -> float:
    """About how long it takes to say a text."""
    return len(text.split()) / WORDS_PER_SECOND


def _whisper(call: Call, target: str) -> Whisper:
    state = call.state
    return Whisper(state.company, call.sid, state.turn, target, state.urgent, state.unverified)
