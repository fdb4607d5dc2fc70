"""What every store finds, and forgets, of what it keeps of calls."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.kept_calls import Forgotten
from clientsvia.inbox.message import Message, MessageState
from clientsvia.notices.notice import Notice, NoticeKind
from tests.contracts.samples import NOON, OTHER_SID, SID, ringing, step

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

CALLER = "+15551234567"
RECORDING = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
LATER = NOON + timedelta(days=1)


async def kept(worker: Worker, sid: str = SID, company: str = "acme") -> None:
    """A call with a turn, a recorded message, and a notice of it."""
    worker.call_log.write(ringing(sid, company=company))
    await worker.call_log.flush()
    await worker.call_log.calls()
    await worker.call_states.commit(step("1:heard", sid, company=company))
    await worker.messages.keep(Message(company, sid, NOON, CALLER, recording=RECORDING))
    told = {"call_sid": sid}
    notice = Notice(company, f"message:{sid}:1", NoticeKind.MESSAGE, NOON, NOON, data=told)
    await worker.outbox.add([notice])


async def test_all_of_a_call_is_forgotten_and_its_recording_owed(
    worker: Worker, other: Worker
) -> None:
    await kept(worker)
    assert await other.kept_calls.of_caller("acme", CALLER) == [SID]
    gone = await other.kept_calls.forget("acme", [SID], LATER, open_messages=True)
    assert gone == Forgotten(1, 1, 1, 1, 1)
    assert await worker.call_log.call(SID) is None
    assert await worker.messages.get("acme", SID) is None
    assert list(await worker.outbox.unaddressed()) == []
    assert await worker.kept_calls.of_caller("acme", CALLER) == []
    (owed,) = await worker.kept_calls.owed()
    assert (owed.company, owed.url, owed.since) == ("acme", RECORDING, LATER)


async def test_nothing_of_another_call_or_company_is_forgotten(worker: Worker) -> None:
    await kept(worker)
    await kept(worker, OTHER_SID)
    await kept(worker, company="zeta")
    await worker.kept_calls.forget("acme", [SID], LATER, open_messages=True)
    assert await worker.kept_calls.of_caller("acme", CALLER) == [OTHER_SID]
    assert await worker.kept_calls.of_caller("zeta", CALLER) == [SID]
    assert await worker.messages.get("zeta", SID) is not None
    assert len(await worker.kept_calls.notices("zeta", [SID])) == 1


async def test_a_message_to_be_done_stays_with_its_recording_until_it_is_done(
    worker: Worker,
) -> None:
    await kept(worker)
    gone = await worker.kept_calls.forget("acme", [SID], LATER, open_messages=False)
    assert gone == Forgotten(1, 1, 0, 1, 0)
    assert await worker.messages.get("acme", SID) is not None
    assert list(await worker.kept_calls.owed()) == []
    assert await worker.kept_calls.older_than("acme", LATER) == []
    await worker.messages.mark("acme", SID, MessageState.DONE)
    assert await worker.kept_calls.older_than("acme", LATER) == [SID]
    gone = await worker.kept_calls.forget("acme", [SID], LATER, open_messages=False)
    assert (gone.messages, gone.recordings) == (1, 1)


async def test_only_what_is_from_before_a_moment_is_old(worker: Worker) -> None:
    await kept(worker)
    assert await worker.kept_calls.older_than("acme", NOON) == []
    assert await worker.kept_calls.older_than("acme", NOON + timedelta(seconds=1)) == [SID]
    assert await worker.kept_calls.older_than("zeta", LATER) == []


async def test_a_deletion_is_owed_until_it_is_settled(worker: Worker) -> None:
    await kept(worker)
    await worker.kept_calls.forget("acme", [SID], LATER, open_messages=True)
    (owed,) = await worker.kept_calls.owed("acme")
    await worker.kept_calls.settle(owed, "Twilio is down")
    (owed,) = await worker.kept_calls.owed("acme")
    assert owed.error == "Twilio is down"
    assert list(await worker.kept_calls.owed("zeta")) == []
    await worker.kept_calls.settle(owed)
    assert list(await worker.kept_calls.owed()) == []


async def test_the_sweep_is_one_workers_at_a_time(worker: Worker, other: Worker) -> None:
    assert await worker.kept_calls.claim(NOON, LATER)
    assert not await other.kept_calls.claim(NOON, LATER)
    assert await other.kept_calls.claim(LATER, LATER + timedelta(hours=1))
