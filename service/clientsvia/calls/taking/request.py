"""What nobody but a person can promise: read back, and on a yes left as a message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.offers import OFFERED
from clientsvia.calls.reply import Decision, RecallRequest
from clientsvia.calls.replying import listen
from clientsvia.calls.spoken import briefly
from clientsvia.calls.state import Mode
from clientsvia.calls.taking import taking

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import RequestRecalled
    from clientsvia.calls.ports import Action
    from clientsvia.calls.reply import Need
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

READ_BACK_LENGTH = 200  # characters: who told a long story knows it


def ask(
    company: Company, call: Call, action: Action, *, opening: tuple[str, ...], source: str
) -> Decision:
    """Say what was asked for, and whether it shall be left as a message."""
    heard = read_back(action.text, company.agent.language)
    say = (*opening, sentences.CANNOT_PROMISE, *heard, sentences.OFFER_REQUEST)
    why = "nothing the company says bears out the answer: it becomes a request"
    decision = listen(call, say, source, why, mode=Mode.CONFIRM_REQUEST, outcome="unanswered")
    return replace(decision, request=action.text)


def accept(company: Company, call: Call, why: str) -> Decision | Need:
    """The caller wants a message left: of what was asked before the offer, else of anything."""
    if call.state.mode in OFFERED:
        return RecallRequest()
    return taking.begin(company, call, (), source="caller", why=why)


def noted(event: RequestRecalled, company: Company, call: Call, _now: datetime) -> Decision:
    """Take down the request, and ask who makes it.

    When the call's memory could not be reached, the caller is asked for it once more.
    """
    remembered = "" if event.text else " that is not remembered"
    why = f"the caller leaves a request{remembered} as a message"
    known = call.state.mode is Mode.CONFIRM_REQUEST or not event.text
    opening = () if known else read_back(event.text, company.agent.language)
    decision = taking.begin(company, call, opening, source="caller", why=why, reason=event.text)
    return replace(decision, request=event.text)


def read_back(text: str, language: str) -> tuple[str, ...]:
    """The caller's words as a sentence, cut at a word; none where nothing in them can be said."""
    words = briefly(text, language, READ_BACK_LENGTH)
    return (f"You said: {words}.",) if words else ()
