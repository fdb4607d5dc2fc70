from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.ports import LogEntry
from clientsvia.inbox.daybook import DayBook
from clientsvia.inbox.message import Message, MessageState
from clientsvia.notices.notice import NoticeKind
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.notices.samples import AT, company, notice

if TYPE_CHECKING:
    from datetime import datetime

A_DAY = timedelta(days=1)


def rung(sid: str, at: datetime, slug: str = "demo") -> LogEntry:
    data = {"caller": "+12395550160", "called": "+12395551212", "status": "ringing"}
    return LogEntry(sid, slug, "ringing", at, data)


async def test_a_day_is_told_with_what_happened_on_it_and_nothing_else() -> None:
    log, messages, outbox = MemoryCallLog(CallMemory()), MemoryMessages(), MemoryOutbox()
    for days, sid in enumerate(("CA0", "CA1", "CA2")):
        at = AT + days * A_DAY
        log.write(rung(sid, at))
        log.write(rung(f"{sid}x", at, "acme"))
        await messages.keep(Message("demo", sid, at, "+12395550160", reason=f"a leak {sid}"))
        await messages.keep(Message("acme", f"{sid}x", at, "+12395550199"))
        missed = {"caller": "+12395550160", "target": f"Sam {sid}"}
        data = {"kind": NoticeKind.MISSED, "at": at, "data": missed}
        await outbox.add([notice(f"missed:{sid}", **data), notice(f"message:{sid}", at=at)])
    log.write(rung("CA3", AT + A_DAY))
    await log.flush()
    await messages.mark("demo", "CA1", MessageState.DONE)

    day = await DayBook(log, messages, outbox).of(company(), AT + A_DAY, AT + 2 * A_DAY)

    line = {"at": (AT + A_DAY).isoformat(), "number": "+12395550160", "name": ""}
    assert day == {
        "calls": 2,
        "messages": [line | {"about": "a leak CA1", "state": "done"}],
        "missed": [line | {"about": "asked for Sam CA1"}],
    }


async def test_a_day_without_calls_has_nothing_to_tell() -> None:
    book = DayBook(MemoryCallLog(CallMemory()), MemoryMessages(), MemoryOutbox())
    day = await book.of(company(), AT, AT + A_DAY)
    assert not any(day.values())
