"""Whoever is rung hears who calls and presses 1; the caller's call knows what they pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.stores.sql.migrations import migrate
from tests.webhooks.conftest import PARAMETERS, said, signed, twiml, verb

if TYPE_CHECKING:
    from pathlib import Path

    from falcon.testing import Result

    from tests.webhooks.conftest import OpenPhone, Phone

CHILD = {
    "CallSid": "CA" + "9" * 32,
    "Called": "+12395550121",
    "Caller": PARAMETERS["Caller"],
    "CallStatus": "in-progress",
    "Direction": "outbound-dial",
}


def profile(**fields: Any) -> CompanyProfile:
    """A company whose crew is two people."""
    targets = [
        {"id": "crew", "name": "the crew", "members": ["erin", "sam"], "availability": "always"},
        {"id": "erin", "name": "Erin", "number": "+12395550121", "availability": "always"},
        {"id": "sam", "name": "Sam", "number": "+12395550122", "availability": "always"},
    ]
    data = demo_profile().model_dump(mode="json") | {"targets": targets, "after_hours": {}}
    return CompanyProfile.model_validate(data | fields)


async def dialling(phone: Phone, **params: str) -> Result:
    """The document that rings Erin, after a question."""
    asked = await phone.say(
        await phone.post("voice", params), "how much is it to mend a leaking tap"
    )
    return await phone.say(asked, "put me through to somebody")


async def whisper(phone: Phone, dial: Result, **params: str) -> Result:
    return await phone.post(verb(dial, "Number").attrib["url"], CHILD | params)


async def test_who_is_rung_hears_who_calls_and_why_twice_then_the_line_is_closed(
    open_phone: OpenPhone,
) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        answer = await whisper(phone, await dialling(phone))
    first, second, last = twiml(answer)
    assert (first.tag, second.tag, last.tag) == ("Gather", "Gather", "Hangup")
    assert first.attrib["numDigits"] == "1"
    once = (
        "A call for Gulf Breeze Plumbing from 2 3 9, 3 3 3, 4 4 4 4, about: how much is it to mend "
        "a leaking tap. Press 1 to accept."
    )
    assert said(answer) == f"{once} {once}"


async def test_pressing_1_connects_and_the_call_is_known_to_have_been_taken(
    open_phone: OpenPhone,
) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        asked = await whisper(phone, dial)
        accepted = await phone.post(verb(asked, "Gather").attrib["action"], CHILD | {"Digits": "1"})
        params = {"DialCallStatus": "completed", "DialCallDuration": "61"}
        ended = await phone.post(verb(dial, "Dial").attrib["action"], params)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert list(twiml(accepted)) == []
    assert [child.tag for child in twiml(ended)] == ["Hangup"]
    assert call is not None
    assert call.outcome == "transferred"
    told = [(turn.key, turn.answered["why"]) for turn in call.turns[-3:]]
    assert told == [
        ("3:whisper:erin", "erin answered"),
        ("3:whisper:erin:key", "erin pressed 1"),
        ("3:dialled", "the transfer to crew ended: accepted"),
    ]


@pytest.mark.parametrize(("digits", "outcome"), [("2", "declined"), ("", "voicemail")])
async def test_whoever_does_not_accept_is_followed_by_the_next(
    open_phone: OpenPhone, digits: str, outcome: str
) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        asked = await whisper(phone, dial)
        if digits:
            url = verb(asked, "Gather").attrib["action"]
            declined = await phone.post(url, CHILD | {"Digits": digits})
            assert [child.tag for child in twiml(declined)] == ["Hangup"]
        params = {"DialCallStatus": "completed", "DialCallDuration": "9"}
        next_dial = await phone.post(verb(dial, "Dial").attrib["action"], params)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert verb(next_dial, "Number").text == "+12395550122"
    assert call is not None
    assert call.turns[-1].answered["why"] == f"the transfer to crew ended: {outcome}"


async def test_what_was_said_before_is_still_known_after_a_whisper(open_phone: OpenPhone) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        await whisper(phone, dial)
        memory = await phone.services.stores.call_states.load("demo", PARAMETERS["CallSid"])
    assert memory is not None
    assert memory["turns"][0][0] == "how much is it to mend a leaking tap"
    assert memory["whispers"] == {"turn": 3, "pressed": {"erin": ""}}


async def test_a_second_delivery_of_a_key_gets_the_same_bytes(open_phone: OpenPhone) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        asked = await whisper(phone, await dialling(phone))
        url = verb(asked, "Gather").attrib["action"]
        answers = [await phone.post(url, CHILD | {"Digits": "1"}) for _ in range(2)]
        assert answers[0].content == answers[1].content


async def test_known_callers_are_named_and_hidden_ones_are_not_numbered(
    open_phone: OpenPhone,
) -> None:
    known = {"known": [{"number": PARAMETERS["Caller"], "name": "Jo Berg"}]}
    async with open_phone(profiles=(profile(callers=known),)) as phone:
        dial = await dialling(phone)
        assert "from Jo Berg," in said(await whisper(phone, dial))
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        shown = await whisper(phone, dial, Caller=PARAMETERS["Called"])
        assert "from somebody whose number is hidden," in said(shown)


async def test_a_feigned_number_gets_no_name_and_a_nameless_one_its_digits(
    open_phone: OpenPhone,
) -> None:
    caller = {"number": PARAMETERS["Caller"], "name": "Jo Berg"}
    async with open_phone(profiles=(profile(callers={"known": [caller]}),)) as phone:
        dial = await dialling(phone, StirVerstat="TN-Validation-Failed-A")
        assert "from somebody whose number could not be verified," in said(
            await whisper(phone, dial)
        )
    nameless = caller | {"name": "", "notes": "kind"}
    async with open_phone(profiles=(profile(callers={"known": [nameless]}),)) as phone:
        assert "from 2 3 9, 3 3 3, 4 4 4 4," in said(await whisper(phone, await dialling(phone)))


async def test_an_urgent_call_is_announced_as_such(open_phone: OpenPhone) -> None:
    urgent = {"phrases": ["burst pipe"], "target": "crew"}
    async with open_phone(profiles=(profile(urgent=urgent),)) as phone:
        dial = await phone.say(await phone.post("voice"), "my pipe has burst!")
        answer = await whisper(phone, dial)
    assert said(answer).startswith("An urgent call for Gulf Breeze Plumbing from 2 3 9,")
    assert "about: my pipe has burst." in said(answer)


async def test_a_url_that_is_not_ours_is_hung_up_on(open_phone: OpenPhone) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        url = verb(dial, "Number").attrib["url"]
        for forged in ("whisper", f"{url}0", url.replace("erin", "sam")):
            answer = await phone.post(forged, CHILD | {"Digits": "1"})
            assert [child.tag for child in twiml(answer)] == ["Hangup"]


async def test_a_whisper_is_believed_only_with_a_signature(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    # Its clock is the machine's: it answers at any hour.
    settings = production | {"profiles": (profile(after_hours={"policy": "answer"}),)}
    async with open_phone(**settings) as phone:
        opened = await signed(phone)
        gather = verb(opened, "Gather").attrib["action"]
        dial = await signed(phone, gather, {"SpeechResult": "talk to Erin"})
        url = verb(dial, "Number").attrib["url"]
        assert (await phone.post(url, CHILD)).status_code == 403
        answer = await signed(phone, url, CHILD)
        assert "Press 1 to accept" in said(answer)


async def test_a_whisper_goes_on_without_the_store(
    open_phone: OpenPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_phone(profiles=(profile(),)) as phone:
        dial = await dialling(phone)
        states = phone.services.stores.call_states
        monkeypatch.setattr(states, "load", _unreachable)
        asked = await whisper(phone, dial)
        assert said(asked).startswith("A call for Gulf Breeze Plumbing from 2 3 9")
        url = verb(asked, "Gather").attrib["action"]
        assert list(twiml(await phone.post(url, CHILD | {"Digits": "1"}))) == []
        params = {"DialCallStatus": "completed", "DialBridged": "false"}
        next_dial = await phone.post(verb(dial, "Dial").attrib["action"], params)
        assert verb(next_dial, "Number").text == "+12395550122"


async def _unreachable(*_: object) -> None:
    raise ConnectionError


async def test_a_worker_that_heard_of_no_whisper_knows_what_was_pressed(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    store = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    migrate(store)
    settings = {"profiles": (profile(),), "store": store, "may_block": True}
    async with open_phone(**settings) as one, open_phone(**settings) as other:
        dial = await dialling(one)
        asked = await whisper(other, dial)
        await other.post(verb(asked, "Gather").attrib["action"], CHILD | {"Digits": "1"})
        params = {"DialCallStatus": "completed", "DialCallDuration": "61"}
        ended = await one.post(verb(dial, "Dial").attrib["action"], params)
    assert [child.tag for child in twiml(ended)] == ["Hangup"]
