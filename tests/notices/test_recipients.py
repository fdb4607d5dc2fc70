from __future__ import annotations

from dataclasses import replace

import pytest

from clientsvia.notices.delivery import Channel
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.recipients import addresses, recipients, still_meant, wanted
from tests.notices.samples import HOOK, MOBILE, OFFICE, company, delivery, notice

ALL = company(email=[OFFICE, OFFICE], sms=[MOBILE], sms_from=MOBILE, webhook=HOOK)


def test_each_address_is_told_once() -> None:
    assert addresses(ALL.notify) == [
        (Channel.EMAIL, OFFICE),
        (Channel.SMS, MOBILE),
        (Channel.WEBHOOK, HOOK),
    ]
    assert addresses(company().notify) == []


@pytest.mark.parametrize("kind", [NoticeKind.DIGEST, NoticeKind.USAGE])
def test_what_has_time_goes_to_a_telephone_only_without_a_mailbox(kind: NoticeKind) -> None:
    assert (Channel.SMS, MOBILE) not in recipients(ALL.notify, kind)
    no_mail = company(sms=[MOBILE], sms_from=MOBILE)
    assert recipients(no_mail.notify, kind) == [(Channel.SMS, MOBILE)]


def test_all_else_goes_everywhere() -> None:
    assert recipients(ALL.notify, NoticeKind.MESSAGE) == addresses(ALL.notify)


def test_missed_transfers_may_be_unwanted() -> None:
    unwanted = company(email=[OFFICE], missed=False).notify
    missed = notice(kind=NoticeKind.MISSED)
    assert not wanted(unwanted, missed)
    assert wanted(unwanted, replace(missed, urgent=True))
    assert wanted(unwanted, notice(kind=NoticeKind.URGENT, urgent=True))
    assert wanted(ALL.notify, missed)


def test_an_address_is_meant_while_the_profile_names_it() -> None:
    assert still_meant(delivery(), ALL)
    assert not still_meant(delivery(address="old@gulf.example"), ALL)
    assert not still_meant(delivery(channel=Channel.SMS), ALL)
    assert not still_meant(delivery(), None)
    operators = notice(company="", kind=NoticeKind.OPERATOR)
    assert still_meant(delivery(operators, address="me@x.example"), None)
