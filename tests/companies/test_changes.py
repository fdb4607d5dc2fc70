from __future__ import annotations

from clientsvia.companies.changes import Change, changes_between, data_changes, secret_changes
from tests.contracts.samples import ACCOUNT, OTHER_ACCOUNT, company

ONE, TWO = "+12395551212", "+12395551213"


def test_equal_profiles_have_no_changes() -> None:
    assert changes_between(company("acme", ONE), company("acme", ONE)) == ()


def test_entries_of_a_list_are_told_by_id_or_number() -> None:
    pipes = {"id": "pipes", "question": "Do you fix pipes?", "answer": "Yes."}
    before = company("acme", ONE, knowledge=[pipes])
    after = company("acme", ONE, TWO, knowledge=[pipes | {"answer": "No."}])

    assert changes_between(before, after) == (
        Change(f"numbers.{TWO}", None, {"number": TWO}),
        Change("knowledge.pipes.answer", "Yes.", "No."),
    )


def test_another_order_alone_is_no_change_of_a_field() -> None:
    both = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]

    assert data_changes({"list": both}, {"list": both[::-1]}) == ()
    assert data_changes({"list": [1, 2]}, {"list": [2, 1]}) == (Change("list", [1, 2], [2, 1]),)


def test_secrets_are_told_without_their_values() -> None:
    with_secrets = company(
        twilio={"account_sid": ACCOUNT, "auth_tokens": ["one"]}, ai={"api_key": "sk-one"}
    )
    others = company(
        twilio={"account_sid": OTHER_ACCOUNT, "auth_tokens": ["two"]},
        ai={"api_key": "sk-two"},
        voice={"api_key": "el-two"},
    )

    assert list(secret_changes(with_secrets, others)) == [
        Change("twilio.auth_tokens", "stored tokens", "other tokens"),
        Change("ai.api_key", "stored key", "other key"),
        Change("voice.api_key", None, "other key"),
    ]
    assert list(secret_changes(with_secrets, company())) == [
        Change("twilio.auth_tokens", "stored tokens", None),
        Change("ai.api_key", "stored key", None),
    ]
    assert list(secret_changes(with_secrets, with_secrets)) == []
