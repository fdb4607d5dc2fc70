from __future__ import annotations

from typing import Any

import pytest

from clientsvia.admin.history import SECRET, changes_by_putting_back, changes_of, put_back
from clientsvia.companies.changes import Change
from clientsvia.companies.fields import STORED
from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import ChangedMeanwhile, InvalidInput
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.contracts.samples import ACCOUNT, OTHER_ACCOUNT, company

ONE, TWO = "+12395551212", "+12395551213"
OFFICE = {"id": "office", "name": "Office", "number": "+12395551299"}
SERVER = "https://models.example/v1"


async def saved(*states: dict[str, Any]) -> tuple[MemoryCompanies, list[int]]:
    """A company that was in these states, one after the other."""
    companies = MemoryCompanies()
    numbers = []
    for state in states:
        (stored,) = await companies.save([company("acme", **state)], by="jo")
        numbers.append(stored.revision)
    return companies, numbers


async def test_a_change_is_told_field_by_field_with_secrets_hidden() -> None:
    companies, (first, second) = await saved(
        {"ai": {"api_key": "sk-one"}},
        {"name": "New", "ai": {"api_key": "sk-two"}, "agent": {"name": "Mia"}},
    )

    edit = await changes_of(companies, "acme", second)

    assert (edit.revision.revision, edit.before) == (second, first)
    assert edit.changes == (
        Change("name", "Acme", "New"),
        Change("agent", None, {"name": "Mia"}),
        Change("ai.api_key", SECRET, SECRET),
    )


async def test_the_oldest_revision_tells_all_that_it_says() -> None:
    companies, (first,) = await saved({"address": "12 Main Street"})

    edit = await changes_of(companies, "acme", first)

    assert edit.before is None
    assert Change("address", None, "12 Main Street") in edit.changes


async def test_a_revision_of_another_company_is_none_of_this_one() -> None:
    companies, (first,) = await saved({})
    (other,) = await companies.save([company("miller")])

    for slug, revision in (("acme", other.revision), ("miller", first), ("nobody", first)):
        with pytest.raises(InvalidInput, match="has no revision"):
            await changes_of(companies, slug, revision)
        with pytest.raises(InvalidInput, match="has no revision"):
            await put_back(companies, slug, revision, expected=other.revision, by="jo")


async def test_what_was_there_is_put_back_as_a_change_that_says_who_did_it() -> None:
    companies, (first, second) = await saved({"name": "Old"}, {"name": "New", "address": "Here"})
    assert await changes_by_putting_back(companies, "acme", first) == (
        Change("name", "New", "Old"),
        Change("address", "Here", None),
    )

    back = await put_back(companies, "acme", first, expected=second, by="ann")

    assert (back.profile.name, back.profile.address) == ("Old", "")
    newest = (await companies.revisions("acme"))[0]
    assert newest.by == f"ann (put back revision {first})"
    assert await changes_by_putting_back(companies, "acme", first) == ()
    again = await put_back(companies, "acme", second, expected=back.revision, by="ann")
    assert again.profile.name == "New"


async def test_secrets_the_account_and_its_state_stay_as_they_are() -> None:
    old = {"twilio": {"account_sid": ACCOUNT, "auth_tokens": ["a"]}, "ai": {"api_key": "sk-old"}}
    new = {
        "name": "New",
        "twilio": {"account_sid": OTHER_ACCOUNT, "auth_tokens": ["b"]},
        "ai": {"api_key": "sk-new"},
        "account": {"state": "suspended"},
    }
    companies, (first, second) = await saved(old, new)

    back = (await put_back(companies, "acme", first, expected=second, by="jo")).profile

    assert back.name == "Acme"
    assert back.twilio is not None
    assert (back.twilio.account_sid, back.twilio.auth_tokens) == (OTHER_ACCOUNT, ("b",))
    assert (back.ai.api_key, back.account.state) == ("sk-new", "suspended")


async def test_nothing_is_put_back_over_what_somebody_else_has_changed() -> None:
    companies, (first, second, _) = await saved({}, {"name": "New"}, {"name": "Newer"})

    with pytest.raises(ChangedMeanwhile, match="look at it again"):
        await put_back(companies, "acme", first, expected=second, by="jo")

    stored = await companies.get("acme")
    assert stored is not None
    assert stored.profile.name == "Newer"


async def test_a_number_that_went_to_another_company_is_not_taken_back() -> None:
    companies, (first, second) = await saved({"numbers": [ONE]}, {"numbers": [TWO]})
    await companies.save([company("rival", ONE)])

    for work in (
        put_back(companies, "acme", first, expected=second, by="jo"),
        changes_by_putting_back(companies, "acme", first),
    ):
        with pytest.raises(InvalidInput, match="belongs to another company now") as refusal:
            await work
        assert ONE in str(refusal.value)
        assert "rival" not in str(refusal.value)
    assert await companies.owner_of(ONE) == "rival"


async def test_a_key_is_not_taken_to_another_server() -> None:
    companies, (first, second) = await saved(
        {"ai": {"responder": "compatible", "base_url": SERVER, "api_key": "theirs"}},
        {"ai": {"api_key": "sk-openai"}},
    )

    with pytest.raises(InvalidInput, match=r"Set ai\.base_url and ai\.api_key"):
        await put_back(companies, "acme", first, expected=second, by="jo")


async def test_calls_that_are_forwarded_keep_whom_they_ring() -> None:
    companies, (first, second) = await saved(
        {}, {"targets": [OFFICE], "account": {"state": "forwarding", "target": "office"}}
    )

    with pytest.raises(InvalidInput, match="clientsvia company resume acme"):
        await put_back(companies, "acme", first, expected=second, by="jo")


async def test_what_is_refused_of_late_is_not_put_back() -> None:
    premium: dict[str, Any] = {"slug": "acme", "name": "Acme", "time_zone": "America/New_York"}
    premium |= {"targets": [OFFICE | {"number": "+19005551234"}]}
    companies = MemoryCompanies()
    (old,) = await companies.save([CompanyProfile.model_validate(premium, context=STORED)])
    (new,) = await companies.save([company("acme")])

    with pytest.raises(InvalidInput, match=f"revision {old.revision} cannot be put back: targets"):
        await put_back(companies, "acme", old.revision, expected=new.revision, by="jo")
