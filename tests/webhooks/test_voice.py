from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.companies.contact_profiles import CallerProfile, CallersProfile
from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import CompanyProfile, LimitsProfile
from clientsvia.companies.routing_profiles import AccountProfile
from tests.conftest import OPEN
from tests.webhooks.conftest import PARAMETERS, said, twiml, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone

OFFICE = "+12395550142"


async def test_the_documented_curl_greets_and_listens(open_phone: OpenPhone) -> None:
    body = "Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"
    async with open_phone() as phone:
        answer = await phone.post("voice", body=body)
    assert answer.status_code == 200
    assert "Gulf Breeze Plumbing" in said(answer)
    assert verb(answer, "Gather").attrib["input"] == "dtmf speech"


async def test_to_and_from_work_like_called_and_caller(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", body="To=%2B12395551212&From=anonymous&CallSid=CA1")
    assert verb(answer, "Gather") is not None


async def test_urls_are_absolute_on_the_public_origin(open_phone: OpenPhone) -> None:
    async with open_phone(public_origin="http://127.0.0.1:8000") as phone:
        gather = verb(await phone.post("voice"), "Gather")
    for name in ("action", "partialResultCallback"):
        assert gather.attrib[name].startswith("http://127.0.0.1:8000/api/twilio/")


async def test_a_gather_never_ends_in_nothing(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice")
    gather = verb(answer, "Gather")
    assert gather.attrib["actionOnEmptyResult"] == "true"
    assert gather.attrib["speechTimeout"] == "auto"
    assert "speechModel" not in gather.attrib
    assert [child.tag for child in twiml(answer)] == ["Gather", "Redirect"]


async def test_a_number_nobody_has_gets_a_kind_sentence(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", {"Called": "+12395559999"})
    assert answer.status_code == 200
    assert "no company at this number" in said(answer)


async def test_an_inactive_company_gets_a_kind_sentence(open_phone: OpenPhone) -> None:
    profile = demo_profile().model_copy(update={"account": AccountProfile(state="suspended")})
    async with open_phone(profiles=(profile,)) as phone:
        answer = await phone.post("voice")
    assert "not taking calls" in said(answer)
    assert verb(answer, "Hangup") is not None


@pytest.mark.parametrize(
    "called", ["", "nonsense", "client:alice", "sip:a@b.example", "anonymous", "+1" * 4000]
)
async def test_what_is_no_number_is_answered_all_the_same(
    open_phone: OpenPhone, called: str
) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", {"Called": called})
    assert answer.status_code == 200
    assert "no company" in said(answer)


async def test_an_empty_body_is_answered(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", body="")
    assert answer.status_code == 200
    assert "no company" in said(answer)


async def test_a_second_delivery_gets_the_same_bytes(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        first = await phone.post("voice")
        assert (await phone.post("voice")).content == first.content


async def test_a_caller_may_have_three_calls_at_once(open_phone: OpenPhone) -> None:
    profile = demo_profile().model_copy(update={"limits": LimitsProfile()})
    async with open_phone(profiles=(profile,)) as phone:
        for call in range(3):
            assert "Gather" in (await phone.post("voice", {"CallSid": f"CA{call}"})).text
        fourth = await phone.post("voice", {"CallSid": "CA4"})
        assert "already have calls open" in said(fourth)
        await phone.post("status", {"CallSid": "CA0", "CallStatus": "completed"})
        assert "Gather" in (await phone.post("voice", {"CallSid": "CA5"})).text


async def test_callers_without_a_number_are_not_counted_as_one(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        for call in range(5):
            params = {"CallSid": f"CA{call}", "Caller": "anonymous"}
            assert "Gather" in (await phone.post("voice", params)).text


async def test_the_call_is_in_the_log(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.post("voice")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert call is not None
    assert (call.company, call.called, call.caller) == ("demo", "+12395551212", "+12393334444")
    assert call.outcome == "answered"


async def test_markup_in_a_companys_data_stays_text(open_phone: OpenPhone) -> None:
    evil = '</Say><Dial>+19005551234</Dial><Say> & "quoted" \u202eright to left 😀 \x07'
    profile = demo_profile().model_copy(update={"greeting": evil, "name": "A<b>&'\""})
    async with open_phone(profiles=(profile,)) as phone:
        answer = await phone.post("voice")
    assert said(answer) == evil.replace("\x07", "")
    assert [child.tag for child in twiml(answer)] == ["Gather", "Redirect"]


HIDDEN = ["anonymous", "Anonymous", "RESTRICTED", "+266696687", "+86282452253", "unknown", ""]


def calling(**callers: Any) -> CompanyProfile:
    """The demo with these settings of ``callers``."""
    return demo_profile().model_copy(update={"callers": CallersProfile(**callers)})


@pytest.mark.parametrize("caller", HIDDEN)
async def test_who_hides_the_number_gets_what_the_company_chose(
    open_phone: OpenPhone, caller: str
) -> None:
    for policy, name in (("refuse", "Hangup"), ("message", "Record"), ("answer", "Gather")):
        async with open_phone(profiles=(calling(anonymous=policy),)) as phone:
            assert verb(await phone.post("voice", {"Caller": caller}), name) is not None


@pytest.mark.parametrize(
    "caller", ["+12393334444", "+15551234567", "client:alice", "sip:a@b.example", "72345"]
)
async def test_who_shows_any_identity_hides_nothing(open_phone: OpenPhone, caller: str) -> None:
    async with open_phone(profiles=(calling(anonymous="refuse"),)) as phone:
        assert verb(await phone.post("voice", {"Caller": caller}), "Gather") is not None


@pytest.mark.parametrize(
    ("verdict", "refused"),
    [
        ("TN-Validation-Failed", True),
        ("TN-Validation-Failed-A", True),
        ("TN-Validation-Failed-C", True),
        ("TN-Validation-Passed-A", False),
        ("TN-Validation-Passed-C", False),
        ("No-TN-Validation", False),
        ("", False),
    ],
)
async def test_only_a_number_found_to_be_feigned_is_unverified(
    open_phone: OpenPhone, verdict: str, *, refused: bool
) -> None:
    async with open_phone(profiles=(calling(unverified="refuse"),)) as phone:
        answer = await phone.post("voice", {"StirVerstat": verdict})
    assert ("could not be verified" in said(answer)) == refused


async def test_a_blocked_number_is_blocked_even_if_nobody_can_have_it(
    open_phone: OpenPhone,
) -> None:
    known = [CallerProfile(number="+15551234567", blocked=True)]
    async with open_phone(profiles=(calling(known=known),)) as phone:
        answer = await phone.post("voice", {"Caller": "+15551234567"})
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert said(answer) == "I'm sorry, we can't take your call. Goodbye."
    assert call is not None
    assert call.outcome == "blocked"


async def test_a_feigned_number_is_not_greeted_by_its_owners_name(open_phone: OpenPhone) -> None:
    known = [CallerProfile(number="+12393334444", name="Jo Berg")]
    async with open_phone(profiles=(calling(known=known, greet_by_name=True),)) as phone:
        assert said(await phone.post("voice")).startswith("Hello Jo. Thank you for calling")
        feigned = {"StirVerstat": "TN-Validation-Failed-B", "CallSid": "CA2"}
        assert "Jo" not in said(await phone.post("voice", feigned))
        found = [await phone.services.call_log.call(sid) for sid in (PARAMETERS["CallSid"], "CA2")]
    marks = [call.entries[0].data.get("unverified") for call in found if call is not None]
    assert marks == [None, True]


async def test_what_was_disclosed_is_stored_with_the_call(open_phone: OpenPhone) -> None:
    notice = "Calls are recorded."
    profile = demo_profile().model_copy(update={"disclosure": notice})
    async with open_phone(profiles=(profile,)) as phone:
        assert notice in said(await phone.post("voice"))
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert call is not None
    assert call.entries[0].data["consent"] == notice


async def test_staff_that_comes_first_is_rung_by_the_first_webhook(open_phone: OpenPhone) -> None:
    data = demo_profile().model_dump(mode="json")
    routing = {"first": "staff", "staff": "office", "staff_seconds": 9}
    profile = CompanyProfile.model_validate(data | {"routing": routing})
    async with open_phone(profiles=(profile,)) as phone:
        answer = await phone.post("voice")
        engaged = phone.services.switchboard.engaged
        assert engaged.others("demo", "another", OPEN.timestamp()) == ("office",)
        again = await phone.post("voice", {"CallSid": "CA" + "8" * 32, "ForwardedFrom": OFFICE})
        await phone.post("status", {"CallStatus": "completed"})
        assert engaged.others("demo", "another", OPEN.timestamp()) == ()
    dial = verb(answer, "Dial")
    assert (dial.attrib["timeout"], verb(answer, "Number").text) == ("9", OFFICE)
    assert said(answer) == ""
    assert "so let me take a message" in said(again)
