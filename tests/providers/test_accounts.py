from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import KeyRefused
from clientsvia.providers.accounts import (
    ELEVENLABS_URL,
    OPENAI_URL,
    compatible_account,
    elevenlabs_account,
    elevenlabs_platform,
    openai_account,
    openai_platform,
)
from tests.providers.models import with_ai

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

PLATFORM = openai_platform("sk-platform")
OWN_SERVER = "https://models.example/v1"


def test_a_company_without_a_key_is_served_with_the_platforms(demo: Company) -> None:
    account = openai_account(demo, PLATFORM)
    assert (account.base_url, account.api_key) == (OPENAI_URL, "sk-platform")
    assert account.key_place == "OPENAI_API_KEY"


def test_a_companys_own_key_goes_before_the_platforms(demo: Company) -> None:
    account = openai_account(with_ai(demo, api_key="sk-own"), PLATFORM)
    assert (account.base_url, account.api_key) == (OPENAI_URL, "sk-own")
    assert "profile of demo" in account.key_place


def test_the_platforms_key_never_goes_to_an_address_of_a_companys(demo: Company) -> None:
    account = compatible_account(with_ai(demo, base_url=OWN_SERVER), PLATFORM)
    assert (account.base_url, account.api_key, account.trusted) == (OWN_SERVER, "", False)


def test_the_key_of_a_companys_own_server_never_goes_to_openai(demo: Company) -> None:
    own = with_ai(demo, base_url=OWN_SERVER, api_key="own")
    assert compatible_account(own, PLATFORM).api_key == "own"
    assert openai_account(own, PLATFORM).api_key == "sk-platform"


def test_a_compatible_server_is_the_operators_where_the_company_names_none(demo: Company) -> None:
    platform = openai_platform("k", "http://127.0.0.1:8100/v1/")
    account = compatible_account(demo, platform)
    assert (account.base_url, account.trusted) == ("http://127.0.0.1:8100/v1", True)


def test_without_any_key_it_says_where_to_set_one(demo: Company) -> None:
    with pytest.raises(KeyRefused, match=r"set OPENAI_API_KEY, or ai\.api_key"):
        openai_account(demo, openai_platform(""))


def test_a_voice_is_paid_by_the_company_that_has_a_key_else_by_the_platform(
    demo: Company,
) -> None:
    platform = elevenlabs_platform(" xi-platform\n")
    own = replace(demo, voice=replace(demo.voice, api_key="xi-own"))
    assert elevenlabs_account(demo, platform).api_key == "xi-platform"
    assert elevenlabs_account(own, platform).api_key == "xi-own"
    assert elevenlabs_account(own, platform).base_url == ELEVENLABS_URL


def test_no_key_is_shown_by_an_account() -> None:
    assert "sk-platform" not in repr(PLATFORM)


def test_an_account_is_known_by_its_host() -> None:
    assert openai_platform("", "http://127.0.0.1:8100/v1").host == "127.0.0.1:8100"
    assert PLATFORM.host == "api.openai.com"
