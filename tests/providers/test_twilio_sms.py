"""Text messages by the real twilio package, against a stand-in for its API."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import ProviderFailed, Undeliverable
from clientsvia.notices.delivery import Channel
from clientsvia.notices.segments import segments
from clientsvia.providers.twilio_sms import LOOKS, SmsCarrier
from tests.notices.samples import MESSAGE, MOBILE, company, delivery, notice
from tests.providers.twilio_api import SID, TOKEN, TwilioApi, refusal, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company
    from clientsvia.notices.notice import Notice

ACCOUNT = TwilioAccount(SID, (TOKEN,))
SENDER = "+12395551212"
QUICK = [0.0] * 3


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as served:
        yield served


@pytest.fixture
def owner() -> Company:
    return replace(company(sms=[MOBILE], sms_from=SENDER), twilio=ACCOUNT)


async def send(
    api: TwilioApi,
    to: Company,
    told: Notice | None = None,
    platform: TwilioAccount | None = None,
) -> str:
    carrier = SmsCarrier(api.url, platform, timeout_s=2, looks=QUICK)
    return await carrier.carry(delivery(told, Channel.SMS, MOBILE), to)


async def failure(api: TwilioApi, to: Company) -> ProviderFailed:
    with pytest.raises(ProviderFailed) as failed:
        await send(api, to)
    assert TOKEN not in str(failed.value)
    assert failed.value.remedy
    return failed.value


async def test_a_message_is_sent_from_the_companys_number(api: TwilioApi, owner: Company) -> None:
    receipt = await send(api, owner)

    (message,) = api.messages
    assert receipt == message["sid"]
    assert (message["From"], message["To"]) == (SENDER, MOBILE)
    assert message["Body"] == "Jo Berg, (239) 555-0161, 10:00: my sink leaks"


async def test_the_platforms_account_sends_for_who_has_none(api: TwilioApi, owner: Company) -> None:
    assert await send(api, replace(owner, twilio=None), platform=ACCOUNT)


async def test_while_tokens_are_rotated_any_good_one_will_do(
    api: TwilioApi, owner: Company
) -> None:
    account = TwilioAccount(SID, ("old", TOKEN))
    assert await send(api, replace(owner, twilio=account))
    assert len(api.messages) == 1


@pytest.mark.parametrize("letter", ["x", "水", "€"])
async def test_a_long_message_takes_three_segments_at_most(
    api: TwilioApi, owner: Company, letter: str
) -> None:
    await send(api, owner, notice(data=MESSAGE | {"reason": letter * 2000}))

    (message,) = api.messages
    assert segments(message["Body"]) == 3
    assert message["Body"].endswith("...")


async def test_without_an_account_it_waits_for_one(api: TwilioApi, owner: Company) -> None:
    failed = await failure(api, replace(owner, twilio=None))
    assert not isinstance(failed, Undeliverable)
    assert "twilio.account_sid" in failed.remedy


async def test_without_a_sender_it_is_refused(api: TwilioApi, owner: Company) -> None:
    failed = await failure(api, replace(owner, notify=replace(owner.notify, sms_from=None)))
    assert isinstance(failed, Undeliverable)
    assert "notify.sms_from" in failed.remedy


@pytest.mark.parametrize(
    ("status", "code", "permanent", "remedy"),
    [
        (400, 21211, True, "notify.sms"),
        (400, 21610, True, "START"),
        (400, 21608, True, "trial account"),
        (400, 21606, True, "notify.sms_from"),
        (400, 21408, True, "Geo permissions"),
        (403, 20005, False, "suspended"),
        (429, 20429, False, "wait a minute"),
        (500, 20500, False, "status.twilio.com"),
    ],
)
async def test_each_refusal_has_its_cause_and_remedy(
    api: TwilioApi, owner: Company, status: int, code: int, *, permanent: bool, remedy: str
) -> None:
    api.sends = [refusal(status, code, "No")]

    failed = await failure(api, owner)

    assert f"error {code}" in failed.found
    assert remedy in failed.remedy
    assert isinstance(failed, Undeliverable) is permanent
    assert not api.messages


async def test_a_sender_that_is_not_registered_is_blocked_and_told_how_to_mend_it(
    api: TwilioApi, owner: Company
) -> None:
    api.fates = [("sending", None), ("undelivered", 30034)]

    failed = await failure(api, owner)

    assert isinstance(failed, Undeliverable)
    assert "30034" in failed.found
    assert "A2P 10DLC" in failed.remedy


async def test_what_a_network_could_not_deliver_now_is_tried_again(
    api: TwilioApi, owner: Company
) -> None:
    api.fates = [("undelivered", 30003)]

    failed = await failure(api, owner)

    assert not isinstance(failed, Undeliverable)
    assert "30003" in failed.found


async def test_what_nobody_refuses_within_the_looks_counts_as_sent(
    api: TwilioApi, owner: Company
) -> None:
    api.fates = [("queued", None)]
    assert await send(api, owner)
    assert len(api.asked) == 1 + len(QUICK)


async def test_what_is_sent_is_not_sent_again_because_nobody_can_look(
    api: TwilioApi, owner: Company
) -> None:
    api.fates = [("nonsense", None)]
    carrier = SmsCarrier(api.url, timeout_s=2, looks=[0.0, 0.0])
    told = delivery(None, Channel.SMS, MOBILE)
    original = api.respond

    def gone(target: str, authorization: str, form: str = "") -> tuple[int, str]:
        return original(target, authorization, form) if form else (500, "<html>")

    api.respond = gone  # type: ignore[method-assign]

    assert await carrier.carry(told, owner) == api.messages[0]["sid"]
    assert len(api.messages) == 1


async def test_what_is_sent_is_not_sent_again_because_the_service_ends_while_it_looks(
    api: TwilioApi, owner: Company
) -> None:
    begun = asyncio.Event()

    class Looks(list[float]):
        def __iter__(self) -> Iterator[float]:
            begun.set()
            return super().__iter__()

    carrier = SmsCarrier(api.url, timeout_s=2, looks=Looks([60.0]))
    sending = asyncio.create_task(carrier.carry(delivery(None, Channel.SMS, MOBILE), owner))
    await begun.wait()
    await asyncio.sleep(0)
    sending.cancel()

    assert await sending == api.messages[0]["sid"]


async def test_no_number_is_logged_in_full(
    api: TwilioApi, owner: Company, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await send(api, owner)
    assert MOBILE.removeprefix("+") not in caplog.text


def test_it_is_looked_for_a_quarter_of_a_minute() -> None:
    assert sum(LOOKS) == 15
