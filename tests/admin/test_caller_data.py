"""What is kept of a caller is told whole, and erased whole, at Twilio too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.caller_data import CallerData
from clientsvia.admin.kept_calls import Forgotten
from clientsvia.admin.retention import Deletions, Retention
from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import InvalidInput
from clientsvia.inbox.message import Message
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.twilio_recordings import TwilioRecordings
from clientsvia.stores.memory.audit import MemoryAuditLog
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.stores.memory.kept_calls import MemoryKeptCalls
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.contracts.samples import NOON, SID, company, ringing, step
from tests.providers.twilio_api import SID as ACCOUNT
from tests.providers.twilio_api import TOKEN, TwilioApi, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

CALLER = "+15551234567"
RECORDING = "RE" + "b" * 32
URL = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RECORDING}"


class Place:
    """A company with one call, and its recording at a stand-in for Twilio."""

    def __init__(self, api: TwilioApi, now: datetime = NOON) -> None:
        calls, self.messages, outbox = CallMemory(), MemoryMessages(), MemoryOutbox()
        self.states, self.log = MemoryCallStates(calls), MemoryCallLog(calls)
        self.companies, self.audit = MemoryCompanies(), MemoryAuditLog()
        self.kept = MemoryKeptCalls(calls, self.messages, outbox)
        recordings = TwilioRecordings(api.url, timeout_s=0.5)
        platform = TwilioAccount(ACCOUNT, (TOKEN,))
        deletions = Deletions(self.kept, self.companies, recordings, platform)
        clock = StartedClock(now)
        self.retention = Retention(self.kept, self.companies, deletions, clock)
        self.callers = CallerData(
            self.companies, self.log, self.messages, self.kept, deletions, self.audit, clock
        )

    async def fill(self, **privacy: int) -> Place:
        known = {"known": [{"number": "+12393334444"}, {"number": CALLER, "name": "Jo"}]}
        await self.companies.save([company(callers=known, privacy=privacy)])
        self.log.write(ringing())
        await self.states.commit(step())
        await self.messages.keep(Message("acme", SID, NOON, CALLER, recording=URL))
        return self


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as served:
        served.recordings[RECORDING] = b"sound"
        yield served


async def test_everything_is_told(api: TwilioApi) -> None:
    place = await Place(api).fill()
    data = await place.callers.export("acme", "+1 (555) 123-4567", by="ada@acme.example")
    assert data["card"][0]["name"] == "Jo"
    assert data["calls"][0]["turns"][0]["event"]["text"] == "do you fix pipes"
    assert data["messages"][0]["recording"] == URL


async def test_nothing_of_an_erased_caller_can_be_put_back(api: TwilioApi) -> None:
    place = await Place(api).fill()

    await place.callers.erase("acme", CALLER, by="jo")

    revisions = await place.companies.revisions("acme")
    assert len(revisions) == 2
    assert all(CALLER not in f"{one.profile} {one.fields}" for one in revisions)
    assert all("+12393334444" in str(one.profile) for one in revisions)


async def test_everything_is_erased_and_the_audit_log_keeps_how_much(api: TwilioApi) -> None:
    place = await Place(api).fill()
    erased = await place.callers.erase("acme", CALLER, by="Ada")
    assert (erased.card, erased.owed) == (True, 0)
    assert erased.kept == Forgotten(calls=1, turns=1, messages=1, recordings=1)
    assert api.recordings == {}
    left = await place.callers.export("acme", CALLER, by="ada")
    assert (left["card"], left["calls"], left["messages"]) == ([], [], [])
    stored = await place.companies.get("acme")
    assert stored is not None
    assert [one.number for one in stored.profile.callers.known] == ["+12393334444"]
    exported, entry = await place.audit.entries("acme")
    assert exported.act == "caller exported"
    assert (entry.act, entry.by, entry.detail["calls"]) == ("caller erased", "Ada", 1)
    assert CALLER not in repr(entry)


async def test_what_twilio_does_not_delete_is_owed_and_tried_again(api: TwilioApi) -> None:
    place = await Place(api).fill()
    api.answer = (503, '{"code": 20503, "message": "Service is down"}')
    assert (await place.callers.erase("acme", CALLER, by="Ada")).owed == 1
    (owed,) = await place.kept.owed()
    assert "503" in owed.error
    api.answer = None
    await place.retention.sweep()
    assert (api.recordings, list(await place.kept.owed())) == ({}, [])


async def test_a_company_nobody_knows_has_no_callers(api: TwilioApi) -> None:
    with pytest.raises(InvalidInput, match="company list"):
        await Place(api).callers.export("nobody", CALLER, by="ada")
