from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.diagnosis.companies import check_companies, find_called
from clientsvia.companies.routing import Account, AccountState
from tests.admin.diagnosis.setups import amiss, production
from tests.conftest import SUSPENDED

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

OFF = "+12395551313"


def test_a_company_with_a_number_and_an_account_is_well(demo: Company) -> None:
    assert amiss(check_companies(production(demo))) == []


def test_no_company_at_all_is_told() -> None:
    assert amiss(check_companies(production())) == ["there is none"]


def test_a_suspended_company_is_told(demo: Company) -> None:
    assert amiss(check_companies(production(replace(demo, account=SUSPENDED)))) == [
        "the company is suspended"
    ]


def test_a_company_that_is_being_set_up_is_told(demo: Company) -> None:
    company = replace(demo, account=Account(AccountState.SETUP, None, ""))
    (check,) = (one for one in check_companies(production(company)) if not one.well)
    assert "it is being set up" in check.found
    assert check.remedy == "clientsvia company live demo"


def test_a_company_that_forwards_its_calls_is_told_but_not_amiss(demo: Company) -> None:
    company = replace(demo, account=Account(AccountState.FORWARDING, "office", ""))
    found = [check.found for check in check_companies(production(company))]
    assert found[0] == ("every call is forwarded to office, until 'clientsvia company resume demo'")
    assert amiss(check_companies(production(company))) == []


def test_a_company_whose_numbers_are_all_switched_off_is_told(demo: Company) -> None:
    silent = replace(demo, numbers=(), inactive_numbers=frozenset({OFF}))
    assert amiss(check_companies(production(silent))) == ["no number is in service"]


def test_without_a_token_all_calls_are_refused_unless_they_need_no_signature(demo: Company) -> None:
    (found,) = amiss(check_companies(production(demo, platform=None)))
    assert "no auth token" in found
    assert amiss(check_companies(production(demo, platform=None, signed=False))) == []


@pytest.mark.parametrize("typed", ["+12395551212", "239-555-1212", "(239) 555 1212"])
def test_a_number_is_found_however_it_is_written(demo: Company, typed: str) -> None:
    check, owner = find_called(production(demo, called=typed))
    assert check.well
    assert owner is demo
    assert ("E.164" in check.found) is (typed != "+12395551212")


def test_a_number_that_is_switched_off_is_told(demo: Company) -> None:
    company = replace(demo, inactive_numbers=frozenset({OFF}))
    check, owner = find_called(production(company, called=OFF))
    assert "switched off" in check.found
    assert owner is company


@pytest.mark.parametrize(
    "typed",
    [
        "+2395551212",  # the 1 of the United States forgotten
        "5551212",  # the area code forgotten
        "+12395551221",  # two digits swapped
        "+12395551211",  # one digit wrong
        "+1239555121",  # one digit forgotten
    ],
)
def test_a_number_nobody_has_names_those_most_like_it(demo: Company, typed: str) -> None:
    check, owner = find_called(production(demo, called=typed))
    assert owner is None
    assert "if you mean +12395551212 of demo" in check.remedy


def test_a_number_like_no_other_is_to_be_added(demo: Company) -> None:
    check, owner = find_called(production(demo, called="020 7946 0018"))
    assert owner is None
    assert "if you mean" not in check.remedy
    check, owner = find_called(production(demo, called="+442079460018"))
    assert "add +442079460018" in check.remedy


def test_what_is_no_number_is_told_how_to_write_one(demo: Company) -> None:
    check, owner = find_called(production(demo, called="[bold]pizza"))
    assert owner is None
    assert "E.164" in check.remedy
