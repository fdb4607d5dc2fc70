from __future__ import annotations

from pathlib import Path

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientsvia.errors import InvalidInput, InvalidNumber
from clientsvia.telephony.numbers import caller_kind, classify, normalize, parse, redact

VECTORS = Path(__file__).parents[2] / ".." / "shared" / "vectors" / "e164.tsv"
SAMPLES = Path(__file__).parent / "data" / "numbers.tsv"
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
FORMS = phonenumbers.PhoneNumberFormat
REASONS = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    phonenumbers.NumberParseException.NOT_A_NUMBER: "NOT_A_NUMBER",
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: "TOO_SHORT_AFTER_IDD",
    phonenumbers.NumberParseException.TOO_SHORT_NSN: "TOO_SHORT_NSN",
    phonenumbers.NumberParseException.TOO_LONG: "TOO_LONG",
}


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


def test_every_example_number_is_read_and_written_as_phonenumbers_does_it() -> None:
    examples = [
        (region, number)
        for region in REGIONS
        for kind in phonenumbers.PhoneNumberType.values()
        if (number := phonenumbers.example_number_for_type(region, kind)) is not None
    ]
    assert len(examples) > 1_300
    wrong = [
        (region, written)
        for region, number in examples
        for form in (FORMS.E164, FORMS.NATIONAL, FORMS.INTERNATIONAL, FORMS.RFC3966)
        for written in [phonenumbers.format_number(number, form)]
        if _told(written, region) != _expected(written, region)
    ]
    assert not wrong


@settings(max_examples=400)
@given(
    st.text(st.sampled_from("0123456789" * 3 + "+-() .x#,;/extn*~"), max_size=24)
    | st.from_regex(r"\+?[0-9]{1,3}[ -]?[0-9]{4,13}", fullmatch=True),
    st.sampled_from(REGIONS),
)
def test_whatever_is_dialled_is_read_as_phonenumbers_reads_it(raw: str, region: str) -> None:
    assume("00000000000" not in raw)  # of which phonenumbers keeps more than Java does
    assert _told(raw, region) == _expected(raw, region)


def test_samples_are_read_and_written_as_libphonenumber_does_it() -> None:
    with SAMPLES.open(encoding="utf-8", newline="\n") as file:
        rows = [line.removesuffix("\n").split("\t") for line in file]
    assert len(rows) > 300
    wrong = [row for row in rows if _sampled(row[1], row[0]) != row[2:]]
    assert not wrong


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
    assert not wrong


def test_digits_beyond_the_basic_plane_are_digits() -> None:
    assert normalize("\U0001d7d0\U0001d7d1\U0001d7d7 555 1212") == "+12395551212"


def test_a_number_carries_what_a_call_needs() -> None:
    number = parse("0049 (0) 30 / 901820 ext. 7", "GB")
    assert (number.e164, number.calling_code, number.region) == ("+4930901820", 49, "DE")
    assert (number.kind, number.valid, number.possible) == ("fixed_line", True, True)
    assert (number.national, number.international) == (
        "030 901820 ext. 7",
        "+49 30 901820 ext. 7",
    )
    assert number.extension == "7"
    assert repr(number) == "<PhoneNumber +4930901820>"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("+12395551212", "fixed_line_or_mobile"),
        ("+18003569377", "toll_free"),
        ("+19005551212", "premium_rate"),
        ("+447911123456", "mobile"),
        ("+447012345678", "personal_number"),
        ("+15551234567", "unknown"),
    ],
)
def test_a_number_tells_what_it_is_for(raw: str, kind: str) -> None:
    assert parse(raw).kind == kind


def test_a_number_that_is_not_valid_is_still_shown() -> None:
    number = parse("+1 868 555")
    assert (number.valid, number.possible, number.region) == (False, False, "TT")
    assert number.extension is None


def test_what_is_no_number_is_not_parsed() -> None:
    with pytest.raises(InvalidNumber) as refusal:
        parse("call me")
    assert refusal.value.reason == "NOT_A_NUMBER"


def test_a_number_that_is_e164_already_comes_back_as_the_same_object() -> None:
    raw = f"+1{2395551212}"
    assert normalize(raw) is raw


def test_a_subclass_of_str_comes_back_as_plain_text() -> None:
    class Marked(str):
        __slots__ = ()

    assert type(normalize(Marked("+12395551212"))) is str


def _told(raw: str, region: str) -> tuple[object, ...]:
    """What the core says of a number."""
    try:
        number = parse(raw, region)
    except InvalidNumber as refusal:
        return (refusal.reason,)
    return (
        number.e164,
        number.valid,
        number.possible,
        number.region,
        number.kind,
        number.national,
        number.international,
    )


def _expected(raw: str, region: str) -> tuple[object, ...]:
    """What the Python port of libphonenumber says of it."""
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException as error:
        return (REASONS[error.error_type],)
    kind = phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(number)).lower()
    return (
        phonenumbers.format_number(number, FORMS.E164),
        phonenumbers.is_valid_number(number),
        phonenumbers.is_possible_number(number),
        phonenumbers.region_code_for_number(number),
        kind,
        phonenumbers.format_number(number, FORMS.NATIONAL),
        phonenumbers.format_number(number, FORMS.INTERNATIONAL),
    )


def _sampled(raw: str, region: str) -> list[str]:
    """A row of the samples: a label, and of a number also region, kind and both forms."""
    label = classify(raw, region)
    if label.startswith("error:"):
        return [label]
    number = parse(raw, region)
    shown = [number.region or "null", number.kind.upper()]
    return [label, *shown, number.national, number.international]


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
