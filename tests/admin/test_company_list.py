from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.company_list import CompanyList, search
from clientsvia.calls.ports import LogEntry
from clientsvia.notices.sightings import Sighting
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.sightings import MemorySightingBook
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company


def several(demo: Company, *names: str) -> Sequence[Company]:
    return [
        replace(demo, slug=name.lower().replace(" ", "-"), name=name, numbers=(f"+1239555010{at}",))
        for at, name in enumerate(names)
    ]


def found(companies: Sequence[Company], text: str) -> list[str]:
    return [one.name for one in search(companies, text)]


def test_companies_are_found_by_words_of_their_name_and_digits_of_their_numbers(
    demo: Company,
) -> None:
    every = several(demo, "Zeta Pools", "Alpha Pools", "Beta Roofs")

    assert found(every, "") == ["Alpha Pools", "Beta Roofs", "Zeta Pools"]
    assert found(every, "pools ALPHA") == ["Alpha Pools"]
    assert found(every, "(239) 555-0102") == ["Beta Roofs"]
    assert found(every, "12") == []


async def test_a_page_goes_on_where_the_one_before_ended(demo: Company) -> None:
    every = search(several(demo, "A", "B", "C"))
    listing = CompanyList(MemoryCallLog(CallMemory()), MemorySightingBook(), signed=True)

    first = await listing.page(every, OPEN, limit=2)
    second = await listing.page(every, OPEN, after=first.next, limit=2)

    assert [row.company.name for row in first.rows] == ["A", "B"]
    assert (first.found, first.next) == (3, "b")
    assert [row.company.name for row in second.rows] == ["C"]
    assert second.next == ""


async def test_each_has_its_calls_of_today_and_the_badge_that_matters_most(demo: Company) -> None:
    log, book = MemoryCallLog(CallMemory()), MemorySightingBook()
    (called, never) = several(demo, "A", "B")
    begun = {"caller": "+12025550142", "called": called.numbers[0], "status": "ringing"}
    log.write(LogEntry("CA1", "a", "ringing", OPEN, begun))
    await log.flush()
    other = "+12395550199"
    called = replace(called, numbers=(*called.numbers, other))
    await book.add([Sighting("a", called.numbers[0], good_at=OPEN)])
    await book.add([Sighting("a", other, refused_at=OPEN - timedelta(1), reason="no signature")])

    page = await CompanyList(log, book, signed=True).page([called, never], OPEN)

    assert [row.today.calls for row in page.rows] == [1, 0]
    assert [row.badge.standing if row.badge else None for row in page.rows] == [
        "signature failing",
        "never called",
    ]
