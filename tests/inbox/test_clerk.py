"""Every effect of a committed step is carried out, once, whoever dies meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from clientsvia.calls.effects import MessageLeft, MessageTranscribed, TransferMissed, UrgentCall
from clientsvia.errors import StoreUnavailable
from clientsvia.inbox.clerk import AGAIN, CLAIM, EVERY_SECONDS, PATIENCE
from clientsvia.notices.notice import NoticeKind
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.calls.calling import CALLER, knowing
from tests.conftest import OPEN
from tests.inbox.rig import SID, Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company
    from clientsvia.notices.notice import Notice

LEFT = MessageLeft(reason="a leak", number=CALLER)
WHOLE = MessageLeft(complete=True)
RECORDED = MessageLeft(recording="https://api.twilio.com/RE1", seconds=12, complete=True)
MISSED = TransferMissed("office", "busy")
MINUTE = PATIENCE.total_seconds()


@pytest.fixture
def office(demo: Company) -> Office:
    opened = Office(demo)
    opened.rings()
    return opened


async def test_a_message_is_kept_and_told_once_it_is_whole(office: Office) -> None:
    await office.turns(LEFT, text="there is a leak")
    await office.clerk.work()
    assert await office.sent() == []
    await office.turns(MessageLeft(name="Ada"), text="Ada")
    await office.turns(WHOLE, text="yes")
    await office.clerk.work()

    (notice,) = await office.sent()
    kept = await office.messages.get("demo", SID)
    assert kept is not None
    assert (kept.name, kept.reason, kept.number, kept.caller) == ("Ada", "a leak", CALLER, CALLER)
    assert kept.complete
    assert kept.summary == "Left a message, and is to be called back."
    assert notice.kind is NoticeKind.MESSAGE
    assert (notice.at, notice.due, notice.urgent) == (OPEN, OPEN, False)
    assert dict(notice.data) == {
        "company": "Gulf Breeze Plumbing",
        "call_sid": SID,
        "caller": CALLER,
        "at": "2026-11-18T10:00:00-05:00",
        "zone": "America/New_York",
        "summary": kept.summary,
        "name": "Ada",
        "number": CALLER,
        "reason": "a leak",
        "transcript": "",
        "seconds": 0,
        "recording": False,
        "complete": True,
    }
    assert list(await office.effects.waiting(OPEN)) == []


async def test_a_known_caller_who_left_no_name_is_named(office: Office) -> None:
    assert office.company is not None
    office.company = knowing(office.company)
    await office.turns(replace(WHOLE, recording="https://api.twilio.com/RE1"), text="yes")
    await office.turns(TransferMissed("office", "busy"))
    office.ends()
    office.watch.pass_by(600)
    await office.clerk.work()

    kept = await office.messages.get("demo", SID)
    assert kept is not None
    assert kept.name == "Jo Berg"
    assert {notice.data["name"] for notice in await office.sent()} == {"Jo Berg"}


async def test_an_unfinished_message_is_told_when_its_call_is_over(office: Office) -> None:
    await office.turns(LEFT)
    await office.clerk.work()
    office.ends()
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.data["complete"] is False
    assert notice.data["summary"] == "Began a message and did not finish it."


async def test_an_unfinished_message_is_told_when_nothing_more_comes(office: Office) -> None:
    await office.turns(LEFT)
    await office.clerk.work()
    office.watch.pass_by(MINUTE - 1)
    await office.clerk.work()
    assert await office.sent() == []
    office.watch.pass_by(1)
    await office.clerk.work()
    assert len(await office.sent()) == 1


async def test_what_a_caller_adds_later_is_told_too(office: Office) -> None:
    await office.turns(LEFT, WHOLE)
    await office.clerk.work()
    await office.turns(MessageLeft(reason="and a drip", complete=True))
    await office.clerk.work()

    assert [one.data["reason"] for one in await office.sent()] == ["a leak", "and a drip"]


async def test_an_urgent_message_is_told_at_once_and_as_such(office: Office) -> None:
    await office.turns(replace(LEFT, urgent=True), RECORDED)
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.urgent
    assert notice.data["transcript"] == ""


async def test_a_recording_is_told_with_its_words(office: Office) -> None:
    await office.turns(RECORDED)
    await office.clerk.work()
    assert await office.sent() == []
    office.watch.pass_by(8)
    await office.turns(MessageTranscribed("Please call Ada."))
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.data["transcript"] == "Please call Ada."
    assert (notice.data["seconds"], notice.data["recording"]) == (12, True)
    assert notice.due == OPEN + timedelta(seconds=8)


async def test_a_recording_whose_words_do_not_come_is_told_without(office: Office) -> None:
    await office.turns(RECORDED)
    await office.clerk.work()
    office.watch.pass_by(MINUTE)
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.data["transcript"] == ""


@pytest.mark.parametrize("urgent", [False, True])
async def test_words_that_come_late_are_told_once_more(office: Office, *, urgent: bool) -> None:
    await office.turns(replace(RECORDED, urgent=urgent))
    await office.clerk.work()
    office.watch.pass_by(MINUTE)
    await office.clerk.work()
    await office.turns(MessageTranscribed("Please call Ada."), MessageTranscribed(""))
    for _ in range(2):
        await office.clerk.work()

    told = await office.sent()
    assert [one.data["transcript"] for one in told] == ["", "Please call Ada."]
    assert [one.urgent for one in told] == [urgent, urgent]


async def test_a_transcription_that_failed_is_not_waited_for(office: Office) -> None:
    await office.turns(RECORDED)
    await office.turns(MessageTranscribed(""))
    await office.clerk.work()
    assert len(await office.sent()) == 1


async def test_a_failed_transcription_makes_no_message_of_what_was_none(office: Office) -> None:
    await office.turns(MessageTranscribed(""))
    await office.clerk.work()
    assert await office.messages.get("demo", SID) is None
    assert await office.sent() == []


async def test_words_that_come_first_are_waited_for_no_more(office: Office) -> None:
    await office.turns(MessageTranscribed("Please call."))
    await office.turns(RECORDED)
    await office.clerk.work()
    assert [one.data["transcript"] for one in await office.sent()] == ["Please call."]


@pytest.mark.parametrize("seconds", [1, 121])
async def test_a_recording_twilio_does_not_transcribe_is_told_at_once(
    office: Office, seconds: int
) -> None:
    await office.turns(replace(RECORDED, seconds=seconds))
    await office.clerk.work()
    assert len(await office.sent()) == 1


async def test_a_missed_transfer_is_told_when_the_call_is_over(office: Office) -> None:
    await office.turns(MISSED)
    await office.clerk.work()
    assert await office.sent() == []
    await office.turns(TransferMissed("on-call", "no_answer"))
    office.ends()
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.kind is NoticeKind.MISSED
    assert office.company is not None
    assert notice.data["target"] == office.company.targets[-1].name
    assert (notice.data["outcome"], notice.data["attempts"]) == ("no_answer", 2)
    assert notice.data["caller"] == CALLER
    assert list(await office.effects.waiting(OPEN)) == []


async def test_a_message_after_a_missed_transfer_tells_of_both(office: Office) -> None:
    await office.turns(MISSED)
    await office.turns(LEFT, WHOLE)
    office.ends()
    await office.clerk.work()

    (notice,) = await office.sent()
    assert notice.kind is NoticeKind.MESSAGE
    assert (notice.data["outcome"], notice.data["attempts"]) == ("busy", 1)
    assert str(notice.data["summary"]).startswith("Could not be put through to ")


async def test_a_transfer_missed_after_a_message_is_told_beside_it(office: Office) -> None:
    await office.turns(LEFT, WHOLE)
    await office.clerk.work()
    await office.turns(MISSED)
    office.ends()
    await office.clerk.work()
    assert {one.kind for one in await office.sent()} == {NoticeKind.MESSAGE, NoticeKind.MISSED}


async def test_who_reached_somebody_in_the_end_missed_nobody(office: Office) -> None:
    await office.turns(MISSED)
    await office.turns(outcome="transferred")
    office.ends()
    await office.clerk.work()
    assert await office.sent() == []
    assert list(await office.effects.waiting(OPEN)) == []


async def test_an_owner_who_does_not_want_missed_transfers_hears_of_none(office: Office) -> None:
    assert office.company is not None
    office.without(notify=replace(office.company.notify, missed=False))
    await office.turns(MISSED)
    office.ends()
    await office.clerk.work()
    assert await office.sent() == []


async def test_that_nobody_took_an_urgent_call_is_urgent_and_always_told(office: Office) -> None:
    assert office.company is not None
    office.without(notify=replace(office.company.notify, missed=False))
    await office.turns(UrgentCall("a burst pipe", "office"), text="a burst pipe")
    await office.turns(MISSED)
    office.ends()
    await office.clerk.work()

    told = {notice.kind: notice for notice in await office.sent()}
    assert told[NoticeKind.MISSED].urgent
    assert "a burst pipe" in str(told[NoticeKind.MISSED].data["summary"])


async def test_without_a_status_callback_a_missed_transfer_is_told_after_a_while(
    office: Office,
) -> None:
    await office.turns(MISSED)
    office.watch.pass_by(MINUTE - 1)
    await office.turns(text="do you fix drains")
    office.watch.pass_by(2)
    await office.clerk.work()
    assert await office.sent() == []
    office.watch.pass_by(MINUTE)
    await office.clerk.work()
    assert [one.kind for one in await office.sent()] == [NoticeKind.MISSED]


async def test_while_somebody_else_is_rung_or_talks_nothing_is_missed(office: Office) -> None:
    await office.turns(MISSED)
    await office.turns(outcome="transferring")
    for _ in range(20):
        office.watch.pass_by(2 * MINUTE)
        await office.clerk.work()
    assert await office.sent() == []
    office.ends(told=False)
    office.watch.pass_by(AGAIN.total_seconds())
    await office.clerk.work()
    assert [one.kind for one in await office.sent()] == [NoticeKind.MISSED]


async def test_an_urgent_call_is_told_at_once(office: Office) -> None:
    await office.turns(UrgentCall("a pipe burst", "on-call"), text="a pipe burst")
    await office.clerk.work()

    (notice,) = await office.sent()
    assert (notice.kind, notice.urgent, notice.due) == (NoticeKind.URGENT, True, OPEN)
    assert notice.data["words"] == "a pipe burst"
    assert notice.data["target"] == office.company.target("on-call").name  # type: ignore[union-attr]


async def test_a_company_that_is_gone_is_told_under_its_slug(office: Office) -> None:
    office.company = None
    await office.turns(LEFT, RECORDED)
    await office.turns(UrgentCall("a pipe burst", "on-call"))
    await office.turns(TransferMissed("office", "busy"))
    office.ends()
    await office.clerk.work()

    found = {one.kind: one.data for one in await office.sent()}
    assert found[NoticeKind.MESSAGE]["company"] == "demo"
    assert found[NoticeKind.MESSAGE]["zone"] == "UTC"
    assert found[NoticeKind.URGENT]["target"] == "on-call"
    assert found[NoticeKind.MISSED]["target"] == "office"


async def test_two_workers_do_nothing_twice(office: Office) -> None:
    for number in range(20):
        await office.turns(LEFT, UrgentCall("a leak"), WHOLE, sid=f"CA{number}")
    clerks = [office.clerk, office.hire(), office.hire()]
    await asyncio.gather(*(clerk.work() for clerk in clerks))
    await asyncio.gather(*(clerk.work() for clerk in clerks))

    assert len(await office.sent()) == 40
    assert len(await office.messages.list("demo", limit=100)) == 20
    assert list(await office.effects.waiting(office.watch.now())) == []


class Killed(BaseException):
    """The process ends here."""


class Dying:
    """Stores that let a worker live through only so many of its steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def over(self, store: Any) -> Any:
        dying = self

        class Around:
            def __getattr__(self, name: str) -> Any:
                method = getattr(store, name)

                async def step(*arguments: Any, **options: Any) -> Any:
                    if dying.left <= 0:
                        raise Killed
                    dying.left -= 1
                    return await method(*arguments, **options)

                return step

        return Around()


