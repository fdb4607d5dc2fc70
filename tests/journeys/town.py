"""The services that situations are played against, and the judges of what came of them."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from clientsvia.calls.explain import decided_for, explain
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.settings import variable
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.effects import SqlEffects
from clientsvia.stores.sql.messages import SqlMessages
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.secrets import SecretBox
from tests.journeys.situations import CALLER, called, firm, owner
from tests.providers.mail import mailroom
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from clientsvia.calls.ports import LoggedCall
    from clientsvia.inbox.message import Message
    from clientsvia.simulator import CallResult
    from tests.journeys.situations import Situation
    from tests.serving import Service

LOGGED_SECONDS = 5.0
TOLD_SECONDS = 20.0


class Town:
    """The services of all moments, each begun when a call needs it."""

    def __init__(self, folder: Path, situations: Sequence[Situation]) -> None:
        self._folder = folder
        self._situations = situations
        self._services: dict[str, Service] = {}
        self._stack = ExitStack()
        self._room = self._stack.enter_context(mailroom())
        self._judged: list[Situation] = []

    def close(self) -> None:
        """Stop every service; by then no owner has heard of anything but what was to be told."""
        self._stack.close()
        for situation in self._judged:
            assert len(self._mails(situation)) == len(situation.mails), self._mails(situation)

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
        mail = f"smtp://127.0.0.1:{self._room.port}"
        settings = {"smtp_url": mail, "mail_from": "answers@answers.example"}
        return self._stack.enter_context(serving(folder, clock_start=moment, **settings))

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

    async def judge(self, situation: Situation) -> LoggedCall:
        """Play the call, assert all that the situation says of it, and return what is logged."""
        result = await self.play(situation)
        assert result.ok, (result.problems, result.expectations, result.unsaid)
        said = result.said()
        _in_order(situation.heard, said)
        _in_order(situation.whispered, result.whispered())
        for phrase in situation.unheard:
            assert not any(phrase in line for line in said), (phrase, said)
        assert rung(result) == list(situation.rang)
        async with self._store(situation) as database:
            call = await _logged(database, result.call_sid)
            assert call.outcome == situation.outcome, call.turns
            _judge_left(situation, await _kept(database, call))
        await self._judge_told(situation)
        _judge_explained(self._situations.index(situation), situation, call)
        return call

    async def _judge_told(self, situation: Situation) -> None:
        """The owner hears of it in time; that nothing else is told is seen at the end."""

        async def told() -> bool:
            return len(self._mails(situation)) >= len(situation.mails)

        await _until(told, TOLD_SECONDS)
        mails = self._mails(situation)
        for phrase in situation.mails:
            assert any(phrase in mail for mail in mails), mails
        self._judged.append(situation)

    def _mails(self, situation: Situation) -> list[str]:
        """What the owner of the situation's firm was sent: subjects and texts."""
        address = owner(self._situations.index(situation))
        mails = (mail for mail in self._room.mails if mail["To"] == address)
        return [f"{mail['Subject']}\n{mail.get_content()}" for mail in mails]


def _judge_left(situation: Situation, message: Message | None) -> None:
    if situation.left is None:
        assert (message is not None) == (situation.outcome == "message"), message
        return
    assert message is not None
    found = asdict(message)
    assert {name: found[name] for name in situation.left} == dict(situation.left)


async def _kept(database: Database, call: LoggedCall) -> Message | None:
    """The message of a call, once all that the call left is carried out; None if there is none."""
    effects = SqlEffects(database)

    async def carried_out() -> bool:
        waiting = await effects.waiting(call.started_at)
        return not any(one.call_sid == call.call_sid for one in waiting)

    await _until(carried_out, TOLD_SECONDS)
    return await SqlMessages(database).get(call.company, call.call_sid)


async def _logged(database: Database, call_sid: str) -> LoggedCall:
    """What the log tells of a call that is over; entries reach it a little later than steps."""
    log = SqlCallLog(database)

    async def over() -> bool:
        call = await log.call(call_sid)
        return call is not None and call.ended_at is not None

    await _until(over, LOGGED_SECONDS)
    call = await log.call(call_sid)
    assert call is not None
    return call


async def _until(done: Callable[[], Awaitable[bool]], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await done():  # noqa: ASYNC110 - other processes do it
            await asyncio.sleep(0.02)


def _judge_explained(number: int, situation: Situation, call: LoggedCall) -> None:
    """``explain`` tells beforehand what the log tells afterwards."""
    moment = datetime.fromisoformat(situation.at)
    company = compile_company(StoredProfile(firm(number, situation), 1), moment)
    why = explain(company, called(number), moment).route.why
    for phrase in situation.explain:
        assert phrase in why, why
    parameters = situation.caller.get("parameters", {})
    if "ForwardedFrom" in parameters:
        return  # it is asked about a caller, not about who passed the call on
    caller = situation.caller.get("from", CALLER)
    feigned = "Failed" in parameters.get("StirVerstat", "")
    foretold = decided_for(company, called(number), moment, caller, unverified=feigned)
    (began,) = (entry for entry in call.entries if entry.kind == "ringing")
    assert began.data["why"] == foretold.why


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
