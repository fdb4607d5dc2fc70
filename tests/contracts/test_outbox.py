from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.notices.delivery import Channel, Delivery, DeliveryState
from clientsvia.notices.notice import Notice, NoticeKind
from clientsvia.notices.ports import AT_ONCE
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.notices.ports import Outbox
    from tests.contracts.workers import Worker

MINUTE = timedelta(minutes=1)
LEASE = 2 * MINUTE
MAIL, SMS = Channel.EMAIL, Channel.SMS
OFFICE = "office@acme.example"


def notice(key: str = "message:CA1", company: str = "acme", **fields: Any) -> Notice:
    given: dict[str, Any] = {
        "kind": NoticeKind.MESSAGE,
        "at": NOON,
        "due": NOON,
        "data": {"name": "Jo"},
    } | fields
    return Notice(company, key, **given)


def to(address: str, of: Notice, channel: Channel = MAIL, due: datetime = NOON) -> Delivery:
    return Delivery(of, channel, address, due)


async def put(outbox: Outbox, *deliveries: Delivery) -> None:
    """Notices with their deliveries, as they are once they were addressed."""
    notices = {one.notice.key: one.notice for one in deliveries}
    await outbox.add(list(notices.values()))
    for one in notices.values():
        await outbox.address(one, [d for d in deliveries if d.notice == one])


async def claim(
    outbox: Outbox, now: datetime = NOON, channel: Channel = MAIL, limit: int = 8
) -> Sequence[Delivery]:
    return await outbox.claim(channel, now, now + LEASE, limit)


def sent(delivery: Delivery, receipt: str = "250 ok") -> Delivery:
    return replace(delivery, state=DeliveryState.SENT, attempts=1, tried_at=NOON, receipt=receipt)


async def test_an_outbox_begins_empty(worker: Worker) -> None:
    assert await worker.outbox.unaddressed() == []
    assert await worker.outbox.deliveries() == []
    assert await claim(worker.outbox) == []
    assert await worker.outbox.tested("acme") == frozenset()


async def test_a_notice_comes_back_as_it_was(worker: Worker, other: Worker) -> None:
    urgent = notice(urgent=True, kind=NoticeKind.URGENT, data={"words": "gas", "n": [1, None]})
    await worker.outbox.add([urgent])

    assert await other.outbox.unaddressed() == [urgent]


async def test_a_notice_is_told_once_for_its_company_and_key(worker: Worker, other: Worker) -> None:
    first, elsewhere = notice(), notice(company="miller")
    await worker.outbox.add([first, elsewhere])
    await other.outbox.add([notice(data={"name": "another"}), notice("message:CA2")])

    found = await worker.outbox.unaddressed()

    assert len(found) == 3
    assert first in found
    assert elsewhere in found


async def test_adding_nothing_is_no_error(worker: Worker) -> None:
    await worker.outbox.add([])
    assert await worker.outbox.unaddressed() == []


async def test_notices_wait_for_their_time_and_urgent_ones_go_first(worker: Worker) -> None:
    later = notice("later", due=NOON + MINUTE)
    plain, urgent = notice("plain", due=NOON - MINUTE), notice("urgent", urgent=True)
    await worker.outbox.add([later, plain, urgent, notice("theirs", company="miller")])

    assert await worker.outbox.unaddressed(NOON, "acme") == [urgent, plain]
    assert await worker.outbox.unaddressed(NOON + MINUTE, "acme") == [urgent, plain, later]
    assert await worker.outbox.unaddressed(NOON, limit=1) == [urgent]


async def test_a_postponed_notice_is_due_later(worker: Worker, other: Worker) -> None:
    await worker.outbox.add([notice()])
    await worker.outbox.postpone(notice(), NOON + MINUTE)

    assert await other.outbox.unaddressed(NOON) == []
    assert await other.outbox.unaddressed(NOON + MINUTE) == [notice(due=NOON + MINUTE)]


