from __future__ import annotations

from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.errors import InvalidInput, InvalidNumber
from clientsvia.telephony.numbers import caller_kind, classify, normalize, redact

VECTORS = Path(__file__).parents[2] / ".." / "shared" / "vectors" / "e164.tsv"
DISAGREEMENTS_AT_MOST = 5  # ranges that the metadata in use does not know yet


@pytest.mark.parametrize(
    "raw",
    [
        "+12395551212",
        "(239) 555-1212",
        "1 239 555 1212",
        "tel:+1-239-555-1212",
        "\uff12\uff13\uff195551212",
    ],
)
def test_a_number_becomes_e164_however_it_is_written(raw: str) -> None:
    assert normalize(raw) == "+12395551212"


def test_a_region_is_assumed_only_for_numbers_without_a_country_code() -> None:
    assert normalize("020 7946 0958", "GB") == "+442079460958"
    assert normalize("+44 20 7946 0958", "US") == "+442079460958"
    assert normalize("+44 20 7946 0958", None) == "+442079460958"


@pytest.mark.parametrize(
    ("raw", "region", "reason"),
    [
        ("", "US", "NOT_A_NUMBER"),
        ("anonymous", "US", "NOT_A_NUMBER"),
        ("sip:+12395551212@example.com", "US", "NOT_A_NUMBER"),
        ("2395551212", None, "INVALID_COUNTRY_CODE"),
        ("2395551212", "ZZ", "INVALID_COUNTRY_CODE"),
        ("1" * 251, "US", "TOO_LONG"),
        ("😀" * 126, "US", "TOO_LONG"),
        ("+1239555", "US", "NOT_POSSIBLE"),
        ("+15551234567", "US", "NOT_VALID"),
    ],
)
def test_a_refusal_tells_its_reason(raw: str, region: str | None, reason: str) -> None:
    with pytest.raises(InvalidNumber) as refusal:
        normalize(raw, region)
    assert refusal.value.reason == reason
    assert isinstance(refusal.value, InvalidInput)
    assert "+12395551212" in str(refusal.value)


def test_a_number_that_is_only_possible_is_taken_when_asked_for() -> None:
    assert normalize("+15551234567", possible=True) == "+15551234567"
    assert classify("+15551234567", None) == "possible:+15551234567"


@pytest.mark.parametrize(
    "raw", ["\ud800", "+1239555\udfff1212", "\0", "😀", "\u0660" * 300, "+" * 10**6]
)
def test_odd_text_is_refused_or_read_and_never_a_crash(raw: str) -> None:
    assert classify(raw, "US")
    assert redact(raw)
    assert caller_kind(raw)


@given(st.text(), st.sampled_from(["US", "GB", "IT", "AR", "ZZ", "", "😀"]))
def test_whatever_is_accepted_is_its_own_normal_form(raw: str, region: str) -> None:
    label = classify(raw, region)
    if label.startswith("+"):
        assert normalize(raw, region) == label
        assert normalize(label, None) == label
    else:
        assert label.partition(":")[0] in {"possible", "invalid", "error"}


@given(st.integers(2_000_000_000, 9_999_999_999))
def test_north_american_numbers_are_judged_as_phonenumbers_judges_them(national: int) -> None:
    number = phonenumbers.parse(f"+1{national}")
    valid = phonenumbers.is_valid_number(number)
    assert classify(f"+1{national}", None) == f"+1{national}" if valid else f"possible:+1{national}"


def test_labels_agree_with_the_vectors() -> None:
    if not VECTORS.exists():
        pytest.skip("the shared vectors are not on this machine")
    with VECTORS.open(encoding="utf-8", newline="\n") as file:
        rows = [line.removesuffix("\n").split("\t") for line in file]
    assert len(rows) > 29_000
    wrong = [
        (region, raw, label)
        for region, raw, label in rows
        if not _has_digits_outside_the_bmp(raw) and classify(raw, region) != label
    ]
    assert len(wrong) <= DISAGREEMENTS_AT_MOST, wrong[:20]


def _has_digits_outside_the_bmp(raw: str) -> bool:
    return any(letter > "\uffff" and letter.isdecimal() for letter in raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("+12395551212", "number"),
        ("+266696687", "anonymous"),
        ("anonymous", "anonymous"),
        ("+7378742833", "restricted"),
        ("+2562533", "restricted"),
        ("+86282452253", "unavailable"),
        ("+8656696", "unknown"),
        ("client:alice", "client"),
        ("sip:alice@example.com", "sip"),
        ("72345", "short_code"),
        ("", "unknown"),
        ("call me", "unknown"),
    ],
)
def test_a_caller_id_is_typed(raw: str, kind: str) -> None:
    assert caller_kind(raw) == kind


@given(st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True))
def test_a_redacted_number_keeps_five_digits_at_most_and_hides_four_at_least(number: str) -> None:
    shown = sum(letter.isdigit() for letter in redact(number))
    assert shown <= 5
    assert len(number) - 1 - shown >= 4
