"""Judgements beside those of twilio-python, over every kind of URL and parameter."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator

from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = settings(max_examples=200, deadline=None)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TOKENS = TEXT.filter(bool)
NAMES = st.sampled_from(["CallSid", "To", "From", "Body", "a", "b", "Ä", "a+b", "50%", ""]) | TEXT
PARAMETERS = st.dictionaries(NAMES, st.lists(TEXT, min_size=1, max_size=3), max_size=8)

NAMED_HOSTS = st.sampled_from(["a.example", "A.example", "ü.example", "127.0.0.1", "localhost"])
IPV6_HOSTS = st.sampled_from(["[::1]", "[2001:db8::7]"])
PORTS = st.sampled_from(["", ":80", ":443", ":8443", ":0443", ":65535", ":"])
PATHS = st.sampled_from(["", "/", "/x;", "/x;y;", "/x/", "/api/twilio/voice"]) | (
    st.text(st.sampled_from("ab/Zö%2;=&+.~@:"), max_size=8).map(lambda path: f"/{path}")
)
QUERIES = st.sampled_from(["", "?", "??", "?foo=1&bar=2", "?bodysha256=x"]) | (
    st.text(st.sampled_from("abZö%2;=&+.~@:/?"), max_size=8).map(lambda query: f"?{query}")
)
USERS = st.sampled_from(["", "me@", "me:secret@", "me:se%40cret@"])
ALGORITHMS = st.sampled_from([HMAC_SHA1, HMAC_SHA256])
FRAGMENTS = st.sampled_from(["", "#", "#rc=2&rp=all&ct=2000&rt=8000", "#/?@:;"])


class Several(dict[str, list[str]]):
    """What Flask and Django hand to the validator: a mapping with several values to a name."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


@dataclass(frozen=True)
class Address:
    """A URL in its parts."""

    scheme: str
    host: str
    port: str
    rest: str

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.port}{self.rest}"

    def signed(self) -> Iterator[str]:
        """Whatever Twilio, or somebody mistaken, might have signed for it."""
        for scheme in dict.fromkeys((self.scheme, self.scheme.lower(), "https", "wss")):
            for port in dict.fromkeys((self.port, "", ":443", ":80", ":1")):
                for rest in dict.fromkeys((self.rest, self.rest.rstrip("?;/"), f"{self.rest}?")):
                    yield f"{scheme}://{self.host}{port}{rest}"


def addresses(
    schemes: str, hosts: st.SearchStrategy[str] = NAMED_HOSTS
) -> st.SearchStrategy[Address]:
    rest = st.tuples(PATHS, QUERIES).map("".join)
    return st.builds(Address, st.sampled_from(schemes.split()), hosts, PORTS, rest)


def oracle(token: str, url: str, call: dict[str, list[str]], signature: str) -> bool:
    judgement: bool = RequestValidator(token).validate(url, Several(call), signature)
    return judgement


@MANY
@given(TOKENS, addresses("http https HTTPS ftp"), PARAMETERS, ALGORITHMS)
def test_signatures_are_those_of_twilio_python(
    token: str, address: Address, call: dict[str, list[str]], algorithm: str
) -> None:
    wide = algorithm == HMAC_SHA256
    theirs = RequestValidator(token).compute_signature(address.url, Several(call), algorithm)
    pairs = [(name, value) for name, values in call.items() for value in values]
    form = parse_form(urlencode(pairs))
    for shape in (call, pairs, form):
        assert sign(token, address.url, shape, sha256=wide) == theirs


@MANY
@given(TOKENS, addresses("http https HTTPS"), PARAMETERS)
def test_a_page_is_judged_as_twilio_python_judges_it(
    token: str, address: Address, call: dict[str, list[str]]
) -> None:
    body = urlencode(call, doseq=True).encode()
    for signed in address.signed():
        signature = sign(token, signed, call)
        expected = oracle(token, address.url, call, signature)
        for shape in (call, parse_form(body), body):
            assert verify(token, address.url, shape, signature) == expected, signed


@MANY
@given(TOKENS, addresses("ws wss"), PARAMETERS)
def test_a_web_socket_is_judged_so_too_and_may_lose_its_slash_or_gain_its_port(
    token: str, address: Address, call: dict[str, list[str]]
) -> None:
    secure = Address(address.scheme, address.host, address.port or ":443", address.rest)
    path, mark, query = address.rest.partition("?")
    slash = path[:-1] if path.endswith("/") else f"{path}/"
    for signed in address.signed():
        signature = sign(token, signed, call)
        others = [
            Address(kin.scheme, kin.host, kin.port, rest)
            for kin in (address, secure)
            for rest in (address.rest, f"{slash}{mark}{query}")
            if kin is address or address.scheme == "wss"
        ]
        expected = any(oracle(token, other.url, call, signature) for other in others)
        assert verify(token, address.url, call, signature) == expected, signed


@MANY
@given(TOKENS, addresses("http https"), USERS, FRAGMENTS, PARAMETERS)
def test_user_password_and_fragment_are_judged_as_if_they_were_not_there(
    token: str, address: Address, user: str, fragment: str, call: dict[str, list[str]]
) -> None:
    full = f"{address.scheme}://{user}{address.host}{address.port}{address.rest}{fragment}"
    for signed in address.signed():
        signature = sign(token, signed, call)
        assert verify(token, full, call, signature) == oracle(token, address.url, call, signature)


@given(TOKENS, addresses("http https", IPV6_HOSTS), PARAMETERS)
def test_an_ipv6_address_is_judged_as_a_name_would_be(
    token: str, address: Address, call: dict[str, list[str]]
) -> None:
    named = Address(address.scheme, "name.example", address.port, address.rest)
    for signed, twin in zip(address.signed(), named.signed(), strict=True):
        judged = verify(token, address.url, call, sign(token, signed, call))
        assert judged == oracle(token, named.url, call, sign(token, twin, call)), signed


@given(TOKENS, addresses("https"), TEXT, TEXT)
def test_json_is_judged_as_twilio_python_judges_it(
    token: str, address: Address, body: str, other: str
) -> None:
    mark = "&" if "?" in address.url else "?"
    url = f"{address.url}{mark}bodySHA256={sha256(body.encode()).hexdigest()}"
    signature = sign(token, url)
    for came in (body, other, f"{body} "):
        expected = RequestValidator(token).validate(url, came, signature)
        assert verify(token, url, came.encode(), signature) == expected
        assert not verify(token, url, parse_form(came), signature)


@given(TOKENS, TOKENS, addresses("https"), PARAMETERS)
def test_while_a_token_is_replaced_both_are_judged_as_alone(
    old: str, new: str, address: Address, call: dict[str, list[str]]
) -> None:
    signature = sign(old, address.url, call)
    expected = any(oracle(token, address.url, call, signature) for token in (old, new))
    assert verify([new, old], address.url, call, signature) == expected
    assert verify(new, address.url, call, signature) == oracle(new, address.url, call, signature)
