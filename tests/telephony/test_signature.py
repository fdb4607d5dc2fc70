from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA256, RequestValidator

from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign, verify

TOKEN = "12345"
URL = "https://example.com/myapp.php?foo=1&bar=2"
CALL = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "To": "+18005551212",
    "Caller": "+14158675310",
    "From": "+14158675310",
}
SIGNATURE = "L/OH5YylLD5NRKLltdqwSvS0BnU="
SIGNATURE_256 = "qMztBq0IANMH/q0K9sCfKQJLylezvRdRzRS647SAVow="

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PARAMETERS = st.dictionaries(TEXT, TEXT, max_size=30)
URLS = st.from_regex(
    r"https?://[a-z]{1,9}\.example(:[1-9][0-9]{1,3})?/[a-zA-Z0-9/_.-]{0,20}(\?[a-z]=[a-z0-9%+]{1,9})?",
    fullmatch=True,
)


def test_published_vectors_agree() -> None:
    assert sign(TOKEN, URL, CALL) == SIGNATURE
    assert sign(TOKEN, URL, CALL, sha256=True) == SIGNATURE_256
    caller = CALL | {"Caller": "+14158675309", "From": "+14158675309"}
    other = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign(TOKEN, other, caller) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    body = {"Body": "héllo 😀", "Empty": ""}
    assert sign(TOKEN, URL, body) == "dWQZEIbyCN/WF9HKXT3cSBAuAio="


def test_parameters_may_come_in_any_shape() -> None:
    body = urlencode(CALL).encode()
    for shape in (CALL, list(CALL.items()), iter(CALL.items()), parse_form(body), body):
        assert verify(TOKEN, URL, shape, SIGNATURE)
    assert verify(TOKEN, URL, CALL, SIGNATURE_256, sha256=True)
    assert not verify(TOKEN, URL, CALL, SIGNATURE, sha256=True)


def test_several_values_of_a_name_are_sorted_and_counted_once() -> None:
    signature = sign(TOKEN, URL, [("a", "1"), ("a", "2"), ("b", "")])
    assert verify(TOKEN, URL, {"b": "", "a": ["2", "1", "2"]}, signature)
    assert verify(TOKEN, URL, b"a=2&b&a=1&a=2", signature)


def test_any_of_several_tokens_will_do_and_an_empty_one_never() -> None:
    assert verify(["next", TOKEN], URL, CALL, SIGNATURE)
    assert verify(("next", TOKEN), URL, CALL, SIGNATURE)
    assert not verify([], URL, CALL, SIGNATURE)
    assert not verify("", URL, CALL, sign("", URL, CALL))


@pytest.mark.parametrize(
    "signature", [None, "", "x", SIGNATURE + " ", SIGNATURE[:-1], "é", SIGNATURE + "\ud800"]
)
def test_what_is_no_signature_is_refused(signature: str | None) -> None:
    assert not verify(TOKEN, URL, CALL, signature)


def test_text_no_request_could_hold_is_refused() -> None:
    assert not verify(TOKEN, URL, CALL | {"Digits": "1234\ud800"}, SIGNATURE)


def test_parameters_as_text_are_an_error() -> None:
    with pytest.raises(TypeError):
        sign(TOKEN, URL, "CallSid=CA1")  # type: ignore[arg-type]  # what a careless caller might pass


@pytest.mark.parametrize(
    ("asked", "signed"),
    [
        ("https://a.example/x?b=1", "https://a.example:443/x?b=1"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example/x", "http://a.example:80/x"),
        ("https://user:secret@a.example/x#rc=2&rp=all", "https://a.example/x"),
        ("wss://a.example/relay", "wss://a.example/relay/"),
        ("wss://a.example/relay/", "wss://a.example:443/relay"),
    ],
)
def test_forms_twilio_signs_are_accepted(asked: str, signed: str) -> None:
    assert verify(TOKEN, asked, CALL, sign(TOKEN, signed, CALL))


@pytest.mark.parametrize(
    "signed",
    ["http://a.example/x", "https://a.example/x/", "https://a.example:80/x", "https://b.example/x"],
)
def test_another_url_is_another_signature(signed: str) -> None:
    assert not verify(TOKEN, "https://a.example/x", CALL, sign(TOKEN, signed, CALL))


def test_a_json_body_is_checked_against_its_hash() -> None:
    body = b'{"a": "b"}'
    url = f"https://a.example/x?bodySHA256={sha256(body).hexdigest()}"
    signature = sign(TOKEN, url)
    assert verify(TOKEN, url, body, signature)
    assert RequestValidator(TOKEN).validate(url, body.decode(), signature)
    assert not verify(TOKEN, url, body + b" ", signature)
    assert not verify(TOKEN, url, None, signature)
    assert not verify(TOKEN, url, {}, signature)


def test_a_body_over_the_forms_limits_is_refused() -> None:
    body = b"a=1&" * 2_000
    assert not verify(TOKEN, URL, body, sign(TOKEN, URL, [("a", "1")]))


@given(TEXT.filter(bool), URLS, PARAMETERS)
def test_signatures_are_those_of_twilio_python(token: str, url: str, call: dict[str, str]) -> None:
    theirs = RequestValidator(token)
    assert sign(token, url, call) == theirs.compute_signature(url, call)
    assert sign(token, url, call, sha256=True) == theirs.compute_signature(url, call, HMAC_SHA256)
    assert verify(token, url, call, theirs.compute_signature(url, call))
    assert theirs.validate(url, call, sign(token, url, call))


@given(URLS, URLS, PARAMETERS)
def test_judgements_are_those_of_twilio_python(
    asked: str, signed: str, call: dict[str, str]
) -> None:
    signature = sign(TOKEN, signed, call)
    assert verify(TOKEN, asked, call, signature) == RequestValidator(TOKEN).validate(
        asked, call, signature
    )


@given(PARAMETERS.filter(bool), st.data())
def test_one_changed_value_is_refused(call: dict[str, str], data: st.DataObject) -> None:
    signature = sign(TOKEN, URL, call)
    name = data.draw(st.sampled_from(sorted(call)))
    assert not verify(TOKEN, URL, call | {name: call[name] + "x"}, signature)
