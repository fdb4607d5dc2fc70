from __future__ import annotations

from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.contracts.samples import SID, entry, ringing, step


async def test_the_oldest_calls_are_forgotten_first() -> None:
    memory = CallMemory(most=3)
    log, states = MemoryCallLog(memory), MemoryCallStates(memory)
    for number in range(5):
        log.write(ringing(f"CA{number}", seconds=number))
        await states.commit(step(call_sid=f"CA{number}", seconds=number, memory={"n": number}))

    assert [call.call_sid for call in await log.calls()] == ["CA4", "CA3", "CA2"]
    assert await states.load("acme", "CA1") is None
    assert await states.load("acme", "CA2") == {"n": 2}


def test_entries_of_no_call_are_forgotten_as_well() -> None:
    memory = CallMemory(most=2)
    log = MemoryCallLog(memory)
    for number in range(5):
        log.write(entry("refused", f"CA{number}"))

    assert len(memory.entries) == 2


async def test_what_cannot_be_kept_is_counted() -> None:
    log = MemoryCallLog(CallMemory())
    log.write(entry("partial", number=2**70))
    await log.close()

    assert log.dropped == 1
    assert await log.call(SID) is None
