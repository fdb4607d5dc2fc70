from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.errors import InvalidForm
from clientsvia.telephony.form import parse_form

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_webhooks_body_becomes_its_parameters() -> None:
    form = parse_form(b"Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123")
    assert form.get("Called") == "+12395551212"
    assert form.get("SpeechResult") == ""
    assert form.get("SpeechResult", "nothing") == "nothing"
    assert "CallSid" in form
    assert "To" not in form
    assert len(form) == 3


def test_duplicates_and_order_are_kept() -> None:
    form = parse_form("b=2&a=1&&b=3&c")
    assert form.pairs() == [("b", "2"), ("a", "1"), ("b", "3"), ("c", "")]
    assert form.get("b") == "2"
    assert form.get_all("b") == ["2", "3"]
    assert form.get_all("x") == []


def test_the_first_spelling_that_says_something_counts() -> None:
    form = parse_form("Called=&To=%2B1&From=x")
    assert form.first("Called", "To") == "+1"
    assert form.first("Caller", "From") == "x"
    assert form.first("Called", "Caller") == form.first() == ""
    with pytest.raises(TypeError):
        form.first(b"To")  # type: ignore[arg-type]  # what a careless caller might pass


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"a=1+2%2B3", "1 2+3"),
        (b"a=100%", "100%"),
        (b"a=%zz%4", "%zz%4"),
        (b"a=%ff%C3", "\ufffd\ufffd"),
        (b"a=\xff", "\ufffd"),
        (b"a=%C3&%A9", "\ufffd"),
        (b"a=%F0%9F%98%80", "😀"),
        (b"a=b=c", "b=c"),
        (b"a=%00", "\0"),
    ],
)
def test_broken_encoding_is_read_as_browsers_read_it(body: bytes, value: str) -> None:
    assert parse_form(body).get("a") == value


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"a=" + b"x" * 65_535, 413), (b"a=1&" * 1_001, 400), (b"&".join([b"a"] * 10_000), 400)],
)
def test_too_much_is_refused_with_its_status(body: bytes, status: int) -> None:
    with pytest.raises(InvalidForm) as refusal:
        parse_form(body)
    assert refusal.value.status == status


def test_what_is_exactly_at_the_limits_is_read() -> None:
    assert len(parse_form(b"a=" + b"x" * 65_534)) == 1
    assert len(parse_form(b"a=1&" * 1_000)) == 1_000


def test_limits_can_be_set() -> None:
    with pytest.raises(InvalidForm, match="over 3 bytes"):
        parse_form(b"abcd", max_bytes=3)
    with pytest.raises(InvalidForm, match="over 1 parameters"):
        parse_form(b"a&b", max_parameters=1)


def test_only_bytes_and_text_are_read() -> None:
    with pytest.raises(TypeError):
        parse_form(None)  # type: ignore[arg-type]  # what a careless caller might pass


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_what_was_encoded_is_decoded(pairs: list[tuple[str, str]]) -> None:
    assert parse_form(urlencode(pairs)).pairs() == pairs


@given(st.binary())
def test_any_bytes_are_read_as_the_standard_library_reads_them(body: bytes) -> None:
    # Latin-1 maps bytes to letters one to one, so that the library sees bytes it has no name for.
    expected = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    assert parse_form(body).pairs() == [(_utf8(name), _utf8(value)) for name, value in expected]


def _utf8(letters: str) -> str:
    return letters.encode("latin-1").decode(errors="replace")
