"""Whether the agent answers: asked here and now, and as the log of its calls tells."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Trouble
from clientsvia.admin.diagnosis.failures import failed
from clientsvia.calls.log_queries import CallFilter
from clientsvia.calls.parts import whole
from clientsvia.calls.ports import Question
from clientsvia.errors import ClientsViaError

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ports import Answer, CallLog, LoggedCall, Responder
    from clientsvia.companies.company import Company

ANSWER_SECONDS = 8.0  # Twilio hangs up on 15 s, which the caller must not wait for
RECENT_CALLS = 10
PROBE_QUESTION = "What are your opening hours?"
HOW = "clientsvia company import FILE"


async def check_answers(company: Company, responder: Responder, now: datetime) -> Check:
    """One question the company surely can answer: its first knowledge entry's own."""
    what = f"{company.slug}, {company.ai.responder}"
    entries = company.knowledge.entries
    text = entries[0].question if entries else PROBE_QUESTION
    begun = perf_counter()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            answer = await whole(responder.answer(Question(company, text, now)))
    except Exception as error:  # noqa: BLE001 - whatever breaks a responder is what is asked for
        return failed(what, error, ANSWER_SECONDS)
    milliseconds = (perf_counter() - begun) * 1000
    if not entries:
        remedy = f"add knowledge (question, answer) to its profile, and import it: {HOW}"
        return Check(Trouble.AI, what, "it knows nothing but its hours and address", remedy)
    return _judged(company, what, text, answer, milliseconds)


def _judged(company: Company, what: str, text: str, answer: Answer, milliseconds: float) -> Check:
    if not answer.known:
        found = f"its own question {text!r} is not answered"
        remedy = (
            f"lower ai.threshold in its profile (it is {company.ai.threshold}), or give the entry "
            "words people use"
        )
        return Check(Trouble.AI, what, found, remedy)
    count = len(company.knowledge.entries)
    by = f", with {answer.source.removeprefix('model:')}" if "model:" in answer.source else ""
    found = f"answers in {milliseconds:.1f} ms, from {count} knowledge entries{by}"
    return Check(Trouble.AI, what, found)


async def check_recent_calls(company: Company, log: CallLog) -> Check:
    """Whether something failed in the company's newest calls."""
    what = f"{company.slug}, last calls"
    try:
        listed = await log.calls(CallFilter(company.slug), limit=RECENT_CALLS)
        calls = [await log.call(call.call_sid, company=company.slug) or call for call in listed]
    except ClientsViaError as error:
        return Check(Trouble.AI, what, "the log cannot be read", str(error))
    broken = [(call.call_sid, reason) for call in calls if (reason := _failure(call))]
    if broken:
        sid, reason = broken[0]
        found = f"{len(broken)} of {len(calls)} failed, the newest with: {reason}"
        return Check(Trouble.AI, what, found, f"see: clientsvia calls show {sid}, and the log")
    return Check(Trouble.AI, what, f"none of {len(calls)} failed" if calls else "none yet")


def _failure(call: LoggedCall) -> str:
    """Why the call's last failed turn failed; empty when none did."""
    turns = [turn for turn in call.turns if turn.event.get("type") == "Failed"]
    return str(turns[-1].event.get("reason") or "unknown reason") if turns else ""
