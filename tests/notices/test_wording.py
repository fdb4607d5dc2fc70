from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.ringing.transfer import Outcome
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.segments import MOST, segments
from clientsvia.notices.wording import LONGEST_SUBJECT, OUTCOMES, Wording, payload, word
from tests.notices.samples import AT, MESSAGE, company, notice

HIDDEN = {"call_sid": "CA1", "caller": "anonymous"}


def told(kind: NoticeKind, data: dict[str, Any], **fields: Any) -> Wording:
    return word(notice(kind=kind, data=data, **fields), company())


def test_a_message_says_who_wants_what_when_and_how_to_call_back() -> None:
    words = word(notice(data=MESSAGE | {"summary": "Asked for prices first."}), company())

    assert words.subject == "Message from Jo Berg: my sink leaks"
    assert words.body == (
        "Jo Berg left a message for Gulf Breeze Plumbing.\n"
        "\n"
        "They want:\n"
        "  my sink leaks\n"
        "\n"
        "The call:\n"
        "  Asked for prices first.\n"
        "\n"
        "Call back:  (239) 555-0161  tel:+12395550161\n"
        "Called from:  (239) 555-0160\n"
        "When:  Wednesday, 18 November 2026, 10:00 EST\n"
        "Urgent:  no\n"
        "\n"
        "More:  clientsvia messages show CA1\n"
    )
    assert words.sms == "Jo Berg, (239) 555-0161, 10:00: my sink leaks"


def test_an_urgent_message_says_so_first() -> None:
    words = word(notice(urgent=True), company())
    assert words.subject.startswith("URGENT: Message from")
    assert words.sms.startswith("URGENT: ")
    assert "Urgent:  yes" in words.body


def test_a_recording_nobody_understood_is_told_with_its_length() -> None:
    words = told(NoticeKind.MESSAGE, {"caller": "+12395550160", "call_sid": "CA1", "seconds": 45})
    assert words.subject == "Message from (239) 555-0160"
    assert "Recording:  45 seconds" in words.body
    assert "see your message box" in words.sms


def test_a_message_tells_what_else_went_wrong() -> None:
    data = MESSAGE | {"target": "Sam", "outcome": "busy", "complete": False, "transcript": "hm"}
    words = word(notice(data=data), company())
    assert "Asked for:  Sam, but the line was busy" in words.body
    assert "did not finish the message" in words.body
    assert "In their words:\n  hm" in words.body


def test_who_hides_their_number_cannot_be_called_back() -> None:
    words = told(NoticeKind.MESSAGE, HIDDEN | {"reason": "help"})
    assert words.subject == "Message from a hidden number: help"
    assert "Call back:  not possible" in words.body
    assert "tel:" not in words.body


def test_a_missed_transfer_says_for_whom_and_why() -> None:
    words = told(NoticeKind.MISSED, MESSAGE | {"target": "the plumber", "outcome": "no-answer"})
    assert words.subject == "Missed call for the plumber from Jo Berg"
    assert (
        "called Gulf Breeze Plumbing, and the plumber was rung, but nobody answered." in words.body
    )
    assert "tel:+12395550161" in words.body
    assert "clientsvia calls show CA1" in words.body
    expected = "Missed call for the plumber: Jo Berg, (239) 555-0161, 10:00 (nobody answered)"
    assert words.sms == expected


def test_that_nobody_took_an_urgent_call_says_so_first() -> None:
    data = MESSAGE | {"target": "the plumber", "summary": "Urgent: \u201ca burst pipe\u201d."}
    words = told(NoticeKind.MISSED, data, urgent=True)
    assert words.subject.startswith("URGENT: Missed call for the plumber")
    assert words.sms.startswith("URGENT: Missed call for the plumber")
    assert "a burst pipe" in words.body


def test_every_outcome_but_a_good_one_has_its_words() -> None:
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome} - {Outcome.ACCEPTED.value}


@pytest.mark.parametrize(
    ("target", "then"),
    [("Sam", "Sam is being rung"), ("", "nobody is rung for it: call back at once")],
)
def test_an_urgent_call_tells_the_words_and_who_is_rung(target: str, then: str) -> None:
    data = {"caller": "+12395550160", "words": "a pipe burst", "target": target}
    words = told(NoticeKind.URGENT, data, urgent=True)
    assert words.subject == "URGENT call from (239) 555-0160: a pipe burst"
    assert then.lower() in words.body.lower()
    assert words.sms == f"URGENT 10:00, (239) 555-0160: a pipe burst. {then}"


