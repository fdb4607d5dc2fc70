from __future__ import annotations

import asyncio

import pytest

from clientsvia.admin.creating import Creation, NewCompany
from clientsvia.errors import InvalidProfile
from clientsvia.stores.memory.companies import MemoryCompanies

GULF = NewCompany("Gulf Breeze", "America/Chicago", number="239-555-0199")


async def test_companies_of_one_name_get_slugs_of_their_own() -> None:
    companies = MemoryCompanies()
    creation = Creation(companies, checked=True)

    made = await asyncio.gather(
        *(creation.create(NewCompany("Gulf Breeze", "UTC"), by="me") for _ in range(3)),
        creation.create(NewCompany("New", "UTC"), by="me"),
        creation.create(NewCompany("日本", "UTC"), by="me"),
    )

    assert sorted(one.profile.slug for one in made) == [
        "company",
        "gulf-breeze",
        "gulf-breeze-2",
        "gulf-breeze-3",
        "new-2",
    ]


async def test_a_company_is_set_up_first_where_that_is_checked() -> None:
    made = await Creation(MemoryCompanies(), checked=True).create(GULF, by="me")
    assert made.profile.account.state == "setup"
    assert [entry.number for entry in made.profile.numbers] == ["+12395550199"]
    made = await Creation(MemoryCompanies(), checked=False).create(GULF, by="me")
    assert made.profile.account.state == "active"


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (NewCompany("", "Mars/Olympus"), ["name", "time_zone"]),
        (NewCompany("A", "UTC", number="12"), ["numbers[1].number"]),
        (NewCompany("A", "UTC", account_sid="AC1"), ["twilio.account_sid"]),
        (NewCompany("A", "UTC", account_sid="AC" + "a" * 32), ["twilio.auth_tokens"]),
        (NewCompany("A", "UTC", number=GULF.number), ["numbers.number"]),
    ],
)
async def test_what_is_wrong_is_told_by_its_field(new: NewCompany, fields: list[str]) -> None:
    companies = MemoryCompanies()
    creation = Creation(companies, checked=True)
    await creation.create(GULF, by="me")

    with pytest.raises(InvalidProfile) as refused:
        await creation.create(new, by="me")

    assert [one.field for one in refused.value.problems] == fields
    assert "gulf-breeze" not in str(refused.value)
    assert await companies.get("a") is None