async def test_what_is_addressed_is_settled_and_waits_as_deliveries(
    worker: Worker, other: Worker
) -> None:
    mail, text = to(OFFICE, notice()), to("+12395550170", notice(), SMS)
    await worker.outbox.add([notice()])
    await worker.outbox.address(notice(), [mail, text])

    assert await other.outbox.unaddressed() == []
    assert await other.outbox.deliveries() == [mail, text]


async def test_two_workers_that_address_a_notice_make_its_deliveries_once(
    worker: Worker, other: Worker
) -> None:
    await worker.outbox.add([notice()])
    await asyncio.gather(
        *((worker, other)[n % 2].outbox.address(notice(), [to(OFFICE, notice())]) for n in range(6))
    )

    assert len(await worker.outbox.deliveries()) == 1


async def test_a_notice_for_nobody_can_be_settled(worker: Worker) -> None:
    await worker.outbox.add([notice()])
    await worker.outbox.address(notice(), [])
    await worker.outbox.add([notice()])

    assert await worker.outbox.unaddressed() == []
    assert await worker.outbox.deliveries() == []


async def test_a_delivery_is_claimed_by_one_worker_alone(worker: Worker, other: Worker) -> None:
    await put(worker.outbox, *(to(f"{n}@acme.example", notice()) for n in range(20)))

    claims = await asyncio.gather(
        *((worker, other)[n % 2].outbox.claim(MAIL, NOON, NOON + LEASE, 5) for n in range(8))
    )

    claimed = [one.id for claim in claims for one in claim]
    assert len(claimed) == len(set(claimed)) == 20
    assert all(one.leased_until == NOON + LEASE for claim in claims for one in claim)


async def test_only_what_is_due_is_claimed_of_its_channel_alone(worker: Worker) -> None:
    late, text = to("a@acme.example", notice(), due=NOON + MINUTE), to("+1239", notice(), SMS)
    await put(worker.outbox, late, text, to(OFFICE, notice()))

    assert [one.address for one in await claim(worker.outbox)] == [OFFICE]
    assert [one.address for one in await claim(worker.outbox, channel=SMS)] == ["+1239"]
    assert [one.address for one in await claim(worker.outbox, NOON + MINUTE)] == ["a@acme.example"]


async def test_urgent_deliveries_are_claimed_first(worker: Worker) -> None:
    plain = notice("plain", due=NOON - MINUTE)
    urgent = notice("urgent", urgent=True)
    await put(worker.outbox, to("a@x.example", plain, due=NOON - MINUTE), to("b@x.example", urgent))

    (first,) = await claim(worker.outbox, limit=1)

    assert first.notice == urgent


async def test_an_address_that_hangs_takes_no_more_than_its_share(
    worker: Worker, other: Worker
) -> None:
    slow = [to("slow@acme.example", notice(f"n{n}"), due=NOON - MINUTE) for n in range(9)]
    await put(worker.outbox, *slow, to(OFFICE, notice("last")))

    first = await claim(worker.outbox, limit=AT_ONCE)
    second = await claim(other.outbox)

    assert [one.address for one in first] == ["slow@acme.example"] * AT_ONCE
    assert [one.address for one in second] == [OFFICE]


async def test_one_notice_alone_can_be_claimed(worker: Worker) -> None:
    await put(worker.outbox, to(OFFICE, notice("a")), to(OFFICE, notice("b")))

    claimed = await worker.outbox.claim(MAIL, NOON, NOON + LEASE, 8, only=notice("b"))

    assert [one.notice.key for one in claimed] == ["b"]


async def test_an_attempt_is_recorded_and_final_states_are_not_claimed_again(
    worker: Worker, other: Worker
) -> None:
    await put(worker.outbox, to(OFFICE, notice()))
    (claimed,) = await claim(worker.outbox)

    assert await worker.outbox.record(sent(claimed))

    assert await other.outbox.deliveries() == [replace(sent(claimed), leased_until=None)]
    assert await claim(other.outbox, NOON + timedelta(days=9)) == []