@pytest.mark.parametrize(("percent", "then"), [(80, "When all of it is spent"), (100, "until")])
def test_spending_is_told_with_what_follows(percent: int, then: str) -> None:
    words = told(
        NoticeKind.USAGE,
        {"month": "2026-11", "percent": percent, "cap_usd": 10.0, "spent_usd": 8.1},
    )
    assert words.subject == f"{percent} % of the month's 10.00 USD are spent"
    assert "has spent 8.10 of 10.00 USD on models and voices in 2026-11" in words.body
    assert then in words.body
    assert "No call is refused." in words.body
    assert "clientsvia usage --company demo" in words.body


def test_a_test_says_that_there_is_nothing_to_do() -> None:
    words = told(NoticeKind.TEST, {})
    assert words.subject == "A test for Gulf Breeze Plumbing"
    assert "nothing to do" in words.body


def test_a_digest_lists_the_day() -> None:
    line = {"at": AT.isoformat(), "number": "+12395550160", "name": "Jo", "about": "a leak"}
    messages = [line | {"state": "new"}, line | {"state": "done", "name": "Al"}]
    missed = [line | {"about": "asked for Sam"}] * 31
    day: dict[str, Any] = {
        "since": "2026-11-17T15:00:00+00:00",
        "until": AT.isoformat(),
        "calls": 1,
    }
    words = told(NoticeKind.DIGEST, day | {"messages": messages, "missed": missed})

    assert words.subject == (
        "Gulf Breeze Plumbing: 1 call, 2 messages, 1 not read yet, 31 missed transfers"
    )
    assert "from Tuesday, 17 November 2026, 10:00 EST to Wednesday, 18 November" in words.body
    assert "Messages, new:\n  10:00  (239) 555-0160  Jo a leak\n" in words.body
    assert "Messages, done:\n  10:00  (239) 555-0160  Al a leak\n" in words.body
    assert "  and 1 more\n" in words.body
    assert "clientsvia messages list demo" in words.body


def test_a_quiet_day_has_a_short_digest() -> None:
    day: dict[str, Any] = {"since": AT.isoformat(), "until": AT.isoformat(), "calls": 2}
    words = told(NoticeKind.DIGEST, day | {"messages": [], "missed": []})
    assert words.subject == "Gulf Breeze Plumbing: 2 calls, 0 messages"
    assert "Missed" not in words.body


def test_the_operator_is_told_how_often_and_what_to_do() -> None:
    data = {
        "what": "Webhooks are refused for their signature",
        "company": "demo",
        "count": 3,
        "since": AT.isoformat(),
        "found": "no X-Twilio-Signature",
        "remedy": "see clientsvia doctor",
    }
    words = word(notice(company="", kind=NoticeKind.OPERATOR, data=data), None)
    assert words.subject == "Webhooks are refused for their signature (demo)"
    assert "How often:  at least 3 since 2026-11-18 15:00 UTC" in words.body
    assert "Found:  no X-Twilio-Signature" in words.body
    assert words.body.endswith("What to do:  see clientsvia doctor\n")


def test_another_program_gets_all_of_it() -> None:
    data = orjson.loads(orjson.dumps(payload(notice(urgent=True))))
    assert data == {
        "type": "message",
        "timestamp": "2026-11-18T15:00:00+00:00",
        "company": "demo",
        "key": "message:CA1",
        "urgent": True,
        "data": MESSAGE,
    }


@given(
    st.sampled_from([NoticeKind.MESSAGE, NoticeKind.MISSED, NoticeKind.URGENT]),
    st.dictionaries(
        st.sampled_from(["name", "number", "reason", "caller", "words", "target", "outcome"]),
        st.text(max_size=400) | st.none(),
    ),
)
def test_whatever_callers_say_makes_a_subject_of_one_line_and_a_message_that_fits(
    kind: NoticeKind, data: dict[str, Any]
) -> None:
    words = told(kind, data)
    assert words.subject.isprintable()
    assert len(words.subject) <= LONGEST_SUBJECT
    assert segments(words.sms) <= MOST
    assert words.sms.isprintable()
