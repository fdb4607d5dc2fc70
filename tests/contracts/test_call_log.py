from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls.log_queries import CallFilter
from clientsvia.stores.log_rules import change_of, changed
from tests.contracts.samples import NOON, OTHER_SID, SID, entry, ringing, step

if TYPE_CHECKING:
    from clientsvia.calls.ports import LogEntry, LoggedCall
    from tests.contracts.workers import Worker


async def logged(worker: Worker, call_sid: str = SID) -> LoggedCall:
    await worker.call_log.flush()
    call = await worker.call_log.call(call_sid)
    assert call is not None
    return call


async def test_a_call_nobody_knows_is_none(worker: Worker) -> None:
    assert await worker.call_log.call(SID) is None
    assert await worker.call_log.calls() == []


async def test_a_ringing_call_shows_who_called_whom(worker: Worker, other: Worker) -> None:
    worker.call_log.write(ringing())
    await worker.call_log.flush()

    (call,) = await other.call_log.calls()

    assert (call.call_sid, call.company) == (SID, "acme")
    assert (call.caller, call.called) == ("+15551234567", "+12395551212")
    assert (call.started_at, call.ended_at) == (NOON, None)
    assert (call.status, call.outcome) == ("ringing", "")


async def test_the_newest_calls_come_first(worker: Worker) -> None:
    for number in (2, 0, 1):
        worker.call_log.write(ringing(f"CA{number}", seconds=number))
    await worker.call_log.flush()

    assert [call.call_sid for call in await worker.call_log.calls()] == ["CA2", "CA1", "CA0"]
    assert [call.call_sid for call in await worker.call_log.calls(limit=1)] == ["CA2"]


async def test_the_calls_of_one_company_are_told_apart(worker: Worker) -> None:
    worker.call_log.write(ringing(SID))
    worker.call_log.write(ringing(OTHER_SID, company="other"))
    await worker.call_log.flush()

    assert [call.call_sid for call in await worker.call_log.calls(CallFilter("other"))] == [
        OTHER_SID
    ]
    assert await worker.call_log.calls(CallFilter("third")) == []


async def test_the_calls_of_one_caller_are_told_apart(worker: Worker) -> None:
    for number in (1, 0):
        worker.call_log.write(ringing(f"CA{number}", seconds=number))
    for sid, company in (("CA5", "acme"), ("CA6", "other")):
        asked: dict[str, Any] = {
            "caller": "+12393334444",
            "called": "+12395551212",
            "status": "ringing",
        }
        worker.call_log.write(entry("ringing", sid, company=company, **asked))
    await worker.call_log.flush()

    async def sids(company: str | None, caller: str, limit: int = 50) -> list[str]:
        found = await worker.call_log.calls(CallFilter(company, caller=caller), limit=limit)
        return [call.call_sid for call in found]

    assert await sids("acme", "+15551234567") == ["CA1", "CA0"]
    assert await sids("acme", "+15551234567", limit=1) == ["CA1"]
    assert await sids("acme", "+12393334444") == ["CA5"]
    assert await sids(None, "+12393334444") == ["CA5", "CA6"]
    assert await sids("other", "+15551234567") == []


async def test_a_status_ends_the_call(worker: Worker) -> None:
    worker.call_log.write(ringing())
    worker.call_log.write(entry("status", seconds=5, status="in-progress"))
    assert (await logged(worker)).status == "in-progress"

    worker.call_log.write(entry("status", seconds=60, status="completed"))

    call = await logged(worker)
    assert (call.status, call.ended_at) == ("completed", NOON + timedelta(seconds=60))


async def test_a_status_that_comes_late_does_not_open_an_ended_call_again(worker: Worker) -> None:
    worker.call_log.write(entry("status", seconds=60, status="completed"))
    worker.call_log.write(entry("status", seconds=5, status="in-progress"))
    worker.call_log.write(ringing())

    call = await logged(worker)

    assert (call.status, call.ended_at) == ("completed", NOON + timedelta(seconds=60))
    assert (call.started_at, call.caller) == (NOON, "+15551234567")


async def test_turns_are_the_committed_steps_in_order(worker: Worker, other: Worker) -> None:
    worker.call_log.write(ringing())
    await worker.call_states.commit(step("1:heard", seconds=2, event={"text": "hello"}))
    await other.call_states.commit(step("2:heard", seconds=1, event={"text": "goodbye"}))

    call = await logged(worker)

    assert [(turn.key, turn.turn) for turn in call.turns] == [("1:heard", 1), ("2:heard", 2)]
    assert [turn.event["text"] for turn in call.turns] == ["hello", "goodbye"]
    assert call.turns[0].answered == step().answered
    assert call.turns[0].at == NOON + timedelta(seconds=2)


async def test_timings_stand_with_the_turn_they_belong_to(worker: Worker) -> None:
    await worker.call_states.commit(step("1:heard"))
    worker.call_log.write(entry("timing", key="1:heard", stages={"parse": 1_200, "decide": 900}))
    worker.call_log.write(entry("timing", seconds=1, key="1:heard", stages={"send": 5_000}))
    worker.call_log.write(entry("timing", key="0:ringing", stages={"parse": 7}))

    call = await logged(worker)

    assert call.turns[0].latency == {"parse": 1_200, "decide": 900, "send": 5_000}
    assert [left.data["key"] for left in call.entries] == ["0:ringing"]


