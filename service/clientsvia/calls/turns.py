"""The asynchronous shell around the flow: fetch what it needs, commit the step, give one answer."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import orjson
import structlog

from clientsvia.calls.conversation import Conversation, Conversations
from clientsvia.calls.corrections import meant_by
from clientsvia.calls.events import (
    Continued,
    Digits,
    Heard,
    NumberRecalled,
    Remembered,
    Reminded,
    RequestRecalled,
    Silence,
    WhispersRecalled,
)
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import LogEntry, Question, Step
from clientsvia.calls.reply import (
    AskResponder,
    AwaitAnswer,
    Decision,
    Recall,
    RecallNumber,
    RecallQuestion,
    RecallRequest,
    RecallWhispers,
)
from clientsvia.calls.ringing.engaged import Engaged

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.answers import Answers
    from clientsvia.calls.commits import Commits
    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import Clock, Transport
    from clientsvia.calls.reply import Need
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.latency.timeline import Timeline

log = structlog.get_logger(__name__)


class Timings(Protocol):
    """Where it is noted how long a turn took: the call log, for a call that somebody makes."""

    def write(self, entry: LogEntry) -> None:
        """Queue an entry; returns at once and never raises."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Plays one event of a call to its end: decided, rendered, committed once, answered."""

    commits: Commits
    conversations: Conversations
    answers: Answers
    call_log: Timings
    clock: Clock
    transport: Transport
    engaged: Engaged = field(default_factory=Engaged)

    async def take(
        self, company: Company, call: Call, kind: str, event: Event, timeline: Timeline
    ) -> bytes:
        """The document that answers ``event``.

        A second delivery of the same event gets the bytes of the first, whichever worker
        committed it. When the store does not commit in time the call goes on without it.
        """
        now = self.clock.now()
        before = await self._conversation(company, call, event)
        event, before = await self.conversations.without_cards(company, call, event, before)
        decision, prepared, body = await self._play(company, call, event, before, now, timeline)
        after = _after(before, event, decision, call.state.turn)
        step = Step(
            call_sid=call.sid,
            key=_key(call, kind),
            company=company.slug,
            turn=call.state.turn,
            at=now,
            event={"type": type(event).__name__, **asdict(event)},
            answered=as_logged(decision, prepared=prepared),
            reply=body,
            memory=after.memory(),
        )
        committed = await self.commits.commit(step)
        if committed.event != step.event:
            # Not a second delivery but other words for the same turn: they get their own answer.
            step = replace(step, key=f"{step.key}:{_digest(step)}")
            committed = await self.commits.commit(step)
        timeline.mark("commit")
        if committed.reply == step.reply and committed.memory == step.memory:
            self.conversations.keep(company, call, after, decision.reply.state)
        else:  # a second delivery: what was said is what the first has committed
            self.conversations.forget(company, call)
        self.engaged.note(company.slug, call.sid, decision.reply, now.timestamp())
        tell_refused(decision, company, call.sid)
        self._log_timing(step, timeline)
        return committed.reply

    async def rehearse(
        self, company: Company, call: Call, event: Event, timeline: Timeline
    ) -> bytes:
        """The same turn without a trace: nothing is committed and nothing logged."""
        nothing = Conversation()
        try:
            _, _, body = await self._play(company, call, event, nothing, self.clock.now(), timeline)
        finally:
            self.answers.speculation.ended(company.slug, call.sid)
        await self.conversations.load(company, call)
        timeline.mark("memory")
        return body

    async def _conversation(self, company: Company, call: Call, event: Event) -> Conversation:
        """What was said before; asked of the store only where somebody makes use of it."""
        known = self.conversations.known(company, call)
        if known is not None:
            return known
        first = call.state.turn <= 1
        if isinstance(event, Continued):
            return await self.conversations.going_on(company, call)
        if not first and not self.answers.instant(company):
            return await self.conversations.load(company, call)
        return Conversation()

    async def _play(
        self,
        company: Company,
        call: Call,
        event: Event,
        before: Conversation,
        now: datetime,
        timeline: Timeline,
    ) -> tuple[Decision, bool, bytes]:
        decision, prepared = await self._decide(company, call, event, before, now)
        timeline.mark("answer")
        body = self.transport.render(decision.reply, company, call.sid)
        timeline.mark("render")
        return decision, prepared, body

    async def _decide(
        self, company: Company, call: Call, event: Event, before: Conversation, now: datetime
    ) -> tuple[Decision, bool]:
        outcome, prepared, asked = decide(event, company, call, now), False, False
        while not isinstance(outcome, Decision):
            asked = asked or isinstance(outcome, AskResponder)
            fetched, fresh = await self._fetch(outcome, company, call, before, now)
            outcome, prepared = decide(fetched, company, call, now), prepared or fresh
        if not asked and isinstance(event, Heard | Digits | Silence):
            self.answers.not_asked(call, company)
        return outcome, prepared

    async def _fetch(
        self, need: Need, company: Company, call: Call, before: Conversation, now: datetime
    ) -> tuple[Event, bool]:
        """The event that meets a need, and whether an answer was prepared."""
        if isinstance(need, AskResponder):
            question = Question(company, need.text, now, before.turns)
            return await self.answers.ask(call, question)
        if isinstance(need, AwaitAnswer):
            waited = (self.clock.now() - now).total_seconds()
            return await self.answers.go_on(company, call, before, now, waited), False
        if isinstance(need, RecallWhispers):
            pressed = await self.conversations.pressed(company, call)
            return WhispersRecalled(need.ended, pressed), False
        if isinstance(need, Recall | RecallRequest | RecallQuestion | RecallNumber):
            known = before if before.said else await self.conversations.load(company, call)
            return _recalled(need, known), False
        return await self.answers.from_own_data(Question(company, need.text, now)), False

    def _log_timing(self, step: Step, timeline: Timeline) -> None:
        data = {"key": step.key, "stages": dict(timeline.segments)}
        self.call_log.write(LogEntry(step.call_sid, step.company, "timing", step.at, data))


