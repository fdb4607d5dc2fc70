from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import CompanyProfile
from tests.webhooks.conftest import PARAMETERS, said, signed, twiml

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


async def test_a_signed_request_is_answered(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        assert twiml(await signed(phone)) is not None


async def test_both_tokens_are_good_while_one_is_rotated(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        for token in ("old-token", "12345"):
            assert (await signed(phone, token=token)).status_code == 200


async def test_without_a_signature_nothing_is_done(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        refused = await phone.post("voice")
        assert refused.status_code == 403
        assert twiml(refused) is not None
        await phone.services.call_log.flush()
        assert await phone.services.call_log.call(PARAMETERS["CallSid"]) is None


async def test_what_is_refused_is_counted_for_the_operator(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        await signed(phone)
        assert not phone.services.notices.watch.alarms.waiting
        await phone.post("voice")
        await signed(phone, token="a stranger's")
        await phone.services.notices.watch.look()
        (notice,) = await phone.services.stores.outbox.unaddressed()
    assert notice.company == ""
    assert notice.data["company"] == "demo"
    assert notice.data["count"] == 2
    assert "the signature matches no token" in notice.data["found"]


@pytest.mark.parametrize(
    ("name", "value"), [("Called", "+12395551212 "), ("Caller", "+1"), ("Extra", "1")]
)
async def test_a_changed_parameter_is_refused(
    open_phone: OpenPhone, production: dict[str, Any], name: str, value: str
) -> None:
    async with open_phone(**production) as phone:
        assert (await signed(phone, changed={name: value})).status_code == 403


async def test_the_reason_for_a_refusal_is_found(
    open_phone: OpenPhone, production: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_phone(**production) as phone:
        await signed(phone, url="http://answers.example/api/twilio/voice")
        assert "would match with public origin http://answers.example" in capsys.readouterr().out
        await signed(phone, token="a stranger's")
        assert "the signature matches no token" in capsys.readouterr().out
        other = {"AccountSid": "AC" + "3" * 32}
        await signed(phone, params=other)
        assert "no auth token for account AC333" in capsys.readouterr().out


async def test_a_company_is_reached_by_its_own_account_alone(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    base = demo_profile().model_dump(mode="json")
    ours: dict[str, Any] = {"account_sid": "AC" + "a" * 32, "auth_tokens": ["our token"]}
    theirs: dict[str, Any] = {"account_sid": "AC" + "b" * 32, "auth_tokens": ["their token"]}
    profiles = (
        CompanyProfile.model_validate(base | {"twilio": ours}),
        CompanyProfile.model_validate(
            base | {"slug": "other", "numbers": ["+12395551313"], "twilio": theirs}
        ),
    )
    async with open_phone(profiles=profiles, **production) as phone:
        account = {"AccountSid": ours["account_sid"]}
        assert (await signed(phone, params=account, token="our token")).status_code == 200
        foreign = account | {"Called": "+12395551313"}
        assert (await signed(phone, params=foreign, token="our token")).status_code == 403


async def test_a_number_nobody_has_gets_one_document_signed_or_not(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        unknown = {"Called": "+12395559999"}
        unsigned = await phone.post("voice", unknown)
        assert (await signed(phone, params=unknown)).content == unsigned.content
        assert "no company" in said(unsigned)


async def test_action_urls_are_verified_with_their_query(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        gather = twiml(await signed(phone)).find("Gather")
        assert gather is not None
        action = gather.attrib["action"]
        heard = {"SpeechResult": "how can I pay?"}
        assert "credit cards" in said(await signed(phone, action, heard))
        forged = action.replace("demo.", "other.")
        assert (await signed(phone, forged, {"Called": "+12395559999"})).status_code == 200
        query = dict(parse_qsl(action.partition("?")[2]))
        assert query["call"].startswith("demo.")


async def test_signatures_may_be_switched_off(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production, validate_signatures=False) as phone:
        assert (await phone.post("voice")).status_code == 200


async def test_random_signatures_are_refused(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        for attempt in range(200):
            forged = base64.b64encode(attempt.to_bytes(20, "big")).decode()
            answer = await phone.post("voice", headers={"X-Twilio-Signature": forged})
            assert answer.status_code == 403


async def test_numbers_are_seen_with_their_last_good_and_refused_webhook(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        await signed(phone)
        await phone.post("voice")
        await phone.post("voice", {"Called": "+12395559999"})
        await phone.services.switchboard.gate.sightings.flush()
        (seen,) = await phone.services.stores.sightings.of("demo")
    assert seen.number == PARAMETERS["Called"]
    assert seen.good_at is not None
    assert seen.refused_at is not None
    assert "no X-Twilio-Signature" in seen.reason