def told(notices: Sequence[Notice]) -> list[tuple[str, str, Any]]:
    return [(one.key, one.kind, one.data.get("reason")) for one in notices]


@pytest.mark.parametrize("steps", range(26))
async def test_whenever_a_worker_dies_another_ends_its_work(office: Office, steps: int) -> None:
    await office.turns(MISSED)
    await office.turns(UrgentCall("a leak"))
    await office.turns(LEFT)
    await office.turns(MessageLeft(name="Eda"))
    await office.turns(MessageLeft(name="Ada"), WHOLE)
    office.ends(told=False)
    dying = Dying(steps)
    doomed = office.hire(
        effects=dying.over(office.effects),
        messages=dying.over(office.messages),
        outbox=dying.over(office.outbox),
    )
    doomed.call_over("demo", SID)
    try:
        await doomed.work()
    except Killed:
        office.watch.pass_by(CLAIM.total_seconds())
    office.watch.pass_by(MINUTE)
    await office.clerk.work()
    await office.clerk.work()

    found = await office.sent()
    assert {kind for _, kind, _ in told(found)} == {NoticeKind.MESSAGE, NoticeKind.URGENT}
    assert len(found) == 2
    (message,) = [one for one in found if one.kind is NoticeKind.MESSAGE]
    assert (message.data["name"], message.data["complete"]) == ("Ada", True)
    assert list(await office.effects.waiting(office.watch.now())) == []
    assert list(await office.messages.untold()) == []


