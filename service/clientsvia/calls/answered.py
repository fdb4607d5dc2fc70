"""What an answer leads to: said, said in part, waited for, or an offer where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import offers, sentences
from clientsvia.calls.fillers import filler
from clientsvia.calls.ports import Act
from clientsvia.calls.reply import CONTINUE, AskOffline, AwaitAnswer, Decision, Need, Reply
from clientsvia.calls.replying import hang_up, listen
from clientsvia.calls.ringing import transfer
from clientsvia.calls.taking import request, taking

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import (
        AnswerBegun,
        AnswerFailed,
        AnswerLate,
        AnswerReady,
        Continued,
    )
    from clientsvia.calls.ports import Action, Answer
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company


def ready(event: AnswerReady, company: Company, call: Call, now: datetime) -> Decision:
    """All of an answer, or all that was missing of it."""
    answer = event.answer
    if answer.action is not None:
        return _carried_out(answer.action, answer, company, call, now)
    if answer.known or _spoken(call):
        source = answer.source if answer.known else "model"
        return listen(call, answer.sentences, source, "answered", outcome="answered")
    return offers.offer(company, call, now, "nothing known answers this")


def begun(event: AnswerBegun, _company: Company, call: Call, _now: datetime) -> Decision:
    """The first sentences now, the rest when the caller has heard them."""
    answer, state = event.answer, call.state.answering(event.pending)
    reply = Reply(answer.sentences, CONTINUE, state)
    return Decision(reply, answer.source, "the rest follows", "answered")


def late(event: AnswerLate, company: Company, call: Call, _now: datetime) -> Decision | Need:
    """A filler, once; then what the company's own data answer."""
    if _spoken(call):
        why = "the rest of the answer did not come in time"
        return listen(call, (sentences.CUT_SHORT,), "late", why, outcome="answered")
    if call.state.pending is not None:
        return AskOffline(event.asked)
    say = (filler(event.asked, company, call.state.turn),)
    reply = Reply(say, CONTINUE, call.state.answering(event.pending))
    return Decision(reply, "filler", "the answer takes its time")


def failed(event: AnswerFailed, _company: Company, call: Call, _now: datetime) -> Decision | Need:
    """The company's own data where nothing has been said yet."""
    if _spoken(call):
        why = "the rest of the answer failed"
        return listen(call, (sentences.CUT_SHORT,), "failed", why, outcome="answered")
    return AskOffline(event.asked)


def continued(_event: Continued, _company: Company, call: Call, _now: datetime) -> Decision | Need:
    """More of the answer, where there is one under way."""
    if call.state.pending is None:
        why = "there is no answer under way"
        return listen(call, (sentences.HELP,), "courtesy", why)
    return AwaitAnswer()


def _spoken(call: Call) -> bool:
    """Whether the caller has heard a part of the answer."""
    return call.state.pending is not None and call.state.pending.spoken > 0


def _carried_out(
    action: Action, answer: Answer, company: Company, call: Call, now: datetime
) -> Decision:
    """Do what the responder asks for, as far as the company's settings allow it."""
    say, source = answer.sentences, answer.source
    if action.act is Act.END:
        # Sentence by sentence, as each has its sound.
        last = say or (sentences.GOODBYE,)
        return hang_up(call, last, source, "the agent ends the call", "")
    if action.act is Act.TRANSFER and (target := company.target(action.target)) is not None:
        return transfer.to_somebody(company, call, target, now, opening=say)
    if action.act is Act.TRANSFER:
        return offers.offer(company, call, now, f"no target has the id {action.target[:40]!r}")
    if action.act is Act.REQUEST:
        return request.ask(company, call, action, opening=say, source=source)
    why = "the agent takes a message"
    return taking.begin(company, call, say, source=source, why=why)
