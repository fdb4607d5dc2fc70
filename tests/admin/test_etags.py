from __future__ import annotations

from typing import Any

import pytest

from clientsvia.admin.etags import Tags
from clientsvia.companies.routing_profiles import AccountProfile
from clientsvia.companies.saving import with_state
from clientsvia.errors import ChangedMeanwhile, InvalidInput
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.contracts.samples import ACCOUNT, company

OLD, NEW = b"o" * 32, b"n" * 32
TAGS = Tags([OLD])
PIPES = {"id": "pipes", "question": "Do you fix pipes?", "answer": "Yes."}


def tag(section: str, **fields: Any) -> str:
    return TAGS.tag_of(company(**fields), section)


def test_a_section_has_the_same_tag_as_long_as_it_says_the_same() -> None:
    assert tag("agent", agent={"name": "Mia"}) == tag("agent", agent={"name": "Mia"}, name="New")
    assert tag("agent", agent={"name": "Mia"}) != tag("agent", agent={"name": "Ava"})
    assert tag("agent", agent={"name": "Ava"}) == tag("agent")  # which is the default


def test_the_whole_profile_has_a_tag_of_its_own() -> None:
    assert tag("") == tag("")
    assert tag("", name="New") != tag("")
    assert tag("", ai={"api_key": "sk-one"}) != tag("")
    assert len({tag(name) for name in ("", "agent", "ai", "hours")}) == 4


def test_an_entry_of_a_list_has_a_tag_of_its_own() -> None:
    other = {"id": "hours", "question": "When?", "answer": "Now."}
    there = tag("knowledge.pipes", knowledge=[PIPES])

    assert tag("knowledge.pipes", knowledge=[other, PIPES]) == there
    assert tag("knowledge.pipes", knowledge=[PIPES | {"answer": "No."}]) != there
    assert tag("knowledge.pipes", knowledge=[other]) != there


@pytest.mark.parametrize(
    ("section", "secret", "another"),
    [
        ("ai", {"ai": {"api_key": "sk-one"}}, {"ai": {"api_key": "sk-two"}}),
        ("voice", {"voice": {"api_key": "one"}}, {"voice": {"api_key": "two"}}),
        (
            "twilio",
            {"twilio": {"account_sid": ACCOUNT, "auth_tokens": ["one"]}},
            {"twilio": {"account_sid": ACCOUNT, "auth_tokens": ["two"]}},
        ),
    ],
)
def test_secrets_count_in_their_own_section(
    section: str, secret: dict[str, Any], another: dict[str, Any]
) -> None:
    assert tag(section, **secret) == tag(section, **secret)
    assert len({tag(section, **fields) for fields in (secret, another, {})}) == 3
    assert tag("agent", **secret) == tag("agent", **another)


def test_nobody_can_make_tags_without_the_key_and_a_new_first_key_changes_none() -> None:
    profile = company(ai={"api_key": "sk-one"})

    assert Tags([NEW]).tag_of(profile, "ai") != TAGS.tag_of(profile, "ai")
    assert Tags([NEW, OLD]).tag_of(profile, "ai") == TAGS.tag_of(profile, "ai")


def test_a_section_that_no_profile_has_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'agents' is no section"):
        tag("agents")


async def test_an_edit_is_refused_once_its_section_was_changed() -> None:
    companies = MemoryCompanies()
    (seen,) = await companies.save([company(agent={"name": "Mia"})])
    seen_tag = TAGS.tag_of(seen.profile, "account")
    edit = TAGS.if_unchanged(
        seen_tag,
        lambda stored: with_state(stored.profile, AccountProfile(state="suspended")),
        section="account",
    )

    await companies.save([company(agent={"name": "Ava"})])
    saved = await companies.change("acme", edit)
    assert saved is not None
    assert (saved.profile.account.state, saved.profile.agent.name) == ("suspended", "Ava")

    with pytest.raises(ChangedMeanwhile, match="account was changed by somebody else"):
        await companies.change("acme", edit)
    assert await companies.get("acme") == saved