class Broken(MemoryOutbox):
    """An outbox that takes nothing of one call."""

    async def add(self, notices: Sequence[Notice]) -> None:
        if any("CA3" in one.key for one in notices):
            raise StoreUnavailable("the disk is full")
        await super().add(notices)


async def test_one_calls_trouble_does_not_hold_up_another(office: Office) -> None:
    for number in range(6):
        await office.turns(UrgentCall("a leak"), sid=f"CA{number}")
    outbox = Broken()
    with capture_logs() as logs:
        assert await office.hire(outbox=outbox).work()

    assert len(await outbox.unaddressed(limit=100)) == 5
    assert [(entry["call"], entry["log_level"]) for entry in logs] == [("CA3", "warning")]
    (waiting,) = await office.effects.waiting(office.watch.now())
    assert waiting.call_sid == "CA3"
    office.watch.pass_by(CLAIM.total_seconds())
    await office.clerk.work()
    assert [one.data["call_sid"] for one in await office.sent()] == ["CA3"]


async def test_an_effect_of_a_newer_release_waits_for_it(office: Office) -> None:
    class Unheard(UrgentCall):
        __slots__ = ()

    await office.turns(Unheard("a leak"))
    with capture_logs() as logs:
        await office.clerk.work()
    assert "knows no effect Unheard" in logs[0]["error"]
    assert len(await office.effects.waiting(OPEN)) == 1


class Away(MemoryMessages):
    """A store that does not answer."""

    async def untold(self, *, limit: int = 500) -> Any:  # noqa: ARG002 - the port's
        raise StoreUnavailable("locked")


async def test_a_store_that_is_away_is_told_of_once(office: Office) -> None:
    clerk = office.hire(messages=Away())
    with capture_logs() as logs:
        assert not await clerk.work()
        assert not await clerk.work()
    assert len(logs) == 1


async def test_it_works_until_it_is_stopped(office: Office) -> None:
    await office.turns(UrgentCall("a leak"))
    working = asyncio.create_task(office.clerk.run())
    async with asyncio.timeout(10 * EVERY_SECONDS + 5):
        while not await office.sent():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.05)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


async def test_calls_that_are_over_are_not_remembered_for_ever(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientsvia.inbox.clerk.OVER_REMEMBERED", 2)
    await office.turns(MISSED, sid="CA1")
    for number in (1, 2, 3):
        office.clerk.call_over("demo", f"CA{number}")
    await office.clerk.work()
    assert await office.sent() == []
