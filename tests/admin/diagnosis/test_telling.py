from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.diagnosis import Owners, Trouble
from clientsvia.admin.diagnosis.telling import check_owners
from clientsvia.errors import StoreUnavailable
from clientsvia.notices.delivery import Channel, DeliveryState
from clientsvia.notices.notice import NoticeKind
from clientsvia.providers.smtp import SmtpCarrier, mail_server
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.admin.diagnosis.setups import amiss, production
from tests.notices.samples import AT, MOBILE, OFFICE, Clock, company, delivery, notice
from tests.providers.mail import mailroom

if TYPE_CHECKING:
    from clientsvia.admin.diagnosis import Check, Setup
    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery

TOLD = company(email=[OFFICE])
NO_SERVER = "smtp://127.0.0.1:9"


def set_up(*companies: Company, **fields: Any) -> Setup:
    return production(*companies, **{"operator": "me@answers.example"} | fields)


async def look(
    setup: Setup, outbox: MemoryOutbox | None = None, url: str = NO_SERVER
) -> list[Check]:
    carrier = SmtpCarrier(mail_server(url), "answers@answers.example", Clock(), timeout_s=2)
    owners = Owners(outbox or MemoryOutbox(), carrier)
    checks = [check async for check in check_owners(setup, owners, AT)]
    assert {check.trouble for check in checks} <= {Trouble.NOTICES}
    return checks


async def with_outcome(*outcomes: Delivery) -> MemoryOutbox:
    """An outbox in which these deliveries ended as they are."""
    outbox = MemoryOutbox()
    for ended in outcomes:
        waiting = replace(ended, state=DeliveryState.WAITING, error="", remedy="")
        await outbox.add([ended.notice])
        await outbox.address(ended.notice, [waiting])
        (claimed,) = await outbox.claim(ended.channel, AT, AT + timedelta(minutes=1), 1)
        await outbox.record(replace(ended, leased_until=claimed.leased_until))
    return outbox


async def test_a_mail_server_that_takes_mail_is_well() -> None:
    with mailroom() as room:
        checks = await look(set_up(TOLD), url=f"smtp://127.0.0.1:{room.port}")
    (mail,) = [check for check in checks if check.what == "mail server"]
    assert mail.well
    assert not room.mails


async def test_one_that_cannot_be_reached_is_told() -> None:
    checks = await look(set_up(TOLD))
    assert any("cannot be reached" in found for found in amiss(checks))


async def test_nobody_asks_for_a_mail_server_that_nobody_needs() -> None:
    checks = await look(set_up(company(), operator="", demo=True))
    assert [check.what for check in checks] == ["demo, owner"]
    assert all(check.well for check in checks)


async def test_an_operator_who_hears_nothing_is_told_to_be_named() -> None:
    checks = await look(set_up(company(), operator=""))
    assert "nobody hears of what goes wrong" in amiss(checks)
    (operator,) = [check for check in checks if check.what == "operator"]
    assert "CLIENTSVIA_OPERATOR_EMAIL" in operator.remedy


async def test_a_company_nobody_is_told_of_is_told() -> None:
    checks = await look(set_up(company()))
    assert "nobody hears of its messages: they wait in its box" in amiss(checks)


async def test_an_address_is_to_be_tested() -> None:
    untested = await look(set_up(TOLD))
    assert f"no test has reached email:{OFFICE}" in amiss(untested)

    test = replace(delivery(notice(kind=NoticeKind.TEST)), tried_at=AT, state=DeliveryState.SENT)
    tested = await look(set_up(TOLD), await with_outcome(test))
    assert not any("no test" in found for found in amiss(tested))


@pytest.mark.parametrize(
    ("sender", "warned"),
    [("+12395551212", True), ("+18005551212", False), ("+442079460018", False)],
)
async def test_a_us_number_that_sends_text_messages_is_warned_of(
    sender: str, *, warned: bool
) -> None:
    checks = await look(set_up(company(sms=[MOBILE], sms_from=sender)))
    assert any("A2P 10DLC" in check.found for check in checks) is warned


async def test_what_failed_of_late_is_told_with_its_remedy() -> None:
    failed = replace(
        delivery(),
        state=DeliveryState.REFUSED,
        tried_at=AT,
        error=f"no such number {MOBILE}",
        remedy="correct it",
    )
    checks = await look(set_up(TOLD), await with_outcome(failed))
    (told,) = [check for check in checks if check.what == "demo, notices"]
    assert told.remedy == "correct it"
    assert told.found.startswith("0 sent by email in the last 24 hours; the last one failed")
    assert MOBILE not in told.found


async def test_a_failure_that_a_success_followed_is_over() -> None:
    old = replace(
        delivery(notice("a")), state=DeliveryState.REFUSED, tried_at=AT, error="x", remedy="y"
    )
    later = AT + timedelta(minutes=1)
    good = replace(delivery(notice("b")), state=DeliveryState.SENT, tried_at=later)
    text = replace(
        delivery(notice("c"), Channel.SMS, MOBILE), state=DeliveryState.SENT, tried_at=AT
    )
    checks = await look(set_up(TOLD), await with_outcome(old, good, text))
    told = [check for check in checks if check.what == "demo, notices"]
    assert [check.found for check in told] == [
        "1 sent by email in the last 24 hours",
        "1 sent by sms in the last 24 hours",
    ]
    assert all(check.well for check in told)


class Broken(MemoryOutbox):
    async def tested(self, _company: str) -> frozenset[str]:
        raise StoreUnavailable("the disk is full: make room")


async def test_an_outbox_that_cannot_be_read_is_told() -> None:
    assert "the outbox cannot be read" in amiss(await look(set_up(TOLD), Broken()))
