from __future__ import annotations

import pytest

from clientsvia.companies.saving import keep_account, keep_keys, keep_secrets, refuse_conflicts
from clientsvia.errors import InvalidProfile
from tests.contracts.samples import ACCOUNT, OTHER_ACCOUNT, company

ONE = "+12395551212"
STORED = company(twilio={"account_sid": ACCOUNT, "auth_tokens": ["token"]})
WITHOUT = company(twilio={"account_sid": ACCOUNT})


def test_a_new_company_keeps_what_it_brings() -> None:
    assert keep_account(WITHOUT, None) == WITHOUT
    assert keep_account(STORED, company()) == STORED


def test_stored_tokens_stay_with_their_own_account() -> None:
    assert keep_account(WITHOUT, STORED) == STORED
    assert keep_account(company(), STORED) == STORED
    with pytest.raises(InvalidProfile, match=OTHER_ACCOUNT):
        keep_account(company(twilio={"account_sid": OTHER_ACCOUNT}), STORED)


def test_an_account_without_tokens_can_become_another() -> None:
    other = company(twilio={"account_sid": OTHER_ACCOUNT})

    assert keep_account(other, WITHOUT) == other


KEYED = company(ai={"api_key": "sk-one"}, voice={"api_key": "el-one"})


def test_stored_keys_stay_where_a_profile_names_none() -> None:
    assert keep_keys(company(), KEYED) == KEYED
    assert keep_keys(company(), company()) == company()
    assert keep_keys(KEYED, None) == KEYED
    assert keep_keys(company(ai={"api_key": "sk-two"}), KEYED).ai.api_key == "sk-two"


def test_an_empty_key_is_none() -> None:
    assert keep_keys(company(ai={"api_key": ""}), None) == company()
    assert keep_keys(company(ai={"api_key": ""}, voice={"api_key": ""}), KEYED) == company()


def test_a_stored_key_opens_no_server_but_its_own() -> None:
    there = {"base_url": "https://models.example/v1"}
    with pytest.raises(InvalidProfile, match=r"acme: ai\.api_key: is missing, but ai\.base_url"):
        keep_keys(company(ai=there), KEYED)
    assert keep_keys(company(ai={**there, "api_key": ""}), KEYED).ai.api_key is None
    without = company(voice={"api_key": "el-one"})
    assert keep_keys(company(ai=there), without).voice.api_key == "el-one"


def test_account_and_keys_are_kept_together() -> None:
    stored = KEYED.model_copy(update={"twilio": STORED.twilio})
    assert keep_secrets(company(), stored) == stored


def test_a_conflict_names_number_owner_and_remedy() -> None:
    with pytest.raises(InvalidProfile) as refusal:
        refuse_conflicts([company("miller", ONE)], {ONE: "acme"})

    assert str(refusal.value) == (
        f"miller: the number {ONE} belongs to company acme: "
        "take it out of acme first, or out of miller"
    )


def test_numbers_of_nobody_else_are_no_conflict() -> None:
    refuse_conflicts([company("acme", ONE), company("miller")], {"+12395551213": "smith"})
