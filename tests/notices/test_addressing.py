from __future__ import annotations

from clientsvia.notices.addressing import ASKED_AGAIN, NOBODY_AFTER
from clientsvia.notices.notice import NoticeKind
from tests.notices.desk import Desk
from tests.notices.samples import AT, OFFICE, company, notice


async def test_a_company_nobody_is_to_be_told_of_keeps_its_notice_until_somebody_is() -> None:
    desk = Desk(company())
    await desk.outbox.add([notice()])
    await desk.look()
    assert await desk.deliveries() == []
    assert await desk.outbox.unaddressed() == [notice(due=AT + ASKED_AGAIN)]

    desk.known = company(email=[OFFICE])
    await desk.wait(minutes=5)
    assert [one.address for one in desk.mail.carried] == [OFFICE]


async def test_what_nobody_was_told_for_days_is_old_news() -> None:
    desk = Desk(None)
    await desk.outbox.add([notice()])
    await desk.wait(seconds=NOBODY_AFTER.total_seconds())

    assert await desk.outbox.unaddressed() == []
    assert await desk.deliveries() == []


async def test_missed_transfers_are_told_unless_the_owner_does_not_want_them() -> None:
    missed = notice("missed", kind=NoticeKind.MISSED)
    for wanted in (True, False):
        desk = Desk(company(email=[OFFICE], missed=wanted))
        await desk.outbox.add([missed, notice()])
        await desk.look()
        assert len(desk.mail.carried) == 1 + wanted
        assert await desk.outbox.unaddressed() == []


async def test_quiet_hours_hold_what_is_not_urgent_until_they_end() -> None:
    desk = Desk(company(email=[OFFICE], quiet="09:00-11:30"))  # it is 10:00
    await desk.outbox.add([notice("plain"), notice("urgent", kind=NoticeKind.URGENT, urgent=True)])
    await desk.look()
    assert [one.notice.key for one in desk.mail.carried] == ["urgent"]

    await desk.wait(minutes=89)
    assert len(desk.mail.carried) == 1
    await desk.wait(minutes=1)
    assert [one.notice.key for one in desk.mail.carried] == ["urgent", "plain"]


async def test_a_digest_and_a_test_come_at_their_time_whatever_the_hour() -> None:
    desk = Desk(company(email=[OFFICE], quiet="09:00-11:00"))
    told = {"calls": 1, "since": AT.isoformat(), "until": AT.isoformat()}
    await desk.outbox.add([notice("d", kind=NoticeKind.DIGEST, data=told)])
    await desk.outbox.add([notice("t", kind=NoticeKind.TEST)])
    await desk.look()
    assert len(desk.mail.carried) == 2
