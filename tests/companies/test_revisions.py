from __future__ import annotations

from clientsvia.companies.files import as_data
from clientsvia.companies.revisions import NAMED, revision_of
from tests.contracts.samples import ACCOUNT, NOON, company

KEYED = company(twilio={"account_sid": ACCOUNT, "auth_tokens": ["t"]}, ai={"api_key": "sk-one"})


def test_a_new_company_has_no_fields_that_changed() -> None:
    made = revision_of(None, KEYED, 7, NOON, "jo")

    assert (made.revision, made.company, made.at, made.by) == (7, "acme", NOON, "jo")
    assert (made.fields, made.secrets) == ((), ())
    assert made.profile == as_data(KEYED)


def test_a_change_names_its_fields_and_its_secrets() -> None:
    made = revision_of(KEYED, company(name="New"), 8, NOON, "jo")

    assert made.fields == ("name", "twilio", "twilio.auth_tokens", "ai.api_key")
    assert made.secrets == ("twilio.auth_tokens", "ai.api_key")


def test_a_large_import_names_only_its_first_fields_and_all_its_secrets() -> None:
    entries = [{"question": f"Question {n}?", "answer": "Yes."} for n in range(NAMED + 50)]
    before = company(knowledge=entries)
    after = company(
        knowledge=[one | {"answer": "No."} for one in entries], ai={"api_key": "sk-one"}
    )

    made = revision_of(before, after, 9, NOON, "jo")

    assert len(made.fields) == NAMED
    assert made.fields[0] == "knowledge.question-0.answer"
    assert made.secrets == ("ai.api_key",)
    assert len(made.packed) < len(repr(made.profile)) / 5
