"""Questions nobody had an answer to, from a log that is really written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.questions import AskedQuestion, questions
from clientsvia.companies.knowledge import Knowledge
from clientsvia.companies.profile import KnowledgeEntry
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.contracts.samples import NOON, step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company


class Told:
    """A log in which callers asked in vain."""

    def __init__(self, company: Company) -> None:
        memory = CallMemory()
        self.log = MemoryCallLog(memory)
        self._states = MemoryCallStates(memory)
        self._company = company
        self._count = 0

    async def ask(self, *texts: str) -> None:
        """One call each, a second apart."""
        for text in texts:
            self._count += 1
            asked = step(
                "1:heard",
                f"CA{self._count}",
                self._count,
                company=self._company.slug,
                event={"type": "Heard", "text": text},
                answered={"said": ["Sorry."], "source": "unknown", "outcome": "unanswered"},
            )
            await self._states.commit(asked)

    async def questions(
        self, company: Company | None = None, since: float = 0, limit: int = 50
    ) -> Sequence[AskedQuestion]:
        moment = NOON + timedelta(seconds=since)
        return await questions(self.log, company or self._company, moment, limit=limit)


async def test_questions_of_one_meaning_are_one_and_the_newest_comes_first(demo: Company) -> None:
    told = Told(demo)
    await told.ask(
        "Do you mend violins?",
        "What do tubas cost?",
        "Hi, could you repair a violin?",
        "Where do you fly to?",
    )
    fly, violins, tubas = await told.questions()

    assert (fly.text, fly.count) == ("Where do you fly to?", 1)
    assert (tubas.text, tubas.count) == ("What do tubas cost?", 1)
    latest = NOON + timedelta(seconds=3)
    assert violins == AskedQuestion(
        "Hi, could you repair a violin?", 2, latest, "CA3", answered_now=False
    )


async def test_a_question_says_when_an_answer_was_written_since(demo: Company) -> None:
    told = Told(demo)
    await told.ask("do you mend violins")
    entry = KnowledgeEntry(id="violins", question="Do you repair violins?", answer="We do.")
    taught = replace(demo, knowledge=Knowledge([entry]))

    assert [one.answered_now for one in await told.questions()] == [False]
    assert [one.answered_now for one in await told.questions(taught)] == [True]


async def test_hours_and_address_answer_too_once_they_are_set(demo: Company) -> None:
    told = Told(demo)
    await told.ask("where are you located?", "when do you close today?")
    homeless = replace(demo, address="")

    assert [one.answered_now for one in await told.questions()] == [True, True]
    assert [one.answered_now for one in await told.questions(homeless)] == [True, False]


async def test_words_that_mean_nothing_are_told_apart_by_themselves(demo: Company) -> None:
    told = Told(demo)
    await told.ask("what?", "who are you", "What")
    assert [(one.text, one.count) for one in await told.questions()] == [
        ("What", 2),
        ("who are you", 1),
    ]


async def test_only_the_newest_questions_since_then_are_told(demo: Company) -> None:
    told = Told(demo)
    await told.ask("tubas", "violins", "trombones")
    assert [one.text for one in await told.questions(limit=2)] == ["trombones", "violins"]
    assert [one.text for one in await told.questions(since=3)] == ["trombones"]


async def test_the_list_goes_on_after_the_last_that_was_shown(demo: Company) -> None:
    told = Told(demo)
    await told.ask("tubas", "violins", "trombones", "violins")
    first = await told.questions(limit=2)
    rest = await questions(told.log, demo, NOON, before=first[-1].last_at)
    assert [[one.text for one in part] for part in (first, rest)] == [
        ["violins", "trombones"],
        ["tubas"],
    ]
