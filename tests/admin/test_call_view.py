"""One logged call as people and programs are told it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from clientsvia.admin.call_view import (
    TWILIO,
    CallView,
    as_data,
    call_view,
    cut,
    heard,
    length_of,
    view_of,
)
from clientsvia.calls.ports import LogEntry, LoggedCall, LoggedTurn
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.inbox.message import Message
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.messages import MemoryMessages
from tests.contracts.samples import NOON, SID, company, entry, ringing, step

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

MS = 1_000_000
RECORDING = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"


def acme() -> Company:
    return compile_company(StoredProfile(company("acme", "+12395551212"), 1), NOON)


def call(**fields: Any) -> LoggedCall:
    given: dict[str, Any] = {
        "caller": "+15551234567",
        "called": "+12395551212",
        "ended_at": None,
        "status": "in-progress",
        "outcome": "",
    }
    return LoggedCall(call_sid=SID, company="acme", started_at=NOON, **given | fields)


def turn(
    key: str = "1:heard",
    seconds: float = 0,
    event: dict[str, Any] | None = None,
    latency: dict[str, int] | None = None,
    **answered: Any,
) -> LoggedTurn:
    at = NOON + timedelta(seconds=seconds)
    return LoggedTurn(key, int(key[0]), at, event or {}, answered, latency or {})


def rung(seconds: float = 0, **data: Any) -> LogEntry:
    return entry("ringing", SID, seconds, said=["Welcome."], why="open", **data)


def test_the_ringing_is_the_first_turn() -> None:
    view = view_of(call(entries=(rung(source="greeting"),), turns=(turn(seconds=5),)))

    first, second = view.turns
    assert (first.key, first.said, first.source, first.why) == (
        "ringing",
        "Welcome.",
        "greeting",
        "open",
    )
    assert second.key == "1:heard"


def test_what_happened_between_our_answers_is_twilios_and_not_ours() -> None:
    view = view_of(
        call(
            entries=(rung(stages={"decide": 40 * MS}),),
            turns=(
                turn(seconds=5, latency={"parse": 1 * MS, "answer": 9 * MS}),
                turn("2:heard", seconds=5.005),
            ),
        )
    )

    first, second, third = view.turns
    assert [(one.name, one.ours) for one in first.segments] == [("decide", True)]
    assert [(one.name, one.nanoseconds, one.ours) for one in second.segments] == [
        (TWILIO, 4960 * MS, False),
        ("parse", 1 * MS, True),
        ("answer", 9 * MS, True),
    ]
    assert second.ours_ns == 10 * MS
    assert third.segments == ()  # it came before the answer to the second had left


def test_a_turn_tells_what_was_said_from_what_and_why() -> None:
    told: dict[str, Any] = {
        "event": {"type": "Heard", "text": "do you fix pipes"},
        "said": ["Yes.", "Today."],
        "source": "knowledge:pipes",
        "why": "0.8",
        "outcome": "x",
    }
    (view,) = view_of(call(turns=(turn(**told),))).turns

    assert (view.who, view.heard, view.said) == ("caller", "do you fix pipes", "Yes. Today.")
    assert (view.source, view.why, view.outcome) == ("knowledge:pipes", "0.8", "x")


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"type": "Heard", "text": "hello"}, "hello"),
        ({"type": "Digits", "digits": "0"}, "(pressed 0)"),
        ({"type": "DialEnded", "status": "no-answer"}, "(dial ended: no-answer)"),
        ({}, "(nothing)"),
    ],
)
def test_whatever_happened_is_told(event: dict[str, Any], told: str) -> None:
    assert heard(event) == told


def test_recordings_are_listed_once() -> None:
    event = {"type": "MessageRecorded", "url": RECORDING}
    view = view_of(call(turns=(turn(event=event), turn("2:recorded", event=event))))

    assert view.recordings == (RECORDING,)


def test_the_length_is_up_to_the_end_or_to_the_latest_turn() -> None:
    turns = (turn(seconds=5), turn("2:heard", seconds=75))

    assert length_of(call(turns=turns)) == timedelta(seconds=75)
    assert length_of(call(turns=turns, ended_at=NOON + timedelta(seconds=90))) == timedelta(
        seconds=90
    )
    assert length_of(call()) is None


@pytest.mark.parametrize(
    ("caller", "shown"),
    [
        ("+15551234567", "…4567"),
        ("sip:bob99@example.com", "….com"),
        ("anonymous", "anonymous"),
        ("", "unknown"),
    ],
)
def test_only_the_end_of_a_number_is_shown(caller: str, shown: str) -> None:
    logged = call(caller=caller, entries=(entry("ringing", caller=caller),))
    message = Message("acme", SID, NOON, caller, number=caller)
    data = as_data(view_of(logged, message), numbers=False)

    assert (data["caller"], data["message"]["caller"]) == (shown, shown)
    assert data["entries"][0]["data"]["caller"] == shown
    if caller:
        assert data["message"]["number"] == shown


def test_json_has_all_that_is_logged_and_what_it_means() -> None:
    event = {"type": "MessageRecorded", "url": RECORDING}
    logged = call(entries=(rung(consent="Recorded."),), turns=(turn(seconds=5, event=event),))
    data = orjson.loads(orjson.dumps(as_data(view_of(logged, company=acme()), numbers=True)))

    (told,) = data["turns"]
    assert (told["event"], told["recording"]) == (event, RECORDING)
    assert told["segments"][0] == {"name": TWILIO, "nanoseconds": 5_000 * MS, "ours": False}
    assert (data["consent"], data["seconds"], data["recordings"]) == ("Recorded.", 5, [RECORDING])
    assert data["message"] is None
    assert data["place"] == str(logged.place)
    assert data["route_today"]["route"] == "message"
    assert data["route_today"]["at"] == "2026-11-23T07:00:00-05:00"


def test_a_call_is_cut_to_its_latest() -> None:
    logged = call(turns=(turn(), turn("2:heard")), entries=(rung(), entry("status")))

    short = cut(logged, 1)

    assert ([one.key for one in short.turns], len(short.entries)) == (["2:heard"], 1)


async def seen(sid: str = SID, **asked: Any) -> CallView | None:
    """The call as it is found in stores, with its message and its company."""
    memory = CallMemory()
    log, states, box = MemoryCallLog(memory), MemoryCallStates(memory), MemoryMessages()
    log.write(ringing())
    await states.commit(step())
    await box.keep(Message("acme", SID, NOON, "+15551234567", reason="a leak"))

    async def company_of(slug: str) -> Company | None:
        return acme() if slug == "acme" else None

    return await call_view(log, box, company_of, sid, **asked)


async def test_a_call_comes_with_its_message_and_its_route() -> None:
    view = await seen()

    assert view is not None
    assert view.message is not None
    assert view.message.reason == "a leak"
    assert view.route is not None
    assert view.route.number == "+12395551212"


async def test_a_call_of_another_company_is_none() -> None:
    assert await seen(company="miller") is None
    assert await seen("CA9") is None