async def test_a_failed_attempt_waits_for_its_next_time(worker: Worker, other: Worker) -> None:
    await put(worker.outbox, to(OFFICE, notice()))
    (claimed,) = await claim(worker.outbox)
    failed = replace(
        claimed, due=NOON + MINUTE, attempts=1, tried_at=NOON, error="busy", remedy="wait"
    )
    await worker.outbox.record(failed)

    assert await claim(other.outbox) == []
    (again,) = await claim(other.outbox, NOON + MINUTE)
    assert (again.attempts, again.error, again.remedy) == (1, "busy", "wait")
    assert again.id == claimed.id


async def test_a_lease_that_ran_out_leaves_the_delivery_to_others(
    worker: Worker, other: Worker
) -> None:
    await put(worker.outbox, to(OFFICE, notice()))
    (lost,) = await claim(worker.outbox)
    assert await claim(other.outbox, NOON + MINUTE) == []

    (taken,) = await claim(other.outbox, NOON + LEASE)

    assert taken.id == lost.id
    assert not await worker.outbox.record(sent(lost))
    assert await other.outbox.record(sent(taken, "by the other"))
    assert not await other.outbox.record(sent(taken, "twice"))
    assert (await worker.outbox.deliveries())[0].receipt == "by the other"


async def test_deliveries_are_listed_by_company_and_notice_newest_first(worker: Worker) -> None:
    old, new = notice("old"), notice("new", at=NOON + MINUTE)
    await put(worker.outbox, to(OFFICE, old), to(OFFICE, new))
    await put(worker.outbox, to("x@miller.example", notice("theirs", company="miller")))

    async def keys(**chosen: Any) -> list[str]:
        return [one.notice.key for one in await worker.outbox.deliveries(**chosen)]

    assert await keys(company="acme") == ["new", "old"]
    assert await keys(company="acme", key="old") == ["old"]
    assert await keys(limit=1) == ["new"]


async def test_an_address_is_tested_while_its_newest_test_was_sent(
    worker: Worker, other: Worker
) -> None:
    first = notice("test:1", kind=NoticeKind.TEST)
    second = notice("test:2", kind=NoticeKind.TEST, at=NOON + MINUTE)
    await put(worker.outbox, to(OFFICE, first), to("+1239", first, SMS), to(OFFICE, notice()))
    for channel in (MAIL, SMS):
        for claimed in await claim(worker.outbox, channel=channel):
            await worker.outbox.record(sent(claimed))
    assert await other.outbox.tested("acme") == {f"email:{OFFICE}", "sms:+1239"}
    assert await other.outbox.tested("miller") == frozenset()

    await worker.outbox.forget(NOON + timedelta(days=365))
    assert await other.outbox.tested("acme") == {f"email:{OFFICE}", "sms:+1239"}

    await put(worker.outbox, to(OFFICE, second))
    assert await other.outbox.tested("acme") == {"sms:+1239"}


async def test_what_was_told_of_a_time_is_found_whether_settled_or_not(worker: Worker) -> None:
    kind = NoticeKind.MISSED
    first, second = (notice(f"m{n}", kind=kind, at=NOON + n * MINUTE) for n in range(2))
    after = notice("m2", kind=kind, at=NOON + 2 * MINUTE)
    theirs = notice("m3", company="miller", kind=kind)
    await worker.outbox.add([after, second, first, theirs, notice()])
    await worker.outbox.address(second, [to(OFFICE, second)])

    assert await worker.outbox.told("acme", kind, NOON, NOON + 2 * MINUTE) == [first, second]


async def test_what_is_over_is_forgotten_and_what_waits_is_not(worker: Worker) -> None:
    done, waiting, unaddressed = notice("done"), notice("waiting"), notice("open")
    new = notice("new", at=NOON + MINUTE)
    await put(worker.outbox, to(OFFICE, done), to(OFFICE, new), to("b@x.example", waiting))
    await worker.outbox.add([unaddressed])
    for claimed in await claim(worker.outbox):
        if claimed.address == OFFICE:
            await worker.outbox.record(sent(claimed))

    await worker.outbox.forget(NOON + MINUTE)

    assert [one.notice for one in await worker.outbox.deliveries()] == [new, waiting]
    assert await worker.outbox.unaddressed() == [unaddressed]
