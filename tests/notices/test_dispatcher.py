from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.errors import ProviderFailed, StoreUnavailable, Undeliverable
from clientsvia.notices import dispatcher as module
from clientsvia.notices.delivery import Channel, Delivery, DeliveryState
from clientsvia.notices.dispatcher import LEASE
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.patience import ATTEMPTS, PAUSES
from clientsvia.stores.memory.outbox import MemoryOutbox
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.outbox import SqlOutbox
from tests.notices.desk import BUSY, OPERATOR, Desk
from tests.notices.samples import AT, HOOK, MOBILE, OFFICE, company, notice

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.companies.company import Company


@pytest.fixture
def desk() -> Desk:
    return Desk(company(email=[OFFICE]))


async def test_a_notice_reaches_every_address_of_its_company() -> None:
    known = company(email=[OFFICE, "b@gulf.example"], sms=[MOBILE], sms_from=MOBILE, webhook=HOOK)
    desk = Desk(known)
    await desk.outbox.add([notice()])

    await desk.look()

    carried = {one.address for post in desk.post.values() for one in post.carried}
    assert carried == {OFFICE, "b@gulf.example", MOBILE, HOOK}
    assert {one.state for one in await desk.deliveries()} == {DeliveryState.SENT}
    assert {one.attempts for one in await desk.deliveries()} == {1}
    await desk.wait(days=1)
    assert len(desk.mail.carried) == 2


async def test_what_is_not_due_waits(desk: Desk) -> None:
    await desk.outbox.add([notice(due=AT + timedelta(minutes=1))])
    await desk.look()
    assert not desk.mail.carried
    await desk.wait(minutes=1)
    assert len(desk.mail.carried) == 1


async def test_a_channel_that_is_down_loses_nothing_and_is_tried_later_and_later(
    desk: Desk,
) -> None:
    desk.mail.troubles = [BUSY] * 3
    await desk.outbox.add([notice()])
    await desk.look()
    (waiting,) = await desk.deliveries()
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert (waiting.error, waiting.remedy) == ("the server is busy", "wait")
    assert waiting.due == AT + PAUSES[0]

    for pause in PAUSES[:3]:
        await desk.wait(seconds=pause.total_seconds() - 1)
        before = desk.mail.asked
        await desk.wait(seconds=1)
        assert desk.mail.asked == before + 1

    (sent,) = await desk.deliveries()
    assert (sent.state, sent.attempts, sent.receipt) == (DeliveryState.SENT, 4, "carried 1")
    assert (sent.error, sent.remedy) == ("", "")


async def test_after_a_day_it_is_given_up_kept_and_the_operator_told_once(desk: Desk) -> None:
    await desk.outbox.add([notice("a"), notice("b")])
    for post in desk.post.values():
        post.troubles = list[Exception]([BUSY] * 2 * ATTEMPTS)
    began = desk.clock.at
    while any(one.state is DeliveryState.WAITING for one in await desk.deliveries()) or (
        desk.clock.at == began
    ):
        desk.mail.troubles = list[Exception]([BUSY] * 4)
        await desk.look()
        desk.clock.move(hours=2)
    desk.mail.troubles = []

    assert {one.state for one in await desk.deliveries()} == {DeliveryState.GIVEN_UP}
    assert {one.attempts for one in await desk.deliveries()} == {ATTEMPTS}
    assert desk.clock.at - began > timedelta(hours=24)
    await desk.wait(minutes=1)
    (told,) = [one for one in desk.mail.carried if one.address == OPERATOR]
    assert told.notice.kind is NoticeKind.OPERATOR
    assert told.notice.data["company"] == "demo"
    assert "the server is busy" in told.notice.data["found"]
    assert "clientsvia notify list demo" in told.notice.data["remedy"]


async def test_what_no_attempt_would_mend_is_not_tried_again(desk: Desk) -> None:
    desk.mail.troubles = [Undeliverable("no such mailbox", "correct it")]
    await desk.outbox.add([notice()])
    await desk.look()
    await desk.wait(days=1)

    (refused,) = await desk.deliveries()
    assert (refused.state, refused.attempts) == (DeliveryState.REFUSED, 1)
    assert refused.remedy == "correct it"
    assert [one.address for one in desk.mail.carried] == [OPERATOR]


async def test_an_operator_who_cannot_be_told_is_not_told_of_that(desk: Desk) -> None:
    desk.mail.troubles = [Undeliverable("no such mailbox", "correct it")]
    await desk.outbox.add([notice(company="", kind=NoticeKind.OPERATOR)])
    await desk.look()
    await desk.wait(days=1)

    assert len(await desk.outbox.deliveries("")) == 1


