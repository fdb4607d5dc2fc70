"""Fetches the answers that the flow needs, within the caller's patience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls import deadline
from clientsvia.calls.events import AnswerBegun, AnswerFailed, AnswerLate, AnswerReady
from clientsvia.calls.parts import assembled, whole
from clientsvia.calls.ports import Question
from clientsvia.calls.state import Pending

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.conversation import Conversation
    from clientsvia.calls.events import Event
    from clientsvia.calls.making import Making, Taken
    from clientsvia.calls.partials import Partials
    from clientsvia.calls.ports import Responder
    from clientsvia.calls.speculation import Speculation
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

log = structlog.get_logger(__name__)

BRIEFLY = 0.1  # seconds: a look at what is there, for a turn that has used up its time


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers prepared or made now; ``offline`` answers from the company's own data alone."""

    speculation: Speculation
    partials: Partials
    offline: Responder

    def instant(self, company: Company) -> bool:
        """Whether answers for a company wait for nobody."""
        return self.speculation.instant(company)

    async def ask(self, call: Call, question: Question) -> tuple[Event, bool]:
        """What there is within the first deadline, and whether it was prepared."""
        making = await self.speculation.final(call.sid, call.state.turn, question)
        self.partials.over(question.company, call, making.key)
        asked_at = int(question.now.timestamp() * 1000)
        pending = Pending(making.key, 0, asked_at)
        event = await self._taken(making, pending, deadline.FIRST)
        return event, making.early

    def not_asked(self, call: Call, company: Company) -> None:
        """The turn was decided without an answer: what was begun for it is of no use."""
        self.partials.over(company, call)

    async def go_on(
        self,
        company: Company,
        call: Call,
        conversation: Conversation,
        now: datetime,
        waited: float = 0.0,
    ) -> Event:
        """What has come since of the answer under way, within what is left of the turn.

        The webhook came at ``now``, and has ``waited`` so many seconds since.
        """
        pending = call.state.pending
        if pending is None:
            return AnswerFailed("no answer is under way")
        question = Question(company, conversation.asked, now)
        making = self.speculation.under_way(pending.key, question)
        if pending.spoken == 0 and making.question.company.revision != company.revision:
            return AnswerFailed("the settings were changed", making.question.text)
        passed = now.timestamp() - pending.asked_at / 1000
        left = deadline.TURN - passed if passed >= 0 else deadline.WEBHOOK  # a clock was set back
        patience = max(min(left, deadline.WEBHOOK) - waited, BRIEFLY)
        return await self._taken(making, pending, patience)

    async def from_own_data(self, question: Question) -> Event:
        """What the company's own data answer; nothing when the question is not known any more."""
        try:
            return AnswerReady(await whole(self.offline.answer(question)))
        except Exception as error:  # noqa: BLE001 - the caller is offered a person or a message
            log.warning("no answer", company=question.company.slug, error=repr(error))
            return AnswerReady(assembled(()))

    async def _taken(self, making: Making, pending: Pending, patience: float) -> Event:
        try:
            taken = await making.take(pending.spoken, patience)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the call goes on
            company = making.question.company.slug
            log.warning("no answer", company=company, error=repr(error))
            return AnswerFailed(type(error).__name__, making.question.text)
        return _event(making, pending, taken)


def _event(making: Making, pending: Pending, taken: Taken) -> Event:
    answer = assembled(taken.parts)
    if taken.complete:
        return AnswerReady(answer)
    if not taken.parts:
        return AnswerLate(making.question.text, pending)
    spoken = pending.spoken + len(taken.parts)
    return AnswerBegun(answer, Pending(pending.key, spoken, pending.asked_at))