def tell_refused(decision: Decision, company: Company, call_sid: str) -> None:
    """Tell the operator whom a call did not ring because nobody may be connected with them."""
    for reason in decision.refused:
        log.warning(
            "a target is not rung",
            call=call_sid,
            company=company.slug,
            reason=reason,
            remedy="name an ordinary number for this target in the profile, and import it",
        )


def _key(call: Call, kind: str) -> str:
    """What makes a step unique in its call; an answer may take several steps of a turn."""
    pending = call.state.pending
    return f"{call.state.turn}:{kind}" + (f":{pending.spoken}" if pending else "")


def _after(before: Conversation, event: Event, decision: Decision, turn: int) -> Conversation:
    if isinstance(event, Continued):
        after = before.went_on(decision.reply.say)
    else:
        heard = meant_by(_words(event), before.asked)
        after = before.heard(heard, decision.reply.say)
    asked = after.asked if decision.source == "unknown" else ""
    return replace(after, request=decision.request or asked or before.request, turn=turn)


def _recalled(
    need: Recall | RecallRequest | RecallQuestion | RecallNumber, known: Conversation
) -> Event:
    """What was said earlier on the call."""
    if isinstance(need, RecallRequest):
        return RequestRecalled(known.request)
    if isinstance(need, RecallNumber):
        return NumberRecalled(need.text, known.said)
    if isinstance(need, RecallQuestion):
        return Reminded(need.meant, known.asked)
    return Remembered(known.said)


def _words(event: Event) -> str:
    """What the caller said, or keyed in where several digits were asked for."""
    if isinstance(event, Digits):
        return " ".join(event.digits) if len(event.digits) > 1 else ""
    return event.text if isinstance(event, Heard) else ""


def as_logged(decision: Decision, *, prepared: bool) -> dict[str, Any]:
    """What the log keeps of a decision; an outcome is an effect, hence committed with its step."""
    reply = decision.reply
    return {
        "said": list(reply.say),
        "next": {"type": type(reply.next).__name__, **asdict(reply.next)},
        "mode": reply.state.mode.name,
        "source": decision.source,
        "why": decision.why,
        "outcome": decision.outcome,
        "request": decision.request,
        "prepared": prepared,
        "effects": [
            {"type": type(effect).__name__, **asdict(effect)} for effect in decision.effects
        ],
    }


def _digest(step: Step) -> str:
    event = orjson.dumps(dict(step.event), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(event).hexdigest()[:16]