async def test_entries_come_in_the_order_of_their_times(worker: Worker) -> None:
    worker.call_log.write(entry("partial", seconds=2, text="do you fix"))
    worker.call_log.write(entry("partial", seconds=1, text="do you"))
    worker.call_log.write(ringing())

    call = await logged(worker)

    assert [one.at for one in call.entries] == [NOON + timedelta(seconds=n) for n in range(3)]
    assert call.entries[0] == ringing()


async def test_a_call_whose_ringing_entry_was_lost_shows_from_its_steps(worker: Worker) -> None:
    await worker.call_states.commit(step("1:heard", seconds=3))

    (listed,) = await worker.call_log.calls()

    assert (listed.call_sid, listed.company) == (SID, "acme")
    assert listed.started_at == NOON + timedelta(seconds=3)
    assert len((await logged(worker)).turns) == 1


async def test_a_call_starts_when_it_rang_even_if_the_log_comes_after_the_first_step(
    worker: Worker,
) -> None:
    await worker.call_states.commit(step("1:heard", seconds=3))
    worker.call_log.write(ringing())

    assert (await logged(worker)).started_at == NOON


async def test_the_outcome_is_the_latest_word(worker: Worker) -> None:
    worker.call_log.write(ringing())
    await worker.call_log.flush()
    await worker.call_states.commit(step("1:heard", answered={"outcome": "answered"}))
    assert (await logged(worker)).outcome == "answered"
    await worker.call_states.commit(step("2:heard", answered={"outcome": "transferred"}))
    await worker.call_states.commit(step("3:heard", answered={"said": ["Goodbye."]}))
    assert (await logged(worker)).outcome == "transferred"

    worker.call_log.write(entry("status", status="completed", outcome="message"))

    assert (await logged(worker)).outcome == "message"
    assert [call.outcome for call in await worker.call_log.calls()] == ["message"]


async def test_an_entry_that_opens_no_call_can_be_found_all_the_same(worker: Worker) -> None:
    worker.call_log.write(ringing())
    worker.call_log.write(entry("timing", OTHER_SID, key="1:heard"))
    await worker.call_log.flush()

    assert [call.call_sid for call in await worker.call_log.calls()] == [SID]
    alone = await logged(worker, OTHER_SID)
    assert alone.entries[0].data == {"key": "1:heard"}


async def test_another_companys_entry_of_the_same_sid_does_not_hide_the_call(
    worker: Worker,
) -> None:
    worker.call_log.write(entry("timing", company="miller", seconds=-9, key="1:heard"))
    worker.call_log.write(ringing())

    assert (await logged(worker)).company == "acme"


@pytest.mark.parametrize("value", [object(), {1, 2}, NOON])
async def test_an_entry_of_odd_values_is_kept_as_text(worker: Worker, value: object) -> None:
    worker.call_log.write(entry("partial", text=value))

    assert (await logged(worker)).entries[0].data["text"]


async def test_an_entry_that_is_no_json_is_given_up_and_holds_up_no_other(worker: Worker) -> None:
    worker.call_log.write(entry("partial", text=2**70))
    worker.call_log.write(ringing())

    call = await logged(worker)

    assert (call.caller, len(call.entries)) == ("+15551234567", 1)


async def test_two_companies_that_name_one_call_are_told_apart(worker: Worker) -> None:
    worker.call_log.write(ringing(seconds=5, company="miller"))
    worker.call_log.write(ringing(company="acme"))
    await worker.call_states.commit(
        step(company="miller", seconds=6, answered={"outcome": "miller's"})
    )

    mine, theirs = await logged(worker), await worker.call_log.call(SID, company="miller")

    assert theirs is not None
    assert (mine.company, mine.outcome, len(mine.turns)) == ("acme", "", 0)
    assert (theirs.company, theirs.outcome, len(theirs.turns)) == ("miller", "miller's", 1)
    assert await worker.call_log.call(SID, company="smith") is None


async def test_a_call_is_told_alike_however_its_news_are_written(
    worker: Worker, other: Worker
) -> None:
    """Written at once or one by one, early or late: the same call, in every store."""
    chance = random.Random(4)  # noqa: S311 - the same sample every time
    for number in range(60):
        sid = f"CA{number}"
        news = [_news(chance, sid) for _ in range(chance.randint(1, 5))]
        expected = None
        for one in sorted(news, key=lambda one: one.kind != "ringing"):
            change = change_of(one)
            expected = changed(expected, change) if change else expected
        for one in news:
            worker.call_log.write(one)
            if chance.random() < 0.3:
                await worker.call_log.flush()
        await worker.call_log.flush()
        listed = {call.call_sid: call for call in await other.call_log.calls(limit=100)}
        assert listed.get(sid) == expected, news


def _news(chance: random.Random, sid: str) -> LogEntry:
    kind = chance.choice(("ringing", "status", "status", "timing"))
    statuses = ("", "ringing") if kind == "ringing" else ("", "in-progress", "completed", "busy")
    data = {
        "caller": chance.choice(("", "+15551234567")),
        "called": chance.choice(("", "+12395551212")),
        "status": chance.choice(statuses),
    }
    if chance.random() < 0.5:
        data["outcome"] = chance.choice(("", "answered", "message"))
    return entry(kind, sid, chance.randint(0, 9), **data)
