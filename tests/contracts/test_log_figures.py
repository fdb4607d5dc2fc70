"""What the call log adds up and lists beside calls, in every store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.calls.log_queries import CallTotals, Span, Timing, Unanswered
from tests.contracts.samples import NOON, entry, ringing, step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.contracts.workers import Worker

IN_VAIN = {"said": ["I don't know."], "source": "unknown", "outcome": "unanswered"}


def span(since: float = 0, until: float = 3600) -> Span:
    return Span(NOON + timedelta(seconds=since), NOON + timedelta(seconds=until))


async def test_the_calls_of_companies_are_counted_span_by_span(worker: Worker) -> None:
    for sid, company, began in (
        ("CA1", "acme", 0),
        ("CA2", "acme", 50),
        ("CA3", "acme", 100),
        ("CA4", "miller", 50),
    ):
        worker.call_log.write(ringing(sid, began, company))
    worker.call_log.write(entry("status", "CA1", 62.4, "acme", status="completed"))
    worker.call_log.write(entry("status", "CA2", 80.4, "acme", status="busy"))
    await worker.call_log.flush()

    spans = [("acme", span(0, 100)), ("miller", span(51)), ("smith", span()), ("acme", span(100))]
    counted = await worker.call_log.totals(spans)

    assert counted == [
        CallTotals(2, 93),  # 62.4 and 30.4
        CallTotals(),
        CallTotals(),
        CallTotals(1),
    ]
    assert await worker.call_log.totals([]) == []


async def timed(worker: Worker, asked: Span, company: str | None = None) -> list[Timing]:
    return [one async for chunk in worker.call_log.timings(asked, company) for one in chunk]


async def test_timings_of_a_span_come_in_the_order_of_time(worker: Worker, other: Worker) -> None:
    stages: Mapping[str, int] = {"parse": 1_000, "answer": 2_000}
    worker.call_log.write(entry("timing", "CA1", 20, key="1:heard", stages=stages))
    worker.call_log.write(entry("ringing", "CA2", 10, "miller", stages={"decide": 5}))
    worker.call_log.write(entry("status", "CA2", 11, "miller", status="completed"))
    worker.call_log.write(entry("timing", "CA1", 60, key="2:heard", stages=stages))
    await worker.call_log.flush()
    rung = Timing("miller", NOON + timedelta(seconds=10), {"decide": 5})
    heard = Timing("acme", NOON + timedelta(seconds=20), stages)

    assert await timed(other, span(10, 60)) == [rung, heard]
    assert await timed(other, span(10, 60), "acme") == [heard]
    assert await timed(other, span(21, 60)) == []


async def test_a_call_that_was_not_timed_is_no_trouble(worker: Worker) -> None:
    worker.call_log.write(ringing())
    await worker.call_log.flush()

    assert [one.stages for one in await timed(worker, span())] == [{}]


async def asked(worker: Worker, company: str = "acme", since: float = 0, **more: Any) -> list[str]:
    moment = NOON + timedelta(seconds=since)
    found = await worker.call_log.unanswered(company, moment, **more)
    return [one.text for one in found]


async def test_questions_that_found_no_answer_are_listed_newest_first(worker: Worker) -> None:
    async def ask(sid: str, at: float, text: str, answered: Any = IN_VAIN, **more: Any) -> None:
        event = {"type": "Heard", "text": text}
        fields: dict[str, Any] = {"event": event, "answered": answered, **more}
        await worker.call_states.commit(step("1:heard", sid, at, **fields))

    await ask("CA1", 1, "do you sell garden furniture")
    await ask("CA2", 2, "do you fix pipes", {"said": ["Yes."], "source": "knowledge:pipes"})
    await ask("CA3", 3, "book me in", IN_VAIN | {"source": "model:gpt"})
    await ask("CA4", 4, "do you fit kitchens")
    await ask("CA5", 5, "are you there", company="miller")

    assert await asked(worker) == ["do you fit kitchens", "do you sell garden furniture"]
    assert await asked(worker, limit=1) == ["do you fit kitchens"]
    assert await asked(worker, since=2) == ["do you fit kitchens"]
    assert await asked(worker, "miller") == ["are you there"]
    (newest, *_) = await worker.call_log.unanswered("acme", NOON)
    assert newest == Unanswered("CA4", NOON + timedelta(seconds=4), "do you fit kitchens")


async def test_a_question_is_found_though_it_took_several_steps_to_fail(worker: Worker) -> None:
    heard = {"type": "Heard", "text": "do you fit kitchens"}
    await worker.call_states.commit(step("2:heard", event=heard, answered={"said": ["Hm."]}))
    waiting = step("2:continued", seconds=2, event={"type": "Continued"}, answered=IN_VAIN)
    await worker.call_states.commit(waiting)

    assert await asked(worker) == ["do you fit kitchens"]
