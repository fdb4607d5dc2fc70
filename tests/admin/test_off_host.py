from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clientsvia.admin.diagnosis import Setup
from clientsvia.admin.off_host import bin_twiml, flow_definition, install, person
from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import InvalidInput
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.stores.memory.kept_numbers import MemoryKeptNumbers
from tests.conftest import OPEN
from tests.providers.twilio_api import NUMBER, ORIGIN, SID, TOKEN, TwilioApi, configured, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company

ACCOUNT = TwilioAccount(SID, (TOKEN,))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured()) as served:
        yield served


@pytest.fixture
def company(demo: Company) -> Company:
    return replace(demo, numbers=(NUMBER,), twilio=ACCOUNT)


def looking(company: Company) -> Setup:
    return Setup(origin=ORIGIN, demo=False, signed=True, companies=(company,))


def test_a_twiml_bin_rings_a_person_of_the_company_and_never_ends_in_silence(
    demo: Company,
) -> None:
    first, dial, last = ET.fromstring(bin_twiml(demo))
    chosen = person(demo)
    assert chosen is not None

    assert first.text == f"Thank you for calling {demo.name}."
    assert dial.findtext("Number") == chosen.number
    assert "call again later" in (last.text or "")


def test_without_anybody_to_ring_callers_hear_when_to_call_again(nobody_to_ring: Company) -> None:
    document = ET.fromstring(bin_twiml(nobody_to_ring))

    assert [verb.tag for verb in document] == ["Say", "Say"]


def test_every_step_of_the_flow_leads_to_one_that_is_there(
    demo: Company, nobody_to_ring: Company
) -> None:
    for company in (demo, nobody_to_ring):
        states = flow_definition(company)["states"]
        names = {state["name"] for state in states}
        nexts = [move.get("next") for state in states for move in state["transitions"]]
        assert {name for name in nexts if name} == names - {"Trigger"}


async def test_the_flow_is_made_once_and_every_number_falls_back_on_it(
    api: TwilioApi, company: Company
) -> None:
    twilio, kept = TwilioRestAccounts(api.url, timeout_s=2), MemoryKeptNumbers()

    await install(looking(company), twilio, kept, company, OPEN)
    done = await install(looking(company), twilio, kept, company, OPEN)

    [flow] = api.flows.values()
    assert flow["friendly_name"] == f"{company.slug}: fallback"
    assert flow["definition"] == json.loads(json.dumps(flow_definition(company)))
    assert done.url == flow["webhook_url"]
    assert api.numbers[0]["voice_fallback_url"] == done.url
    assert api.numbers[0]["voice_url"] == f"{ORIGIN}/api/twilio/voice"


async def test_a_dry_run_makes_nothing(api: TwilioApi, company: Company) -> None:
    twilio = TwilioRestAccounts(api.url, timeout_s=2)

    await install(looking(company), twilio, MemoryKeptNumbers(), company, OPEN, dry_run=True)

    assert api.flows == {}
    assert api.numbers[0]["voice_fallback_url"] == f"{ORIGIN}/api/twilio/fallback"


async def test_without_an_account_a_bin_is_pasted_instead(api: TwilioApi, demo: Company) -> None:
    with pytest.raises(InvalidInput, match="number fallback"):
        await install(looking(demo), TwilioRestAccounts(api.url), MemoryKeptNumbers(), demo, OPEN)
