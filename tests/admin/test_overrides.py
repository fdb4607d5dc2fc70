"""Closing and opening by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clientsvia.admin.overrides import Wish, override, wished
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput, InvalidProfile
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.conftest import OPEN

DEMO = demo_profile()


def test_a_time_without_a_date_is_the_next_on_the_companys_clock() -> None:
    after = wished(DEMO, Wish("closed", "14:00", "power cut"), OPEN).hours.override

    assert after is not None
    assert after.until == datetime(2026, 11, 18, 19, tzinfo=UTC)


def test_a_label_too_long_is_refused_by_its_field() -> None:
    with pytest.raises(InvalidProfile, match=r"label: .* shorten it"):
        wished(DEMO, Wish("open", label="x" * 101), OPEN)


async def test_what_is_set_by_hand_is_taken_away_again() -> None:
    companies = MemoryCompanies()
    await companies.save([DEMO])

    closed = await override(companies, "demo", Wish("closed"), OPEN, by="ann@acme.example")
    assert closed.profile.hours.override is not None
    again = await override(companies, "demo", Wish(None), OPEN, by="ann@acme.example")
    assert again.profile.hours == DEMO.hours


async def test_a_company_that_is_no_more_is_told_as_such() -> None:
    with pytest.raises(InvalidInput, match="removed meanwhile"):
        await override(MemoryCompanies(), "demo", Wish("open"), OPEN, by="ann@acme.example")