@pytest.mark.parametrize("trouble", [ValueError("odd"), TimeoutError(), BUSY])
async def test_one_that_fails_holds_up_no_other(desk: Desk, trouble: Exception) -> None:
    desk.mail.troubles = [trouble]
    await desk.outbox.add([notice("a"), notice("b")])
    await desk.look()

    states = sorted(one.state for one in await desk.deliveries())
    assert states == [DeliveryState.SENT, DeliveryState.WAITING]


async def test_a_channel_that_hangs_is_given_up_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CARRY_SECONDS", 0.05)
    desk.mail.pause = 5
    await desk.outbox.add([notice()])
    await desk.look()

    (waiting,) = await desk.deliveries()
    assert waiting.state is DeliveryState.WAITING
    assert "email took longer than" in waiting.error


async def test_an_attempt_that_would_fall_into_quiet_hours_waits_for_their_end() -> None:
    desk = Desk(company(email=[OFFICE], quiet="10:01-12:00"))
    desk.mail.troubles = [BUSY] * 2
    await desk.outbox.add([notice()])
    await desk.look()
    await desk.wait(seconds=10)

    (waiting,) = await desk.deliveries()
    assert waiting.due == AT + timedelta(hours=2)


async def test_an_address_that_was_taken_out_of_the_profile_gets_nothing_more(
    desk: Desk,
) -> None:
    desk.mail.troubles = [BUSY]
    await desk.outbox.add([notice()])
    await desk.look()
    desk.known = company(email=["new@gulf.example"])
    await desk.wait(minutes=1)

    (refused,) = await desk.deliveries()
    assert refused.state is DeliveryState.REFUSED
    assert "names this address no more" in refused.error
    await desk.wait(minutes=1)
    assert desk.mail.asked == 1  # and nobody is told of it


async def test_a_test_is_tried_once_and_its_outcome_returned(desk: Desk) -> None:
    test = notice("test:1", kind=NoticeKind.TEST, urgent=True, data={})
    desk.mail.troubles = [BUSY]
    (failed,) = await desk.dispatcher.tell(test)
    assert failed.state is DeliveryState.GIVEN_UP
    assert await desk.outbox.tested("demo") == frozenset()

    (sent,) = await desk.dispatcher.tell(replace(test, key="test:2", at=AT + timedelta(1)))
    assert sent.state is DeliveryState.SENT
    assert await desk.outbox.tested("demo") == {f"email:{OFFICE}"}
    await desk.wait(days=1)
    assert [one.address for one in desk.mail.carried] == [OFFICE]


async def test_a_test_without_addresses_is_over_at_once() -> None:
    desk = Desk(company())
    assert await desk.dispatcher.tell(notice("test:1", kind=NoticeKind.TEST)) == []
    assert await desk.outbox.unaddressed() == []


async def test_two_dispatchers_of_one_file_send_everything_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    migrate(url)
    databases = Database(url), Database(url)
    known = company(email=[f"{n}@gulf.example" for n in range(10)])
    one, other = (Desk(known, SqlOutbox(database)) for database in databases)
    await one.outbox.add([notice(f"n{n}") for n in range(6)])

    while len(one.mail.carried) + len(other.mail.carried) < 60:
        await asyncio.gather(one.look(), other.look())

    await asyncio.gather(one.look(), other.look())
    carried = [delivery.id for desk in (one, other) for delivery in desk.mail.carried]
    assert len(carried) == len(set(carried)) == 60
    assert min(len(desk.mail.carried) for desk in (one, other)) > 0
    for database in databases:
        await database.close()


async def test_a_worker_that_dies_while_sending_leaves_it_to_another_with_the_same_id() -> None:
    one = Desk(company(email=[OFFICE]))
    other = Desk(one.known, one.outbox)
    one.mail.pause = 60
    await one.outbox.add([notice()])
    await one.dispatcher.look()
    (begun,) = await one.deliveries()
    await one.dispatcher.close(0.01)

    await other.look()
    assert other.mail.asked == 0
    await other.wait(seconds=LEASE.total_seconds())

    assert [sent.id for sent in other.mail.carried] == [begun.id]
    assert (await other.deliveries())[0].state is DeliveryState.SENT


async def test_closing_waits_for_what_is_being_carried(desk: Desk) -> None:
    desk.mail.pause = 0.05
    await desk.outbox.add([notice()])
    await desk.dispatcher.look()

    await desk.dispatcher.close(5)

    assert (await desk.deliveries())[0].state is DeliveryState.SENT


