"""Calls written into a desk's stores, as the webhooks would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.calls.ports import LogEntry, Step
from clientsvia.inbox.message import Message

if TYPE_CHECKING:
    from tests.admin.desk import Desk

SID = "CA" + "1" * 32
CALLER, CALLED = "+12393334444", "+12395551212"
MS = 1_000_000
DAY = datetime(2026, 11, 18, 15, tzinfo=UTC)
"""A Wednesday, at ten in the company's morning."""


async def log_call(
    desk: Desk,
    sid: str = SID,
    *,
    company: str = "demo",
    at: datetime = DAY,
    ended: bool = True,
    caller: str = CALLER,
    asked: str = "How much does a visit cost?",
    **event: Any,
) -> None:
    """One call: it rang, something was asked and answered, and it ended unless it goes on."""
    log = desk.services.call_log
    about = {"caller": caller, "called": CALLED, "status": "in-progress"}
    greeted = {
        "said": ["Hello."],
        "why": "open: Wednesday 08:00-12:00 (weekly)",
        "consent": "This call is transcribed.",
        "stages": {"receive": 1 * MS, "decide": 2 * MS},
    }
    log.write(LogEntry(sid, company, "ringing", at, about | greeted))
    await desk.services.stores.call_states.commit(
        Step(
            call_sid=sid,
            company=company,
            key="1:heard",
            turn=1,
            at=at + timedelta(seconds=5),
            event={"type": "Heard", "text": asked} | event,
            answered={
                "said": ["It costs <b>eighty-nine</b> dollars."],
                "source": "knowledge:price",
                "why": "answered",
                "outcome": "answered",
            },
            reply=b"<Response/>",
            memory={},
        )
    )
    latency = {"turn": 1, "key": "1:heard", "stages": {"answer": 6 * MS, "commit": 3 * MS}}
    log.write(LogEntry(sid, company, "timing", at + timedelta(seconds=5), latency))
    if ended:
        over = at + timedelta(seconds=65)
        log.write(LogEntry(sid, company, "status", over, {"status": "completed"}))
    await log.flush()


async def leave_message(desk: Desk, sid: str = SID, **fields: Any) -> Message:
    """A message of the demo company's."""
    given: dict[str, Any] = {
        "company": "demo",
        "at": DAY,
        "caller": CALLER,
        "reason": "a leak",
        "complete": True,
    }
    return await desk.services.stores.messages.keep(Message(call_sid=sid, **given | fields))
