"""Situations that callers get into: played by the simulator against the real service, and judged.

Each has a firm of its own, which differs from the others' in what the situation is about. All
situations of a moment share one service, whose clock starts there.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from clientsvia.calls.route import route
from clientsvia.companies.fields import STORED
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.settings import variable
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.secrets import SecretBox
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from clientsvia.calls.ports import LoggedCall
    from clientsvia.simulator import CallResult
    from tests.serving import Service

MORNING = "2026-11-18T10:00:00-05:00"  # a Wednesday; all times are New York's
LUNCH = "2026-11-18T12:20:00-05:00"
NIGHT = "2026-11-18T22:00:00-05:00"
SUNDAY = "2026-11-22T11:00:00-05:00"
THANKSGIVING = "2026-11-26T10:00:00-05:00"
CHRISTMAS_EVE = "2026-12-24T10:00:00-05:00"
CLOCKS_BACK = "2026-11-01T01:30:00-05:00"  # the second 1:30 of that night
CLOCKS_FORWARD = "2027-03-14T03:10:00-04:00"

MARIA, BOB, OFFICE, ON_CALL = "+12395550171", "+12395550172", "+12395550173", "+12395550174"
CALLER = "+12395550123"
LOGGED_SECONDS = 5.0


@dataclass(frozen=True)
class Situation:
    """What a firm has set, what the caller does, and what must come of it.

    ``heard`` are phrases in the order the caller hears them, ``unheard`` those that must not come;
    ``whispered`` what people hear who are rung; ``rang`` the numbers that were rung, in order;
    ``explain`` phrases of why the call goes where it goes at that moment.
    """

    name: str
    at: str = MORNING
    profile: Mapping[str, Any] = field(default_factory=dict)
    caller: Mapping[str, Any] = field(default_factory=dict)
    heard: Sequence[str] = ()
    unheard: Sequence[str] = ()
    whispered: Sequence[str] = ()
    rang: Sequence[str] = ()
    outcome: str = "answered"
    explain: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name


FIRM: dict[str, Any] = {
    "time_zone": "America/New_York",
    "hours": {
        "weekly": {
            day: ["08:00-12:00", "13:00-17:00"]
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
        },
        "holidays": {"country": "US"},
    },
    "targets": [
        {"id": "office", "name": "the office", "number": OFFICE, "keywords": ["billing"]},
        {"id": "maria", "name": "Maria", "number": MARIA},
        {"id": "bob", "name": "Bob", "number": BOB},
        {
            "id": "on-call",
            "name": "the plumber on call",
            "number": ON_CALL,
            "availability": "always",
        },
    ],
    "knowledge": [{"question": "How much does a visit cost?", "answer": "A visit costs ninety."}],
    "limits": {"calls_per_caller": 100},
}


class Town:
    """The services of all moments, each begun when a call needs it."""

    def __init__(self, folder: Path, situations: Sequence[Situation], **settings: str) -> None:
        self._folder = folder
        self._situations = situations
        self._settings = settings
        self._services: dict[str, Service] = {}
        self._stack = ExitStack()

    def close(self) -> None:
        """Stop every service."""
        self._stack.close()

    async def service(self, moment: str) -> Service:
        """The service whose clock started at a moment."""
        if moment not in self._services:
            self._services[moment] = await self._begun(moment)
        return self._services[moment]

    async def _begun(self, moment: str) -> Service:
        folder = self._folder / moment.replace(":", "")
        folder.mkdir()
        store = f"sqlite+aiosqlite:///{folder}/clientsvia.db"
        migrate(store)
        database = Database(store)
        await SqlCompanies(database, SecretBox([b"k" * 32])).save(
            [firm(at, one) for at, one in enumerate(self._situations) if one.at == moment]
        )
        await database.close()
        settings = {"clock_start": moment} | self._settings
        return self._stack.enter_context(serving(folder, **settings))

    async def play(self, situation: Situation) -> CallResult:
        """The situation's call."""
        number = self._situations.index(situation)
        script = {"from": CALLER, "to": called(number), "at_end": "stay", "seed": number}
        service = await self.service(situation.at)
        return await service.call(**script | dict(situation.caller))

    @asynccontextmanager
    async def _store(self, situation: Situation) -> AsyncIterator[Database]:
        """What the situation's service has stored."""
        service = await self.service(situation.at)
        database = Database(service.environment[variable("store")])
        try:
            yield database
        finally:
            await database.close()

    async def logged(self, situation: Situation, call_sid: str) -> LoggedCall:
        """What the log of the situation's service tells of a call that is over."""
        async with self._store(situation) as database:
            return await _logged(database, call_sid)

    async def judge(self, situation: Situation) -> None:
        """Play the call, and assert all that the situation says of it."""
        result = await self.play(situation)
        assert result.ok, (result.problems, result.expectations, result.unsaid)
        said = result.said()
        _in_order(situation.heard, said)
        _in_order(situation.whispered, result.whispered())
        for phrase in situation.unheard:
            assert not any(phrase in line for line in said), (phrase, said)
        assert rung(result) == list(situation.rang)
        call = await self.logged(situation, result.call_sid)
        assert call.outcome == situation.outcome, call.turns
        why = explained(self._situations.index(situation), situation)
        for phrase in situation.explain:
            assert phrase in why, why


async def _logged(database: Database, call_sid: str) -> LoggedCall:
    """What the log tells of a call that is over; entries reach it a little later than steps."""
    log = SqlCallLog(database)
    async with asyncio.timeout(LOGGED_SECONDS):
        while (call := await log.call(call_sid)) is None or call.ended_at is None:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.02)
    return call


def called(number: int) -> str:
    """The number of the firm of a situation."""
    return f"+1239556{1000 + number}"


def firm(number: int, situation: Situation) -> CompanyProfile:
    """The profile of a situation's firm; it may hold what would not be saved today."""
    own = {"slug": f"firm-{number}", "name": f"Firm {number}", "numbers": [called(number)]}
    return CompanyProfile.model_validate(FIRM | own | dict(situation.profile), context=STORED)


def explained(number: int, situation: Situation) -> str:
    """Why a call to a situation's firm goes where it goes at its moment."""
    moment = datetime.fromisoformat(situation.at)
    company = compile_company(StoredProfile(firm(number, situation), 1), moment)
    return route(company, moment).why


def rung(result: CallResult) -> list[str]:
    """The numbers that were rung, in order."""
    documents = [ET.fromstring(exchange.body) for exchange in result.requests if exchange.body]
    dials = [dial for document in documents for dial in document.iter("Dial")]
    return [number.text or "" for dial in dials for number in dial.iter("Number")]


def _in_order(phrases: Sequence[str], said: Sequence[str]) -> None:
    """Each phrase comes after the one before it."""
    whole, at = " ".join(said), 0
    for phrase in phrases:
        found = whole.find(phrase, at)
        assert found >= 0, (phrase, said)
        at = found + len(phrase)
