"""A profile becomes the company a call sees."""

from __future__ import annotations

from datetime import UTC, datetime

from clientsvia.companies.company import TwilioAccount
from clientsvia.companies.files import as_data, demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.routing import Availability
from clientsvia.companies.snapshot import compile_company

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_everything_a_call_needs_is_there() -> None:
    company = compile_company(StoredProfile(demo_profile(), 7), NOW)
    assert (company.slug, company.revision, company.numbers) == ("demo", 7, ("+12395551212",))
    assert company.hours.status(NOW).open
    assert company.knowledge.best("how can I pay", company.ai.threshold) is not None
    on_call = company.target("on-call")
    assert on_call is not None
    assert on_call.availability is Availability.ALWAYS
    assert company.twilio is None


def test_keys_of_providers_are_there_and_do_not_show() -> None:
    keys = {"ai": {"api_key": "canary-1"}, "voice": {"api_key": "canary-2"}}
    profile = CompanyProfile.model_validate(as_data(demo_profile()) | keys)
    company = compile_company(StoredProfile(profile, 1), NOW)
    assert (company.ai.api_key, company.voice.api_key) == ("canary-1", "canary-2")
    assert "canary" not in repr(company)
    without = compile_company(StoredProfile(demo_profile(), 1), NOW)
    assert (without.ai.api_key, without.voice.api_key) == ("", "")


def test_numbers_switched_off_and_accounts_are_kept_apart() -> None:
    sid = "AC" + "0" * 32
    data = as_data(demo_profile()) | {
        "numbers": ["+12395551212", {"number": "+12395550100", "active": False}],
        "twilio": {"account_sid": sid, "auth_tokens": ["new", "old"]},
    }
    company = compile_company(StoredProfile(CompanyProfile.model_validate(data), 1), NOW)
    assert company.numbers == ("+12395551212",)
    assert company.inactive_numbers == frozenset({"+12395550100"})
    assert company.twilio == TwilioAccount(sid, ("new", "old"))
