"""What an import would change, told before it is done."""

from __future__ import annotations

from typing import Any

import pytest

from clientsvia.companies.changes import Change
from clientsvia.companies.files import ProfileFile, as_data, demo_profile
from clientsvia.companies.importing import plan
from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import InvalidProfile
from clientsvia.stores.memory.companies import MemoryCompanies

SID = "AC" + "0" * 32
OTHER_SID = "AC" + "1" * 32


def demo(**fields: Any) -> CompanyProfile:
    return CompanyProfile.model_validate(as_data(demo_profile()) | fields)


def file(profile: CompanyProfile) -> ProfileFile:
    return ProfileFile(f"{profile.slug}.yaml", profile)


async def stored(*profiles: CompanyProfile) -> MemoryCompanies:
    companies = MemoryCompanies()
    await companies.save(profiles)
    return companies


async def test_a_new_company_is_created() -> None:
    (planned,) = await plan(await stored(), [file(demo())], checked=False)
    assert (planned.outcome, planned.changes) == ("created", ())


async def test_the_same_again_changes_nothing() -> None:
    (planned,) = await plan(await stored(demo()), [file(demo())], checked=False)
    assert (planned.outcome, planned.changes) == ("unchanged", ())


async def test_changes_are_told_field_by_field() -> None:
    data = as_data(demo_profile())
    knowledge = [*data["knowledge"][1:], {"id": "new", "question": "New?", "answer": "Yes."}]
    knowledge[0] = knowledge[0] | {"answer": "Everywhere."}
    changed = demo(name="Gulf Wind", knowledge=knowledge, limits=data["limits"] | {"turns": 9})
    (planned,) = await plan(await stored(demo()), [file(changed)], checked=False)
    assert planned.outcome == "changed"
    by_field = {change.field: change for change in planned.changes}
    assert by_field["name"] == Change("name", "Gulf Breeze Plumbing", "Gulf Wind")
    assert by_field["knowledge.service-area.answer"].after == "Everywhere."
    assert by_field["knowledge.services"].after is None
    assert by_field["knowledge.new"].before is None
    assert by_field["limits.turns"] == Change("limits.turns", None, 9)
    assert len(by_field) == 5


async def test_a_number_of_another_company_is_refused() -> None:
    other = demo(slug="other", name="Other")
    with pytest.raises(InvalidProfile, match="belongs to demo"):
        await plan(await stored(demo()), [file(other)], checked=False)


async def test_a_number_may_move_within_one_import() -> None:
    other = demo(slug="other", name="Other")
    planned = await plan(await stored(demo()), [file(demo(numbers=[])), file(other)], checked=False)
    assert [item.outcome for item in planned] == ["changed", "created"]


async def test_an_export_without_tokens_keeps_those_that_are_stored() -> None:
    with_tokens = demo(twilio={"account_sid": SID, "auth_tokens": ["secret"]})
    companies = await stored(with_tokens)
    for again in (demo(twilio={"account_sid": SID}), demo()):
        (planned,) = await plan(companies, [file(again)], checked=False)
        assert (planned.outcome, planned.profile) == ("unchanged", with_tokens)


async def test_new_tokens_are_a_change_that_shows_no_secret() -> None:
    companies = await stored(demo(twilio={"account_sid": SID, "auth_tokens": ["old-secret"]}))
    new = demo(twilio={"account_sid": SID, "auth_tokens": ["new-secret"]})
    (planned,) = await plan(companies, [file(new)], checked=False)
    assert planned.changes == (Change("twilio.auth_tokens", "stored tokens", "other tokens"),)


async def test_keys_are_changes_that_show_no_secret() -> None:
    companies = await stored(demo(ai={"api_key": "old-secret"}))
    new = demo(ai={"api_key": ""}, voice={"api_key": "new-secret"})
    (planned,) = await plan(companies, [file(new)], checked=False)
    assert planned.changes == (
        Change("ai.api_key", "stored key", None),
        Change("voice.api_key", None, "other key"),
    )
    (again,) = await plan(companies, [file(demo())], checked=False)
    assert (again.outcome, again.profile.ai.api_key) == ("unchanged", "old-secret")


async def test_a_key_that_would_go_to_another_server_is_refused() -> None:
    companies = await stored(demo(ai={"api_key": "old-secret"}))
    elsewhere = demo(ai={"base_url": "https://models.example/v1"})
    with pytest.raises(
        InvalidProfile, match=r"demo\.yaml: ai\.api_key: is missing, but"
    ) as refusal:
        await plan(companies, [file(elsewhere)], checked=False)
    assert "old-secret" not in str(refusal.value)


@pytest.mark.parametrize("sid", [SID, OTHER_SID])
async def test_an_account_whose_token_nobody_knows_is_refused(sid: str) -> None:
    before = [demo(twilio={"account_sid": SID, "auth_tokens": ["t"]})] if sid != SID else []
    with pytest.raises(InvalidProfile, match="add the account's auth token"):
        await plan(await stored(*before), [file(demo(twilio={"account_sid": sid}))], checked=False)


async def test_a_new_company_is_set_up_first_where_going_live_is_checked() -> None:
    (planned,) = await plan(await stored(), [file(demo())], checked=True)
    assert planned.profile.account.state == "setup"
    (planned,) = await plan(await stored(), [file(demo())], checked=False)
    assert planned.profile.account.state == "active"


async def test_a_company_that_was_live_before_there_were_states_stays_so() -> None:
    (planned,) = await plan(await stored(demo()), [file(demo(name="Other"))], checked=True)
    assert planned.profile.account.state == "active"


@pytest.mark.parametrize("checked", [True, False])
async def test_a_file_that_does_not_say_how_the_company_stands_changes_nothing_about_it(
    *, checked: bool
) -> None:
    for account in ({"state": "setup"}, {"state": "suspended", "sentence": "We moved."}):
        companies = await stored(demo(account=account))
        (planned,) = await plan(companies, [file(demo())], checked=checked)
        assert planned.outcome == "unchanged"


@pytest.mark.parametrize("state", ["active", "suspended"])
async def test_no_file_leads_a_company_out_of_its_setup(state: str) -> None:
    for companies in (await stored(), await stored(demo(account={"state": "setup"}))):
        with pytest.raises(InvalidProfile, match="run 'clientsvia company live demo'"):
            await plan(companies, [file(demo(account={"state": state}))], checked=True)
        (planned,) = await plan(companies, [file(demo(account={"state": state}))], checked=False)
        assert planned.profile.account.state == state


async def test_a_live_company_may_be_suspended_and_resumed_by_its_file() -> None:
    companies = await stored(demo())
    for state in ("suspended", "active"):
        (planned,) = await plan(companies, [file(demo(account={"state": state}))], checked=True)
        await companies.save([planned.profile])
        assert planned.profile.account.state == state


async def test_a_file_must_not_take_away_the_target_that_every_call_is_forwarded_to() -> None:
    companies = await stored(demo(account={"state": "forwarding", "target": "on-call"}))
    less = demo(targets=as_data(demo_profile())["targets"][:1])
    with pytest.raises(InvalidProfile, match=r"account.target: is forwarding to 'on-call', which"):
        await plan(companies, [file(less)], checked=True)
