"""Which calls a filter finds, in every store."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls.log_queries import CallFilter, Place
from tests.contracts.samples import NOON, entry, ringing, step

if TYPE_CHECKING:
    from tests.contracts.workers import Worker


def at(seconds: float) -> Any:
    return NOON + timedelta(seconds=seconds)


async def found(worker: Worker, **wanted: Any) -> list[str]:
    listed = await worker.call_log.calls(CallFilter(**wanted))
    return [call.call_sid for call in listed]


async def said(worker: Worker, sid: str, heard: str, *answer: str, company: str = "acme") -> None:
    event = {"type": "Heard", "text": heard}
    answered = {"said": list(answer)}
    fields: dict[str, Any] = {"company": company, "event": event, "answered": answered}
    await worker.call_states.commit(step("1:heard", sid, **fields))


async def test_calls_are_found_by_the_words_of_a_turn(worker: Worker, other: Worker) -> None:
    await said(worker, "CA1", "My kitchen tap is leaking", "I'm sorry to hear that.")
    await said(worker, "CA2", "Do you sell garden furniture?", "We mend taps.")

    assert await found(other, text="kitchen") == ["CA1"]
    assert await found(other, text="TAP, leak") == ["CA1"]
    assert await found(other, text="tap") == ["CA1", "CA2"]
    assert await found(other, text="kitchen furniture") == []
    assert await found(other, text="itchen") == []
    assert await found(other, text="sorry kitchen", company="acme") == ["CA1"]
    assert await found(other, text="kitchen", company="miller") == []


async def test_words_of_several_turns_are_not_taken_together(worker: Worker) -> None:
    for turn, heard in enumerate(("a leak", "in the kitchen"), 1):
        event = {"type": "Heard", "text": heard}
        await worker.call_states.commit(step(f"{turn}:heard", "CA1", event=event, answered={}))

    assert await found(worker, text="leak") == await found(worker, text="kitchen") == ["CA1"]
    assert await found(worker, text="leak kitchen") == []


async def test_what_is_said_after_a_search_is_found_by_the_next(worker: Worker) -> None:
    await said(worker, "CA1", "a leak")
    assert await found(worker, text="pipe") == []
    await said(worker, "CA2", "a pipe")

    assert await found(worker, text="pipe") == ["CA2"]


@pytest.mark.parametrize(
    ("heard", "asked"),
    [
        ("Ich heiße Müller", "muller"),
        ("Call Muller", "MÜLLER"),
        ("it is number 42", "42"),
        ("Ёлки ещё", "ЕЩЁ"),
        ("수도 배관", "배관"),
    ],
)
async def test_case_and_accents_make_no_difference(worker: Worker, heard: str, asked: str) -> None:
    await said(worker, "CA1", heard)

    assert await found(worker, text=asked) == ["CA1"]


@pytest.mark.parametrize(
    "asked",
    ['"', "'); DROP TABLE steps; --", "a OR b", "NEAR(a b)", "words:a", "*", "-", 'ta"p', "^tap"],
)
async def test_whatever_is_searched_for_is_words_alone(worker: Worker, asked: str) -> None:
    await said(worker, "CA1", "a tap")

    everything = not any(character.isalnum() for character in asked)
    expected = ["CA1"] if everything or asked == "^tap" else []
    assert await found(worker, text=asked) == expected
    assert await found(worker, text=asked, company="acme") == expected


async def test_a_company_does_not_find_what_others_heard(worker: Worker) -> None:
    for company in ("gulf", "gulf-breeze"):
        await said(worker, "CA-" + company, "a tap", company=company)
    await said(worker, "CA-gulf", "a pipe", company="gulf-breeze")

    assert await found(worker, text="tap", company="gulf") == ["CA-gulf"]
    assert await found(worker, text="tap", company="gulf-breeze") == ["CA-gulf-breeze"]
    assert await found(worker, text="pipe", company="gulf") == []


async def test_calls_are_found_by_outcome_and_by_when_they_began(worker: Worker) -> None:
    for number in range(4):
        worker.call_log.write(ringing(f"CA{number}", seconds=number))
    worker.call_log.write(entry("status", "CA2", seconds=9, status="completed", outcome="message"))
    await worker.call_log.flush()

    assert await found(worker, outcome="message") == ["CA2"]
    assert await found(worker, since=at(1)) == ["CA3", "CA2", "CA1"]
    assert await found(worker, since=at(1), until=at(3)) == ["CA2", "CA1"]
    assert await found(worker, since=at(1), until=at(3), outcome="answered") == []


async def test_a_call_is_live_until_it_ends_or_nothing_is_heard_of_it(worker: Worker) -> None:
    for sid in ("CA1", "CA2", "CA3", "CA4"):
        worker.call_log.write(ringing(sid))
    await worker.call_states.commit(step("1:heard", "CA2", seconds=700))
    worker.call_log.write(entry("status", "CA3", seconds=20, status="completed"))
    worker.call_log.write(entry("status", "CA4", seconds=20, status="in-progress"))
    await worker.call_log.flush()

    assert await found(worker, live=NOON) == ["CA1", "CA2", "CA4"]
    assert await found(worker, live=at(600)) == ["CA2"]
    assert await found(worker, live=at(701)) == []
    assert await found(worker, live=NOON, company="miller") == []


async def test_no_call_is_live_for_longer_than_twilio_lets_it_be(worker: Worker) -> None:
    worker.call_log.write(ringing("CA1"))
    hours = timedelta(hours=5)
    await worker.call_states.commit(step("9:heard", "CA1", seconds=hours.total_seconds()))
    await worker.call_log.flush()

    assert await found(worker, live=NOON + hours) == []


async def test_calls_with_a_recording_are_told_from_those_without(worker: Worker) -> None:
    recordings = {"CA1": "https://api.twilio.com/r/RE1", "CA2": ""}
    for sid, url in recordings.items():
        event = {"type": "MessageRecorded", "url": url, "seconds": 4}
        await worker.call_states.commit(step("2:recorded", sid, event=event))
    await worker.call_states.commit(step("1:heard", "CA3"))

    assert await found(worker, recorded=True) == ["CA1"]
    assert await found(worker, recorded=False) == ["CA2", "CA3"]
    assert await found(worker, recorded=True, company="miller") == []


async def test_a_list_goes_on_where_the_page_before_ended(worker: Worker) -> None:
    for number in range(7):
        # Pairs that began at once; the last two calls share their sid as well.
        sid, company = ("CA5", "other") if number == 6 else (f"CA{number}", "acme")
        worker.call_log.write(ringing(sid, seconds=min(number, 5) // 2, company=company))
    await worker.call_log.flush()

    pages, before = [], None
    while page := await worker.call_log.calls(before=before, limit=2):
        pages.append([(call.call_sid, call.company) for call in page])
        before = Place.read(str(page[-1].place))

    assert pages == [
        [("CA4", "acme"), ("CA5", "acme")],
        [("CA5", "other"), ("CA2", "acme")],
        [("CA3", "acme"), ("CA0", "acme")],
        [("CA1", "acme")],
    ]


async def test_filters_find_the_same_calls_in_every_store(worker: Worker) -> None:
    """What a filter wants is one rule for memory and conditions in SQL: they must agree."""
    chance = random.Random(5)  # noqa: S311 - the same sample every time
    for number in range(40):
        sid, company = f"CA{number}", chance.choice(("acme", "miller"))
        began = chance.randint(0, 20)
        worker.call_log.write(ringing(sid, seconds=began, company=company))
        if chance.random() < 0.5:
            status = chance.choice(("completed", "in-progress"))
            outcome = chance.choice(("answered", "message", ""))
            told = entry("status", sid, began + 9, company, status=status, outcome=outcome)
            worker.call_log.write(told)
        words = " ".join(chance.choices(("tap", "leak", "pipe", "kitchen"), k=2))
        await said(worker, sid, words, company=company)
    await worker.call_log.flush()
    listed = await worker.call_log.calls(limit=100)
    everything = [
        whole
        for call in listed
        if (whole := await worker.call_log.call(call.call_sid, company=call.company))
    ]
    for _ in range(30):
        whose = chance.choice((None, "acme"))
        outcome = chance.choice(("", "message"))
        since = chance.choice((None, at(chance.randint(0, 20))))
        word = chance.choice(("", "tap", "leak"))
        wanted = CallFilter(whose, outcome=outcome, since=since, text=word)
        expected = [
            call.call_sid
            for call in everything
            if whose in {None, call.company}
            and outcome in {"", call.outcome}
            and (since is None or call.started_at >= since)
            and word in str(call.turns[0].event["text"])
        ]
        listed = await worker.call_log.calls(wanted, limit=100)
        assert [call.call_sid for call in listed] == expected, wanted