async def test_what_is_sent_while_the_service_ends_is_recorded_and_what_hangs_is_left() -> None:
    desk = Desk(company(email=[OFFICE], sms=[MOBILE], sms_from=MOBILE))

    class Sent:
        async def carry(self, delivery: Delivery, _company: Company | None) -> str:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
            return delivery.id

    desk.mail.pause = 60
    desk.dispatcher.carriers = {**desk.post, Channel.SMS: Sent()}
    await desk.outbox.add([notice()])
    await desk.dispatcher.look()
    await asyncio.sleep(0)

    await desk.dispatcher.close(0.01)

    states = {one.channel: one.state for one in await desk.deliveries()}
    assert states[Channel.SMS] is DeliveryState.SENT
    assert states[Channel.EMAIL] is DeliveryState.WAITING


async def test_a_company_that_cannot_be_read_for_a_while_loses_nothing(desk: Desk) -> None:
    known = desk.known
    desk.mail.troubles = [BUSY]
    await desk.outbox.add([notice()])
    await desk.look()
    desk.known = None
    await desk.wait(seconds=10)
    assert len(desk.mail.carried) == 0
    desk.known = known
    await desk.wait(minutes=1)

    assert len(desk.mail.carried) == 1


class FailingOutbox(MemoryOutbox):
    """Fails as often as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    def _fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the disk is full: make room")

    async def unaddressed(self, *given: Any, **named: Any) -> Any:
        self._fail()
        return await super().unaddressed(*given, **named)

    async def record(self, delivery: Delivery) -> bool:
        self._fail()
        return await super().record(delivery)


async def test_a_store_that_fails_is_asked_again() -> None:
    outbox = FailingOutbox()
    desk = Desk(company(email=[OFFICE]), outbox)
    await outbox.add([notice()])
    outbox.failures = 1
    await desk.look()
    assert not desk.mail.carried
    await desk.look()
    assert len(desk.mail.carried) == 1


async def test_what_was_sent_is_recorded_when_the_store_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.001)
    outbox = FailingOutbox()
    desk = Desk(company(email=[OFFICE]), outbox)
    await outbox.add([notice()])
    desk.mail.pause = 0.02
    await desk.dispatcher.look()
    outbox.failures = 5
    await desk.dispatcher.idle()

    assert (await desk.deliveries())[0].state is DeliveryState.SENT
    assert len(desk.mail.carried) == 1


async def test_a_store_that_stays_away_is_waited_for_as_long_as_the_lease() -> None:
    outbox = FailingOutbox()
    desk = Desk(company(email=[OFFICE]), outbox)
    await outbox.add([notice()])
    desk.mail.pause = 0.02
    await desk.dispatcher.look()
    outbox.failures = 1
    desk.clock.move(hours=1)
    await desk.dispatcher.idle()

    assert (await desk.deliveries())[0].state is DeliveryState.WAITING


async def test_no_number_is_logged_in_full(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.mail.troubles = [ProviderFailed(f"the number {MOBILE} is odd", "see it")]
    await desk.outbox.add([notice()])
    await desk.look()

    printed = capsys.readouterr().out
    assert "a notice is not sent" in printed
    assert MOBILE.removeprefix("+") not in printed


async def test_it_goes_on_until_it_is_cancelled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.001)
    running = asyncio.create_task(desk.dispatcher.run())
    await desk.outbox.add([notice()])
    async with asyncio.timeout(5):
        while not desk.mail.carried:  # noqa: ASYNC110 - what sets no event is waited for
            await asyncio.sleep(0.001)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()


@pytest.mark.parametrize("pause", [0, 0.001])
async def test_much_at_once_is_carried_as_fast_as_the_channel_takes_it(pause: float) -> None:
    desk = Desk(company(email=[f"{n}@gulf.example" for n in range(10)]))
    desk.mail.pause = pause
    await desk.outbox.add([notice(f"n{n}") for n in range(20)])
    running = asyncio.create_task(desk.dispatcher.run())
    async with asyncio.timeout(10):  # by one look a second it would take 25
        while len(desk.mail.carried) < 200:  # noqa: ASYNC110 - what sets no event is waited for
            await asyncio.sleep(0.001)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()


async def test_old_deliveries_are_forgotten(desk: Desk) -> None:
    await desk.outbox.add([notice()])
    await desk.look()
    await desk.wait(days=89)
    assert len(await desk.deliveries()) == 1
    await desk.wait(days=2)
    assert await desk.deliveries() == []
