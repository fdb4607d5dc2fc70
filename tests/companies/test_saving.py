from __future__ import annotations

import pytest

from clientsvia.companies.saving import keep_account, refuse_conflicts
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


def test_a_conflict_names_number_owner_and_remedy() -> None:
    with pytest.raises(InvalidProfile) as refusal:
        refuse_conflicts([company("miller", ONE)], {ONE: "acme"})

    assert str(refusal.value) == (
        f"miller: the number {ONE} belongs to company acme: "
        "take it out of acme first, or out of miller"
    )


def test_numbers_of_nobody_else_are_no_conflict() -> None:
    refuse_conflicts([company("acme", ONE), company("miller")], {"+12395551213": "smith"})
