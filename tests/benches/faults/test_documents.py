from __future__ import annotations

import pytest

from benches.faults.documents import read

XML = "text/xml; charset=utf-8"


def test_a_question_is_read_with_where_its_answer_goes() -> None:
    document = read(
        0.1,
        200,
        XML,
        b'<Response><Gather input="dtmf speech" action="/a" partialResultCallback="/p">'
        b"<Play>http://x/audio/1</Play><Say>Hello  there.</Say></Gather>"
        b"<Redirect>/again</Redirect></Response>",
    )
    assert document.wrong == ()
    assert document.spoken == (("Play", "http://x/audio/1"), ("Say", "Hello there."))
    assert (document.end, document.action, document.partial) == ("Gather", "/a", "/p")


def test_a_filler_leads_on() -> None:
    document = read(
        0.1, 200, XML, b"<Response><Say>One moment.</Say><Redirect>/c</Redirect></Response>"
    )
    assert (document.end, document.action) == ("Redirect", "/c")


@pytest.mark.parametrize(
    ("status", "kind", "body", "says"),
    [
        (500, XML, b"<Response><Hangup/></Response>", "HTTP 500"),
        (200, "text/html", b"<Response><Hangup/></Response>", "text/html"),
        (200, XML, b"<Response><Hangup></Response>", "not well-formed"),
        (200, XML, b"", "empty"),
        (200, XML, b"<Response/>", "nothing to do"),
        (200, XML, b"<Response><Say>Hello.</Say></Response>", "nothing to do"),
        (200, XML, b'<Response><Dial wrong="1">+1</Dial></Response>', "wrong"),
    ],
)
def test_what_twilio_could_not_use_is_told(status: int, kind: str, body: bytes, says: str) -> None:
    assert any(says in wrong for wrong in read(0.1, status, kind, body).wrong)
