from __future__ import annotations

import pytest

from clientsvia.simulator.address import (
    Patience,
    credentials,
    moved,
    origin,
    patience,
    signed_form,
    with_query,
    without_fragment,
)


def test_twilio_waits_fifteen_seconds_five_to_connect_and_tries_twice() -> None:
    assert patience("https://example.com/voice") == Patience(5.0, 15.0, 15.0, 1, frozenset({"ct"}))


def test_a_fragment_overrides_how_long_and_how_often() -> None:
    found = patience("https://example.com/voice#rc=2&rp=all&ct=2000&rt=8000&tt=9000")
    assert found == Patience(2.0, 8.0, 9.0, 2, frozenset({"ct", "rt", "4xx", "5xx"}))


def test_overrides_end_where_twilio_ends_them() -> None:
    found = patience("https://example.com/#rc=99&rp=5xx,nonsense&ct=99999&rt=many")
    assert found == Patience(10.0, 15.0, 15.0, 5, frozenset({"5xx"}))


@pytest.mark.parametrize(
    ("url", "signed"),
    [
        ("https://example.com:8443/a?b=c#rc=1", "https://example.com/a?b=c"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://user:pass@example.com/a", "https://example.com/a"),
    ],
)
def test_the_signed_form_is_what_twilio_signs(url: str, signed: str) -> None:
    assert signed_form(url) == signed


def test_a_get_carries_parameters_behind_its_own_query() -> None:
    url = with_query("http://h/a?turn=1#rc=1", {"From": "+1239", "Empty": ""})
    assert url == "http://h/a?turn=1&From=%2B1239&Empty="


def test_a_public_address_is_reached_at_the_listener_and_others_where_they_are() -> None:
    public, listener = "https://calls.example", "http://127.0.0.1:8000"
    assert moved("https://calls.example/a?b", public, listener) == "http://127.0.0.1:8000/a?b"
    assert moved("https://other.example/a", public, listener) == "https://other.example/a"


def test_parts_of_an_address() -> None:
    assert origin("https://u:p@example.com:1/x") == "https://example.com:1"
    assert credentials("https://u%40:p@example.com/") == ("u@", "p")
    assert credentials("https://example.com/") is None
    assert without_fragment("http://h/a?b#c") == "http://h/a?b"
