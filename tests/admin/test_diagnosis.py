"""Every check together, with memory stores and the real responder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.diagnosis import Owners, Setup, Sources, Trouble, diagnose
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.smtp import SmtpCarrier, mail_server
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.stores.memory.outbox import MemoryOutbox
from clientsvia.stores.memory.usage import MemoryUsage
from tests.admin.diagnosis.setups import production
from tests.calls.money.spending import SetClock, capped_at
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.admin.diagnosis import Check
    from clientsvia.companies.company import Company

NOBODY = "http://127.0.0.1:9"
NO_MAIL = "smtp://127.0.0.1:9"


@pytest.fixture
def setup(demo: Company) -> Setup:
    other = replace(demo, slug="acme", numbers=("+12395551313",))
    return production(other, capped_at(demo, 10), origin=NOBODY)


async def look(setup: Setup) -> list[Check]:
    twilio = TwilioRestAccounts(NOBODY)
    log = MemoryCallLog(CallMemory())
    owners = Owners(MemoryOutbox(), SmtpCarrier(mail_server(NO_MAIL), "a@x.example", SetClock()))
    sources = Sources(
        MemoryCompanies(), log, KnowledgeResponder(), twilio, MemoryUsage(), owners=owners
    )
    return [check async for check in diagnose(setup, sources, OPEN)]


async def test_every_company_is_looked_at_and_each_trouble_has_its_checks(setup: Setup) -> None:
    checks = await look(setup)
    assert {check.trouble for check in checks} == set(Trouble)
    for what in (
        "acme",
        "demo",
        "acme at Twilio",
        "demo at Twilio",
        "demo, auto",
        "demo, spending",
        "demo, owner",
        "acme, owner",
        "operator",
    ):
        assert any(check.what == what for check in checks), what


async def test_a_number_narrows_it_to_its_company(setup: Setup) -> None:
    checks = await look(replace(setup, called="+12395551212"))
    assert any(check.what == "demo" for check in checks)
    assert not any(check.what.startswith("acme") for check in checks)


async def test_a_number_nobody_has_leaves_no_company_to_look_at(setup: Setup) -> None:
    checks = await look(replace(setup, called="+442079460018"))
    assert [check.what for check in checks] == ["store", "+442079460018", "service"]


async def test_twilio_can_be_left_out(setup: Setup) -> None:
    checks = await look(replace(setup, ask_twilio=False))
    assert not any("at Twilio" in check.what for check in checks)
