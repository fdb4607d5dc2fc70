from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis import Check, Trouble
from clientsvia.companies.company import TwilioAccount
from tests.admin.diagnosis.setups import ACCOUNT, production

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_what_needs_no_remedy_is_well() -> None:
    assert Check(Trouble.AI, "x", "answers").well
    assert not Check(Trouble.AI, "x", "fails", "mend it").well


def test_an_account_counts_where_its_tokens_are_known(demo: Company) -> None:
    own = TwilioAccount("AC" + "b" * 32, ("t",))
    assert production().accounts(replace(demo, twilio=own)) == (own, ACCOUNT)
    assert production().accounts(replace(demo, twilio=replace(own, tokens=()))) == (ACCOUNT,)
    assert production(platform=None).accounts(demo) == ()
