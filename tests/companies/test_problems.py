"""Everything wrong with a profile at once, each with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from clientsvia.companies.problems import check, refuse

SMALL: dict[str, Any] = {"slug": "acme", "name": "Acme", "time_zone": "America/New_York"}


def lines(**fields: Any) -> list[str]:
    profile, problems = check(SMALL | fields, "acme.yaml")
    assert profile is None
    return [str(problem) for problem in problems]


def test_a_good_profile_has_no_problems() -> None:
    profile, problems = check(SMALL)
    assert profile is not None
    assert profile.slug == "acme"
    assert problems == ()


def test_every_wrong_field_is_told_at_once() -> None:
    wrong = lines(
        slug="A B",
        time_zone="Mars",
        numbers=["+1239", 12395551212],
        hours={"weekly": {"monday": ["8-9"], "moonday": []}},
        knowledge=[{"question": "Parking?"}],
        limits={"turns": "many"},
        bogus=1,
    )
    assert wrong == [
        (
            "acme.yaml: slug: 'A B' has the wrong form: write lower-case letters, digits and "
            "hyphens, as in gulf-breeze"
        ),
        "acme.yaml: time_zone: 'Mars' is no time zone: write an IANA name such as America/New_York",
        (
            "acme.yaml: numbers[1].number: '+1239' is not a valid number (NOT_POSSIBLE): "
            "write it with its country code, for example +12395551212"
        ),
        "acme.yaml: numbers[2].number: 12395551212 must be text: put it in quotes",
        "acme.yaml: hours.weekly.monday[1]: '8-9' is not a span of time: write it as 08:00-17:00",
        (
            "acme.yaml: hours.weekly.moonday: 'moonday' must be 'monday', 'tuesday', "
            "'wednesday', 'thursday', 'friday', 'saturday' or 'sunday'"
        ),
        "acme.yaml: knowledge[1].answer: is missing: add it",
        "acme.yaml: limits.turns: 'many' must be a whole number",
        "acme.yaml: bogus: is no field of a profile: check its spelling or remove it",
    ]


@pytest.mark.parametrize(
    ("fields", "remedy"),
    [
        ({"name": ""}, "must not be empty"),
        ({"name": "x" * 300}, "shorten it to 200 characters"),
        ({"agent": "Ava"}, "must be a section"),
        ({"numbers": "+12395551212"}, "must be a list"),
        ({"numbers": [{"number": "+12395551212", "active": "perhaps"}]}, "must be true or false"),
        ({"ai": {"temperature": 9}}, "write at most 2"),
        ({"ai": {"temperature": "warm"}}, "must be a number"),
        ({"after_hours": {"policy": "sleep"}}, "must be 'message', 'forward' or 'answer'"),
        ({"hours": {"exceptions": [{"date": "soon"}]}}, "write it as 2026-12-24"),
        ({"hours": {"exceptions": [{"from": "soon", "to": "2026-12-24"}]}}, "2026-12-24"),
        ({"hours": {"override": {"state": "open", "until": "later"}}}, "T14:00:00-05:00"),
        ({"hours": {"override": {"state": "open", "until": "2026-12-24T14:00"}}}, "offset"),
    ],
)
def test_each_kind_of_problem_has_its_remedy(fields: dict[str, Any], remedy: str) -> None:
    (line,) = lines(**fields)
    assert remedy in line


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_what_is_no_profile_at_all_is_told_too(data: object) -> None:
    profile, problems = check(data)
    assert profile is None
    assert "must be a section" in str(problems[0])


CANARY = "canary-secret"
ACCOUNT = {"account_sid": "AC" + "0" * 32}


@pytest.mark.parametrize(
    "fields",
    [
        {"twilio": ACCOUNT | {"auth_tokens": CANARY}},
        {"twilio": ACCOUNT | {"auth_tokens": [[CANARY]]}},
        {"twilio": ACCOUNT | {"auth_token": CANARY}},
        {"twilio": {"account_sid": CANARY}},
        {"twilio": CANARY},
        {"auth_token": CANARY},
        {"auth_tokens": [CANARY]},
        {"twillio": CANARY},
        {"agent": CANARY},
        {"agent": {"api_key": CANARY}},
        {"ai": {"Secret": CANARY}},
        {"ai": {"api_key": f"{CANARY} {CANARY}"}},
        {"ai": {"api_key": CANARY * 30}},
        {"ai": {"base_url": f"https://{CANARY}@models.example/v1"}},
        {"ai": {"base_url": f"https://models.example/v1?key={CANARY}"}},
        {"voice": {"api_key": [CANARY]}},
        {"voice": {"api_key": f"{CANARY}\n{CANARY}"}},
    ],
)
def test_no_secret_is_repeated(fields: dict[str, Any]) -> None:
    assert CANARY not in "".join(lines(**fields))


def test_a_file_without_fields_is_not_repeated() -> None:
    _, problems = check(f"auth_tokens [{CANARY}]")
    assert CANARY not in str(problems[0])


def test_a_wrong_keyword_is_shown() -> None:
    (line,) = lines(knowledge=[{"question": "Parking?", "answer": "Yes.", "keywords": [5]}])
    assert line == "acme.yaml: knowledge[1].keywords[1]: 5 must be text: put it in quotes"


def test_long_values_are_cut() -> None:
    (line,) = lines(time_zone="x" * 5000, slug="acme", name="Acme")
    (other,) = lines(agent={"voice": "y" * 5000})
    assert len(other) < 200
    assert "IANA" in line


def test_problems_become_one_exception() -> None:
    _, problems = check({})
    assert str(refuse(problems)).count("\n") == 2
