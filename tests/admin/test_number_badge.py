from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.number_badge import Badge, Standing, ago, badges
from clientsvia.notices.sightings import Sighting
from clientsvia.stores.memory.sightings import MemorySightingBook
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

NUMBER = "+12395551212"
EARLIER = OPEN - timedelta(minutes=2)


async def badge(company: Company, *seen: Sighting, signed: bool = True) -> Badge:
    book = MemorySightingBook()
    await book.add(seen)
    return (await badges(book, company, OPEN, signed=signed))[NUMBER]


async def test_a_number_nobody_has_called_says_how_to_try_it(demo: Company) -> None:
    found = await badge(demo)
    assert (found.standing, found.text) == (Standing.NEVER, "never called")
    assert found.remedy


async def test_a_signed_call_verifies_it(demo: Company) -> None:
    found = await badge(demo, Sighting("demo", NUMBER, good_at=EARLIER))
    assert (found.text, found.at, found.remedy) == ("verified 2 min ago", EARLIER, "")


async def test_an_unsigned_call_verifies_nothing(demo: Company) -> None:
    found = await badge(demo, Sighting("demo", NUMBER, good_at=EARLIER), signed=False)
    assert found.text == "called 2 min ago"


async def test_a_refusal_since_the_last_good_one_fails_it_with_its_reason(demo: Company) -> None:
    refused = Sighting("demo", NUMBER, EARLIER, OPEN, "no signature")
    found = await badge(demo, refused)
    assert (found.standing, found.found) == (Standing.FAILING, "no signature")
    assert found.text == "signature failing (just now)"
    mended = replace(refused, good_at=OPEN, refused_at=EARLIER)
    assert (await badge(demo, mended)).standing is Standing.GOOD


async def test_another_companys_sightings_are_not_told(demo: Company) -> None:
    other = Sighting("acme", NUMBER, good_at=EARLIER)
    assert (await badge(demo, other)).standing is Standing.NEVER


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "just now"),
        (59, "just now"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 hour ago"),
        (7200, "2 hours ago"),
        (86_400, "1 day ago"),
        (200_000, "2 days ago"),
    ],
)
def test_spans_are_told_as_people_do(seconds: int, text: str) -> None:
    assert ago(timedelta(seconds=seconds)) == text
