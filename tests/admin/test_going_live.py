from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientsvia.admin.going_live import Item, checklist
from clientsvia.companies.company import TwilioAccount
from clientsvia.companies.files import as_data, demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.admin.diagnosis.setups import production
from tests.admin.reached import MAIL, reach
from tests.conftest import OPEN
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, running

if TYPE_CHECKING:
    from clientsvia.admin.diagnosis import Setup

ELSEWHERE = "https://handler.twilio.com/twiml/EH1"


def ready(**fields: Any) -> CompanyProfile:
    """A company that lacks nothing, but for ``fields``."""
    return CompanyProfile.model_validate(
        as_data(demo_profile()) | {"notify": {"email": [MAIL]}} | fields
    )


async def having_reached(address: str = MAIL, slug: str = "demo") -> MemoryOutbox:
    """An outbox from which a test message has reached an address."""
    outbox = MemoryOutbox()
    await reach(outbox, address, slug)
    return outbox


async def found(
    profile: CompanyProfile, outbox: MemoryOutbox | None = None, **setup: Any
) -> dict[str, Item]:
    """The checklist by what was looked at; of several lines the last."""
    company = compile_company(StoredProfile(profile, 1), OPEN)
    looking: Setup = replace(production(company, ask_twilio=False), **setup)
    items = checklist(
        looking,
        profile,
        company,
        outbox or await having_reached(),
        TwilioRestAccounts("http://127.0.0.1:9"),
    )
    return {item.what: item async for item in items}


async def stopping(profile: CompanyProfile, **setup: Any) -> list[str]:
    return [what for what, item in (await found(profile, **setup)).items() if item.stops]


async def test_a_company_that_lacks_nothing_may_go_live() -> None:
    items = await found(ready())
    assert [item for item in items.values() if not item.well] == []
    assert list(items) == [
        "number",
        "Twilio account",
        "public address",
        "greeting",
        "hours",
        "people",
        "owner's e-mail",
    ]


async def test_a_company_without_a_number_in_service_may_not() -> None:
    assert await stopping(ready(numbers=[])) == ["number"]
    off = [{"number": "+12395551212", "active": False}]
    assert await stopping(ready(numbers=off)) == ["number"]


async def test_a_company_without_a_token_may_not() -> None:
    assert await stopping(ready(), platform=None) == ["Twilio account"]
    assert await stopping(ready(), platform=None, demo=True) == []
    own = {"account_sid": SID, "auth_tokens": [TOKEN]}
    assert await stopping(ready(twilio=own), platform=None) == []


async def test_a_service_that_twilio_cannot_reach_safely_may_not() -> None:
    for origin in ("http://answers.example", "https://127.0.0.1:8000"):
        assert await stopping(ready(), origin=origin) == ["public address"]


async def test_a_company_without_hours_may_only_if_its_agent_answers_at_any_hour() -> None:
    assert await stopping(ready(hours={})) == []
    message = {"policy": "message"}
    assert await stopping(ready(hours={}, after_hours=message)) == ["hours"]
    closed: dict[str, Any] = {"weekly": {"monday": []}}
    assert await stopping(ready(hours=closed, after_hours=message)) == ["hours"]


async def test_somebody_must_be_rung_or_hear_of_messages() -> None:
    assert await stopping(ready(targets=[])) == []
    nobody = ready(targets=[], notify={})
    assert await stopping(nobody) == ["people", "owner's e-mail"]


async def test_an_owner_whose_address_was_never_tested_may_not() -> None:
    item = (await found(ready(), MemoryOutbox()))["owner's e-mail"]
    assert item.stops
    assert item.remedy.endswith("clientsvia notify test demo")
    assert (await found(ready(), await having_reached("other@x.example")))["owner's e-mail"].stops
    assert (await found(ready(), await having_reached(slug="other")))["owner's e-mail"].stops
    assert (await found(ready(notify={})))["owner's e-mail"].stops


async def test_one_tested_address_is_enough_and_the_others_are_named() -> None:
    more = ready(notify={"email": ["second@gulf.example", MAIL]})
    item = (await found(more))["owner's e-mail"]
    assert item.well
    assert "not tested: second@gulf.example" in item.found


async def test_a_greeting_that_hides_the_transcript_is_advised_against() -> None:
    item = (await found(ready(greeting="Ahoy!")))["greeting"]
    assert not item.well
    assert not item.stops
    told = ready(greeting="Ahoy!", disclosure="This call is recorded.")
    assert (await found(told))["greeting"].well


async def at_twilio(**settings: str) -> list[Item]:
    """What the checklist tells of the number at Twilio."""
    profile = ready(twilio={"account_sid": SID, "auth_tokens": [TOKEN]})
    company = compile_company(StoredProfile(profile, 1), OPEN)
    setup = production(company, platform=TwilioAccount("AC" + "b" * 32, ()))
    with running(configured(**settings)) as api:
        twilio = TwilioRestAccounts(api.url)
        items = checklist(setup, profile, company, await having_reached(), twilio)
        return [item async for item in items if NUMBER in item.what]


async def test_a_fallback_that_lives_on_another_host_is_required() -> None:
    ours = await at_twilio()
    assert [(item.well, item.stops) for item in ours] == [(True, False), (False, True)]
    assert "TwiML Bin" in ours[1].remedy
    other = await at_twilio(voice_fallback_url=ELSEWHERE, voice_fallback_method="GET")
    assert [item.well for item in other] == [True, True]
    assert ELSEWHERE in other[1].found


async def test_a_number_whose_calls_go_elsewhere_is_told_and_lacks_a_fallback_alone() -> None:
    items = await at_twilio(voice_url="https://other.example/voice", voice_fallback_url="")
    assert "https://other.example/voice" in items[0].found
    assert [item.what for item in items if item.stops] == [f"{NUMBER}, when this host is down"]


async def test_a_number_that_twilio_does_not_know_is_told() -> None:
    (item,) = await at_twilio(number="+12395559999")
    assert item.found == "is not in the account"


async def test_who_cannot_ask_twilio_hears_why() -> None:
    profile = ready()
    item = (await found(profile, ask_twilio=True))["+12395551212 at Twilio"]
    assert item.found.startswith("could not ask Twilio")
    assert item.remedy
    assert not item.stops
