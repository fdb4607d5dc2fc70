from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientsvia.simulator import Step
from clientsvia.simulator.performance import APOLOGY
from tests.simulator.webhook_server import WebhookServer, answer, codes, placed, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import Handler


@pytest.mark.parametrize(
    ("code", "prepared"),
    [
        (11217, answer(status=500)),
        (11750, answer(b"<Response>" + b" " * 70_000 + b"</Response>")),
        (11770, answer(b"")),
        (12100, answer("<Response><Say>a & b</Say></Response>")),
        (12102, answer("<Answer/>")),
        (12300, answer("<Response/>", content_type="text/plain")),
    ],
)
async def test_without_a_fallback_the_caller_hears_that_an_application_error_occurred(
    server: WebhookServer, code: int, prepared: Handler
) -> None:
    server.on("/voice", prepared)
    result = await placed(server)
    assert codes(result) == [(code, "fatal")]
    assert result.outcome == "failed"
    assert result.said("twilio") == [APOLOGY]
    assert not result.ok


async def test_the_fallback_is_told_the_error_and_goes_on_with_the_call(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml("<Redirect>/broken?x=1</Redirect>"))
    server.on("/broken", answer("oops", content_type="text/html"))
    server.on("/fallback", twiml("<Say>One moment please.</Say>"))
    result = await placed(server, fallback_url="/fallback")
    form = server.at("/fallback")[0].form
    assert form["ErrorCode"] == "12300"
    assert form["ErrorUrl"] == server.url("/broken?x=1")
    assert form["CallSid"] == result.call_sid
    assert (result.outcome, result.said()) == ("completed", ["One moment please."])
    assert codes(result) == [(12300, "fatal")]


async def test_a_fallback_that_fails_too_is_the_end(server: WebhookServer) -> None:
    server.on("/voice", answer(status=503))
    server.on("/fallback", answer(b""))
    result = await placed(server, fallback_url="/fallback", fallback_method="GET")
    assert codes(result) == [(11217, "fatal"), (11770, "fatal")]
    assert result.outcome == "failed"
    assert server.at("/fallback")[0].method == "GET"


async def test_a_circle_of_documents_is_broken(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Redirect>/voice</Redirect>"))
    result = await placed(server, max_documents=20)
    assert result.outcome == "stopped"
    assert len(server.asked) == 20
    assert "circle" in result.problems[0].message


async def test_unknown_verbs_are_warned_of_and_passed_over(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Sing>la</Sing><Say>Hello.</Say>"))
    result = await placed(server)
    assert codes(result) == [(12200, "warning")]
    assert result.said() == ["Hello."]
    assert result.ok


async def test_a_verb_the_simulator_does_not_play_is_an_error(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Enqueue>support</Enqueue><Say>Hello.</Say>"))
    result = await placed(server)
    assert codes(result) == [(0, "error")]
    assert "<Enqueue>" in result.problems[0].message


async def test_an_empty_document_ends_the_call(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    result = await placed(server)
    assert (result.outcome, result.seconds) == ("completed", 0)


NUMBERS = st.sampled_from(["0", "1", "3", "-1", "auto", "", "x", "9" * 5000, "²", "٣"])
WORDS = st.sampled_from(["", "hello", "+12395550142", "/voice", "http://[", "😀", "a b"])
NAMES = ["timeout", "speechTimeout", "numDigits", "loop", "length", "maxLength", "timeLimit"]
ATTRIBUTES = st.dictionaries(st.sampled_from(NAMES), NUMBERS, max_size=3).flatmap(
    lambda some: st.dictionaries(
        st.sampled_from(["input", "action", "url", "callerId", "digits", "finishOnKey"]),
        WORDS | st.just("dtmf speech"),
        max_size=2,
    ).map(lambda others: some | others)
)
TAGS = "Say Play Pause Gather Record Dial Number Client Redirect Reject Hangup Queue x".split()


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def written(tag: str, attributes: dict[str, str], content: str) -> str:
        carried = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return f"<{tag}{carried}>{content}</{tag}>"

    return st.builds(written, st.sampled_from(TAGS), ATTRIBUTES, inside)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(element(element(WORDS) | WORDS), min_size=1, max_size=4))
async def test_whatever_a_document_holds_the_call_comes_to_an_end(
    server: WebhookServer, verbs: list[str]
) -> None:
    server.on("/voice", twiml(*verbs))
    steps = (Step(say="hello [2] there", interrupt=True), Step(press="12#"), Step(wait=3))
    result = await placed(server, *steps, max_documents=6, max_seconds=600)
    assert result.seconds <= 600
    assert result.as_dict()["outcome"] == result.outcome


async def test_the_call_is_in_progress_once_it_is_answered(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Pause/><Redirect>/next</Redirect>"))
    server.on("/next", twiml())
    await placed(server, Step(wait=1))
    assert [asked.form["CallStatus"] for asked in server.asked] == ["ringing", "in-progress"]
