"""Profiles in YAML and JSON files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from clientsvia.companies.files import (
    as_data,
    as_yaml,
    demo_profile,
    profile_paths,
    read_profiles,
)
from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from pathlib import Path

SMALL = "slug: acme\nname: Acme\ntime_zone: America/New_York\n"


def read_one(path: Path, text: str) -> CompanyProfile:
    path.write_text(text, encoding="utf-8")
    (found,) = read_profiles([path])
    return found.profile


def refusal(path: Path, text: str) -> str:
    with pytest.raises(InvalidProfile) as caught:
        read_one(path, text)
    return str(caught.value)


def test_the_demo_company_answers_on_its_number() -> None:
    demo = demo_profile()
    assert demo.slug == "demo"
    assert [entry.number for entry in demo.numbers] == ["+12395551212"]
    assert len(demo.knowledge) >= 10
    assert len(demo.targets) == 2


def test_yaml_keeps_numbers_countries_and_dates_as_written(tmp_path: Path) -> None:
    profile = read_one(
        tmp_path / "acme.yaml",
        SMALL + "numbers:\n  - +12395551212\nhours:\n  holidays: {country: NO}\n"
        "  exceptions:\n    - {date: 2026-12-24, hours: [08:00-12:00]}\n"
        "limits: {turns: 7}\nactive: false\n",
    )
    assert profile.numbers[0].number == "+12395551212"
    assert profile.hours.holidays is not None
    assert profile.hours.holidays.country == "NO"
    assert profile.hours.exceptions[0].hours == ("08:00-12:00",)
    assert (profile.limits.turns, profile.account.state) == (7, "suspended")


def test_json_is_read_too(tmp_path: Path) -> None:
    data = orjson.dumps(as_data(demo_profile())).decode()
    assert read_one(tmp_path / "demo.json", data) == demo_profile()


def test_an_export_reads_back_equal(tmp_path: Path) -> None:
    assert read_one(tmp_path / "demo.yaml", as_yaml(demo_profile())) == demo_profile()


def test_an_export_holds_no_secret() -> None:
    twilio = {"account_sid": "AC" + "0" * 32, "auth_tokens": ["canary-secret"]}
    keys = {"ai": {"api_key": "canary-secret"}, "voice": {"api_key": "canary-secret", "speed": 1.1}}
    profile = CompanyProfile.model_validate(as_data(demo_profile()) | {"twilio": twilio} | keys)
    assert as_data(profile)["twilio"] == {"account_sid": "AC" + "0" * 32}
    assert as_data(profile)["voice"] == {"speed": 1.1}
    assert "ai" not in as_data(profile)
    assert "canary-secret" not in as_yaml(profile)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("slug: [", "is not valid YAML"),
        (SMALL + "name: Other\n", "name stands twice in one section"),
        ("\x00", "is not valid YAML"),
        ("", "must be a section"),
        ("!!python/object:os.system {}", "is not valid YAML"),
        ("[" * 5000, "is not valid YAML"),
    ],
)
def test_what_is_no_yaml_is_refused(tmp_path: Path, text: str, remedy: str) -> None:
    assert remedy in refusal(tmp_path / "acme.yaml", text)


SECRET = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("auth_tokens: [@", "expected ',' or ']', but got '<stream end>' (line 5)"),
        ("auth_tokens: [*@]", "found undefined alias (line 4)"),
        ("auth_tokens: [!@ x]", "could not determine a constructor for the tag (line 4)"),
        ("auth_tokens: [!!int @]", "could not determine a constructor for the tag (line 4)"),
        ("auth_tokens: !!timestamp @", "could not determine a constructor for the tag (line 4)"),
        ("auth_tokens: !!bool @", "it cannot be understood"),
        ("auth_tokens: {@: a, @: b}", "a field stands twice in one section: keep one (line 4)"),
        ('auth_tokens: "@', "found unexpected end of stream (line 5)"),
        ('auth_tokens: "\\@"', "found unknown escape character (line 4)"),
        ("auth_tokens: %@", "found character '%' that cannot start any token (line 4)"),
        ("auth_tokens: [@\x01]", "it holds a character that no text has"),
        ("auth_tokens: @\n  - b: c: d", "mapping values are not allowed here (line 5)"),
    ],
)
def test_a_slip_near_a_secret_tells_the_line_alone(tmp_path: Path, text: str, problem: str) -> None:
    said = refusal(tmp_path / "acme.yaml", SMALL + text.replace("@", SECRET) + "\n")
    assert problem in said
    assert SECRET not in said
    assert SECRET[:6] not in said


def test_a_slip_in_json_tells_the_line_alone(tmp_path: Path) -> None:
    said = refusal(tmp_path / "acme.json", f'{{\n"auth_tokens": [{SECRET}')
    assert "(line 2)" in said
    assert SECRET[:6] not in said


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    assert "is not valid YAML or JSON" in refusal(tmp_path / "acme.json", "{")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_bytes(b"slug: \xff\xfe")
    with pytest.raises(InvalidProfile, match="is not valid YAML"):
        read_profiles([tmp_path / "acme.yaml"])


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidProfile, match="check the path"):
        read_profiles([tmp_path / "gone.yaml"])


def test_a_directory_stands_for_its_profiles_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.json", "c.yml", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in profile_paths(tmp_path)] == ["a.json", "b.yaml", "c.yml"]


def test_a_directory_without_profiles_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidProfile, match="holds no profile"):
        profile_paths(tmp_path)


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("slug: a\n")
    (tmp_path / "b.yaml").write_text("slug: [")
    seen: list[str] = []
    with pytest.raises(InvalidProfile) as caught:
        read_profiles(profile_paths(tmp_path), lambda path: seen.append(path.name))
    assert {line.split(":")[0] for line in str(caught.value).splitlines()} == {"a.yaml", "b.yaml"}
    assert seen == ["a.yaml", "b.yaml"]


def test_two_files_may_not_claim_one_slug_or_number(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL + "numbers: [+12395551212]\n")
    (tmp_path / "b.yaml").write_text(SMALL + "numbers: [239-555-1212]\n")
    with pytest.raises(InvalidProfile) as caught:
        read_profiles(profile_paths(tmp_path))
    assert str(caught.value).splitlines() == [
        "b.yaml: slug: 'acme' stands in a.yaml too: keep it in one file",
        "b.yaml: numbers: '+12395551212' stands in a.yaml too: keep it in one file",
    ]
