from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.simulator.document import LARGEST, Document, parse, read_document, text_of
from clientsvia.simulator.problems import Refusal
from clientsvia.simulator.webhooks import Answer

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
BOMB = b"""<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Response><Say>&b;</Say></Response>"""


@pytest.mark.parametrize(
    ("code", "body", "content_type"),
    [
        (11750, b"<Response>" + b" " * LARGEST + b"</Response>", "text/xml"),
        (11770, b"", "text/xml"),
        (11770, b" \n", "text/xml"),
        (12300, b"<Response/>", "application/json"),
        (12300, b"<Response/>", "text/html; charset=utf-8"),
        (12300, b"<Response/>", ""),
        (12100, b"<Response>", "text/xml"),
        (12100, b"hello", "text/xml"),
        (12100, b"<Response><Say>a & b</Say></Response>", "text/xml"),
        (12100, b"<Response><Say>\x01</Say></Response>", "text/xml"),
        (12100, b"<Response><Say>\xe9</Say></Response>", "text/xml"),
        (12100, b"\n" + DECLARATION + b"<Response/>", "text/xml"),
        (12100, b"\xef\xbb\xbf<Response/>", "text/xml"),
        (12100, BOMB, "text/xml"),
        (12102, b"<response/>", "text/xml"),
        (12102, b"<html><body/></html>", "application/xml"),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    code: int, body: bytes, content_type: str
) -> None:
    with pytest.raises(Refusal) as caught:
        parse(body, content_type)
    assert caught.value.code == code


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml; charset=utf-8", "TEXT/XML"])
def test_a_document_is_read(content_type: str) -> None:
    root = parse(DECLARATION + "<Response><Say>héllo 😀</Say></Response>".encode(), content_type)
    assert [child.tag for child in root] == ["Say"]
    assert text_of(root[0]) == "héllo 😀"


def test_exactly_the_largest_document_is_read() -> None:
    body = b"<Response>" + b" " * (LARGEST - 21) + b"</Response>"
    assert len(body) == LARGEST
    assert parse(body).tag == "Response"


def test_addresses_are_resolved_against_the_document() -> None:
    document = Document("http://h/api/twilio/voice?x=1", parse(b"<Response/>"))
    assert document.resolve("heard?turn=1") == "http://h/api/twilio/heard?turn=1"
    assert document.resolve("/a") == "http://h/a"
    assert document.resolve("https://other/a") == "https://other/a"
    assert document.resolve(None) == document.url
    assert document.resolve(" ") == document.url


def test_a_refusal_names_the_address() -> None:
    with pytest.raises(Refusal) as caught:
        read_document(Answer("http://h/voice", 200, "text/xml", {}, b""))
    assert caught.value.url == "http://h/voice"


def test_text_includes_what_is_marked_up_and_collapses_spaces() -> None:
    root = parse(b"<Response><Say> a <emphasis>b\n c</emphasis> d </Say></Response>")
    assert text_of(root[0]) == "a b c d"


def code_of(body: bytes) -> int | None:
    try:
        parse(body)
    except Refusal as refusal:
        return refusal.code
    return None


@given(st.binary(max_size=2000) | st.text(max_size=500).map(str.encode))
def test_no_bytes_whatever_crash_the_parser(body: bytes) -> None:
    assert code_of(body) in {None, 11770, 12100, 12102}


MARKUP = ["<Say>", "</Say>", "<Gather a='b'>", "</Gather>", "x", "&amp;", "&#0;", "<!--", "-->"]


@given(st.lists(st.sampled_from(MARKUP)))
def test_no_jumble_of_markup_crashes_the_parser(parts: list[str]) -> None:
    assert code_of(f"<Response>{''.join(parts)}</Response>".encode()) in {None, 12100}


def test_deep_nesting_is_read_without_recursion() -> None:
    depth = 9_000
    parse(b"<Response>" + b"<s>" * depth + b"</s>" * depth + b"</Response>")
