"""What a company profile accepts, and how it fills in what is left out."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clientsvia.companies.fields import STORED, slugify
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.routing import AfterHoursPolicy

SMALL: dict[str, Any] = {"slug": "acme", "name": "Acme", "time_zone": "America/New_York"}
SID = "AC" + "0a" * 16


def profile(**fields: Any) -> CompanyProfile:
    return CompanyProfile.model_validate(SMALL | fields)


def refusal(**fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        profile(**fields)
    return str(caught.value)


def test_a_name_a_slug_and_a_time_zone_make_a_company() -> None:
    company = profile()
    assert (company.account.state, company.region, company.agent.name) == ("active", "US", "Ava")
    assert company.after_hours.policy is AfterHoursPolicy.MESSAGE
    assert company.limits.model_dump() == {
        "call_seconds": 600,
        "turns": 40,
        "recording_seconds": 120,
        "calls_per_caller": 3,
    }
    assert company.privacy.retention_days == 90


@pytest.mark.parametrize("days", [0, 1, 3650])
def test_calls_are_kept_for_days_or_for_ever(days: int) -> None:
    assert profile(privacy={"retention_days": days}).privacy.retention_days == days


@pytest.mark.parametrize("days", [-1, 3651])
def test_no_other_number_of_days_is_a_retention(days: int) -> None:
    assert "privacy.retention_days" in refusal(privacy={"retention_days": days})


def test_numbers_are_written_in_any_way_the_region_knows() -> None:
    company = profile(numbers=["(239) 555-1212", {"number": "+49 30 123456", "active": False}])
    assert [(entry.number, entry.active) for entry in company.numbers] == [
        ("+12395551212", True),
        ("+4930123456", False),
    ]
    assert profile(region="de", numbers=["030 123456"]).numbers[0].number == "+4930123456"


def test_targets_are_numbers_of_the_region_too() -> None:
    target = {"id": "office", "name": "the office", "number": "239 555 0142"}
    assert profile(targets=[target]).targets[0].number == "+12395550142"


def test_a_number_that_comes_twice_is_refused_however_it_is_written() -> None:
    assert "stands here twice" in refusal(numbers=["+12395551212", "239-555-1212"])


def test_an_entry_without_id_gets_one_from_its_question() -> None:
    company = profile(knowledge=[{"question": "Do you've parking?", "answer": "Yes."}])
    assert company.knowledge[0].id == "do-youve-parking"


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"slug": "Acme Inc"}, "slug"),
        ({"time_zone": "EST5"}, "write an IANA name"),
        ({"time_zone": "../../etc/passwd"}, "write an IANA name"),
        ({"numbers": ["911"]}, "is not a valid number"),
        ({"targets": [{"id": "a", "name": "A", "number": "+19005551212"}]}, "premium-rate"),
        ({"targets": [{"id": "a", "name": "A", "number": "+449098790879"}]}, "premium-rate"),
        ({"targets": [{"id": "a", "name": "A", "number": "+4967726019350840"}]}, "15 digits"),
        ({"targets": [{"id": "a", "name": "A", "number": "+447012345678"}]}, "personal"),
        ({"after_hours": {"policy": "forward"}}, "needs a target"),
        ({"after_hours": {"policy": "message", "target": "nobody"}}, "needs a target"),
        ({"agent": {"voice": "ElevenLabs.Rachel"}}, "voice"),
        ({"agent": {"language": "English"}}, "language"),
        ({"ai": {"threshold": 2}}, "less than or equal to 1"),
        ({"ai": {"responder": "magic"}}, "responder"),
        ({"twilio": {"account_sid": "AC123"}}, "account_sid"),
        ({"knowledge": [{"question": "?", "answer": "No id to be made of it."}]}, "id"),
        ({"greeting": "x" * 1001}, "1000"),
        ({"limits": {"turns": 0}}, "turns"),
        ({"color": "blue"}, "color"),
    ],
)
def test_wrong_fields_are_refused(fields: dict[str, Any], remedy: str) -> None:
    assert remedy in refusal(**fields)


def target(name: str, number: str = "+12395550142", **fields: object) -> dict[str, object]:
    return {"id": name, "name": name, "number": number, **fields}


@pytest.mark.parametrize("number", ["911", "+1911", "9-1-1", "112", "+44999", "+1933", "411"])
def test_emergency_and_service_numbers_are_no_targets(number: str) -> None:
    assert "name a person's" in refusal(targets=[target("a", number)])


def test_high_risk_numbers_are_no_targets_but_those_of_the_own_country() -> None:
    assert "a has +881612345678, a high-risk number" in refusal(
        targets=[target("a", "+881612345678")]
    )
    assert "the Gambia" in refusal(targets=[target("a", "+2207123456")])
    company = profile(region="GM", targets=[target("a", "+2207123456")])
    assert company.targets[0].number == "+2207123456"


def test_the_companys_own_numbers_are_no_targets() -> None:
    own = ["+12395551212"]
    wrong = refusal(numbers=own, targets=[target("a", "+12395551212")])
    assert "round in circles" in wrong


def test_a_stored_profile_may_hold_what_is_refused_of_late() -> None:
    data = SMALL | {"numbers": ["+12395551212"], "targets": [target("a", "+881612345678")]}
    assert CompanyProfile.model_validate(data, context=STORED).targets[0].number == "+881612345678"


@pytest.mark.parametrize(
    ("fallbacks", "circle"),
    [
        (("a",), "a falls back to a:"),
        (("b", "a"), "a falls back to b falls back to a:"),
        (("b", "c", "b"), "b falls back to c falls back to b:"),
    ],
)
def test_fallbacks_lead_in_no_circle(fallbacks: tuple[str, ...], circle: str) -> None:
    names = "abc"[: len(fallbacks)]
    targets = [target(name, fallback=to) for name, to in zip(names, fallbacks, strict=True)]
    assert circle in refusal(targets=targets)


def test_a_chain_of_fallbacks_is_fine() -> None:
    targets = [target("a", fallback="b"), target("b", fallback="c"), target("c")]
    assert profile(targets=targets).targets[0].fallback == "b"


def test_ids_are_unique() -> None:
    entry = {"id": "same", "question": "Q?", "answer": "A."}
    assert "the id same stands here twice" in refusal(knowledge=[entry, entry])


def test_after_hours_forwards_to_a_target_of_the_list() -> None:
    targets = [{"id": "night", "name": "night shift", "number": "+12395550142"}]
    forward = {"policy": "forward", "target": "night"}
    assert profile(targets=targets, after_hours=forward).after_hours.target == "night"
    wrong = {"policy": "forward", "target": "day"}
    assert "write one of night" in refusal(targets=targets, after_hours=wrong)


@pytest.mark.parametrize("voice", ["Polly.Léa-Neural", "Google.en-US-Chirp3-HD-Aoede", "woman"])
def test_voices_of_twilio_are_known(voice: str) -> None:
    assert profile(agent={"voice": voice}).agent.voice == voice


def test_thousands_of_entries_are_fine() -> None:
    entries = [{"question": f"Question {n}?", "answer": "Yes."} for n in range(2500)]
    assert len(profile(knowledge=entries).knowledge) == 2500


def test_tokens_do_not_show() -> None:
    company = profile(
        twilio={"account_sid": SID, "auth_tokens": ["hidden-token"]},
        ai={"api_key": "hidden-key"},
        voice={"api_key": "hidden-key"},
    )
    assert "hidden" not in repr(company)


def test_a_profile_reads_back_from_json() -> None:
    company = profile(
        numbers=["+12395551212"],
        hours={
            "exceptions": [{"from": "2026-12-24", "to": "2026-12-26", "label": "Christmas"}],
            "override": {"state": "closed", "until": "2026-12-01T14:00:00-05:00"},
        },
        twilio={"account_sid": SID, "auth_tokens": ["t"]},
    )
    assert CompanyProfile.model_validate_json(company.model_dump_json()) == company
    assert CompanyProfile.model_validate(company.model_dump()) == company


@pytest.mark.parametrize(("text", "slug"), [("What's new?", "whats-new"), ("¿?", "")])
def test_a_text_becomes_a_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug
