"""The asynchronous shell around the flow: fetch what it needs, commit the step, give one answer."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
import structlog

from clientsvia.calls import deadline
from clientsvia.calls.events import AnswerFailed, AnswerReady, Remembered
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import LogEntry, Question, Step
from clientsvia.calls.reply import AskResponder, Decision

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.commits import Commits
    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import CallLog, CallStates, Clock, Transport
    from clientsvia.calls.reply import Need
    from clientsvia.calls.speculation import Speculation
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.latency.timeline import Timeline

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Turns:
    """Plays one event of a call to its end: decided, rendered, committed once, answered."""

    states: CallStates
    commits: Commits
    speculation: Speculation
    call_log: CallLog
    clock: Clock
    transport: Transport

    async def take(
        self, company: Company, call: Call, kind: str, event: Event, timeline: Timeline
    ) -> bytes:
        """The document that answers ``event``.

        A second delivery of the same event gets the bytes of the first, whichever worker
        committed it. When the store does not commit in time the call goes on without it.
        """
        now = self.clock.now()
        decision, prepared, body = await self._play(company, call, event, now, timeline)
        step = Step(
            call_sid=call.sid,
            key=f"{call.state.turn}:{kind}",
            company=company.slug,
            turn=call.state.turn,
            at=now,
            event={"type": type(event).__name__, **asdict(event)},
            answered=_answered(decision, prepared=prepared),
            reply=body,
            memory={"said": list(decision.reply.say)},
        )
        committed = await self.commits.commit(step)
        if committed.event != step.event:
            # Not a second delivery but other words for the same turn: they get their own answer.
            step = replace(step, key=f"{step.key}:{_digest(step)}")
            committed = await self.commits.commit(step)
        timeline.mark("commit")
        self._log_timing(step, timeline)
        return committed.reply

    async def rehearse(
        self, company: Company, call: Call, event: Event, timeline: Timeline
    ) -> bytes:
        """The same turn without a trace: nothing is committed and nothing logged."""
        _, _, body = await self._play(company, call, event, self.clock.now(), timeline)
        await self._last_said(company, call)
        timeline.mark("memory")
        return body

    async def _play(
        self, company: Company, call: Call, event: Event, now: datetime, timeline: Timeline
    ) -> tuple[Decision, bool, bytes]:
        decision, prepared = await self._decide(company, call, event, now)
        timeline.mark("answer")
        body = self.transport.render(decision.reply, company, call.sid)
        timeline.mark("render")
        return decision, prepared, body

    async def _decide(
        self, company: Company, call: Call, event: Event, now: datetime
    ) -> tuple[Decision, bool]:
        outcome, prepared = decide(event, company, call, now), False
        while not isinstance(outcome, Decision):
            fetched, prepared = await self._fetch(outcome, company, call, now)
            outcome = decide(fetched, company, call, now)
        return outcome, prepared

    async def _fetch(
        self, need: Need, company: Company, call: Call, now: datetime
    ) -> tuple[Event, bool]:
        if not isinstance(need, AskResponder):
            return Remembered(await self._last_said(company, call)), False
        question = Question(company, need.text, now)
        try:
            async with asyncio.timeout(deadline.ANSWER):
                answer, prepared = await self.speculation.answer(
                    call.sid, call.state.turn, question
                )
        except Exception as error:  # noqa: BLE001 - whatever a responder does, the call goes on
            log.warning("no answer", company=company.slug, call=call.sid, error=repr(error))
            return AnswerFailed(type(error).__name__), False
        return AnswerReady(answer), prepared

    async def _last_said(self, company: Company, call: Call) -> tuple[str, ...]:
        try:
            async with asyncio.timeout(deadline.MEMORY):
                memory = await self.states.load(company.slug, call.sid)
        except Exception as error:  # noqa: BLE001 - likewise for any store
            log.warning("the call's memory did not answer", call=call.sid, error=repr(error))
            return ()
        return tuple(memory["said"]) if memory else ()

    def _log_timing(self, step: Step, timeline: Timeline) -> None:
        data = {"key": step.key, "stages": dict(timeline.segments)}
        self.call_log.write(LogEntry(step.call_sid, step.company, "timing", step.at, data))


def _answered(decision: Decision, *, prepared: bool) -> dict[str, Any]:
    """What the log keeps of a decision; an outcome is an effect, hence committed with its step."""
    reply = decision.reply
    return {
        "said": list(reply.say),
        "next": {"type": type(reply.next).__name__, **asdict(reply.next)},
        "mode": reply.state.mode.name,
        "source": decision.source,
        "why": decision.why,
        "outcome": decision.outcome,
        "prepared": prepared,
    }


def _digest(step: Step) -> str:
    event = orjson.dumps(dict(step.event), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(event).hexdigest()[:16]
