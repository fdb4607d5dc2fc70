from __future__ import annotations

from clientsvia.admin.callers_card import card
from clientsvia.inbox.message import Message, MessageState
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.messages import MemoryMessages
from tests.contracts.samples import NOON, company, entry, ringing, step

CALLER = "+15551234567"


async def test_a_card_tells_of_earlier_calls_and_what_was_asked() -> None:
    memory = CallMemory()
    log, states = MemoryCallLog(memory), MemoryCallStates(memory)
    for number in (1, 2):
        log.write(ringing(f"CA{number}", seconds=number))
    log.write(ringing("CA3", company="other"))
    log.write(entry("status", "CA1", seconds=60, status="completed"))
    await states.commit(step("1:heard", "CA2", 5))
    await states.commit(step("2:heard", "CA2", 9, event={"type": "Silence"}))
    profile = company(callers={"known": [{"number": CALLER, "name": "Jo", "notes": "kind"}]})

    box = MemoryMessages()
    await box.keep(Message("acme", "CA2", NOON, CALLER, reason="a leak", complete=True))
    await box.keep(Message("acme", "CA1", NOON, CALLER, reason="done"))
    await box.mark("acme", "CA1", MessageState.DONE)
    await box.keep(Message("other", "CA3", NOON, CALLER, reason="another's"))

    found = await card(profile, CALLER, log, box)

    assert (found.name, found.notes, found.blocked) == ("Jo", "kind", False)
    assert [(call.call_sid, call.outcome, call.asked) for call in found.calls] == [
        ("CA2", "ringing", ("do you fix pipes",)),
        ("CA1", "completed", ()),
    ]
    assert [message.reason for message in found.messages] == ["a leak"]


async def test_a_number_nobody_knows_has_an_empty_card() -> None:
    found = await card(company(), "+12393334444", MemoryCallLog(CallMemory()), MemoryMessages())
    assert (found.number, found.name, found.calls, found.messages) == ("+12393334444", "", [], [])
