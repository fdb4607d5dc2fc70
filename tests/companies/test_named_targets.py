"""Questions about the hours of one department or person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.companies.asked_hours import Asked, what_is_asked
from clientsvia.companies.named_targets import about_a_target
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.questions import answer_hours
from clientsvia.companies.snapshot import compile_company

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in New York
TARGETS: list[dict[str, Any]] = [
    {
        "id": "billing",
        "name": "billing",
        "number": "+12395550120",
        "keywords": ["invoices"],
        "hours": {"weekly": {"monday": ["10:00-12:00"], "tuesday": ["13:00-15:00"]}},
    },
    {
        "id": "maria",
        "name": "Maria",
        "number": "+12395550121",
        "hours": {"weekly": {"thursday": ["09:00-17:00"], "friday": ["09:00-17:00"]}},
    },
    {"id": "desk", "name": "the front desk", "number": "+12395550122", "keywords": ["emergency"]},
]


@pytest.fixture(scope="module")
def shop() -> Company:
    profile = CompanyProfile.model_validate(
        {
            "slug": "shop",
            "name": "Shop",
            "time_zone": "America/New_York",
            "hours": {
                "weekly": {"monday": ["08:00-17:00"], "tuesday": ["08:00-17:00"]},
                "holidays": {"country": "US"},
            },
            "targets": TARGETS,
        }
    )
    return compile_company(StoredProfile(profile, 1), TUESDAY)


def said(text: str, company: Company) -> str:
    return " ".join(answer_hours(text, company, TUESDAY) or ())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "Is billing open on Monday?",
            "Yes, billing is available on Monday from 10 AM to noon.",
        ),
        (
            "is the billing department open right now",
            "No, billing is not available right now. Billing is available again at 1 PM today.",
        ),
        (
            "when is Maria in?",
            "Maria is available on Thursday and Friday from 9 AM to 5 PM.",
        ),
        (
            "Is Maria in on Thursday?",
            "No, Maria is not available on Thursday for Thanksgiving Day. Maria is available again",
        ),
        ("does Maria work on Fridays", "Yes, Maria is available on Fridays from 9 AM to 5 PM."),
        ("what are billing's hours today", "Billing is available today from 1 to 3 PM."),
        ("when does billing close today", "Billing is available until 3 PM today."),
        ("when can I reach Maria?", "Maria is available on Thursday and Friday from 9 AM to 5 PM."),
        ("when will Maria be back", "Maria is available at 9 AM on Friday."),
        ("do you know if Maria is there tomorrow", "No, Maria is not available tomorrow."),
    ],
)
def test_a_target_with_hours_of_its_own_is_told_of_by_them(
    shop: Company, text: str, answer: str
) -> None:
    assert said(text, shop).startswith(answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("is the front desk open on Monday?", "Yes, we're open on Monday from 8 AM to 5 PM."),
        ("are you open Sunday for an emergency?", "No, we're closed on Sunday."),
        ("are you open on Monday? I have questions about billing", "Yes, we're open on Monday"),
    ],
)
def test_else_the_company_is(shop: Company, text: str, answer: str) -> None:
    assert said(text, shop).startswith(answer)


@pytest.mark.parametrize(
    "text", ["put me through to billing", "does Maria know about pipes", "billing", "is Maria nice"]
)
def test_what_asks_no_hours_is_left_alone(shop: Company, text: str) -> None:
    assert said(text, shop) == ""


def test_the_longest_name_is_meant(shop: Company) -> None:
    found = about_a_target("is the front desk open", shop)
    assert found is not None
    assert (found[0].id, what_is_asked(found[1])) == ("desk", Asked.OPEN)
    assert about_a_target("is anybody there", shop) is None
