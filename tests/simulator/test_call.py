from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web
from twilio.request_validator import RequestValidator

from clientsvia.simulator import Recognition, Script, Step, VirtualClock, place_call
from clientsvia.simulator.caller import Scripted
from tests.simulator.webhook_server import answer, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import WebhookServer

TOKEN = "12345"


async def test_a_caller_is_greeted_asks_and_is_answered(server: WebhookServer) -> None:
    server.on(
        "/voice",
        twiml(
            '<Gather input="speech" action="/heard?turn=1" speechTimeout="auto" '
            'partialResultCallback="/partial?turn=1"><Say>Hello, how can I help?</Say></Gather>'
        ),
    )
    server.on("/heard", twiml("<Say>We open at nine.</Say>", "<Hangup/>"))
    server.on("/partial", twiml())
    script = Script(
        steps=(Step(say="When do you open on Monday?", expect=("nine",)),), status_url="/status"
    )
    server.on("/status", twiml())

    result = await place_call(script, url=server.url(), clock=VirtualClock(), token=TOKEN)

    assert result.problems == ()
    assert result.ok
    assert result.outcome == "completed"
    assert result.said() == ["Hello, how can I help?", "We open at nine."]
    heard = server.at("/heard")[0]
    assert heard.form["SpeechResult"] == "When do you open on Monday?"
    sequence = [form["SequenceNumber"] for form in server.forms("/partial")]
    assert sequence == [str(number) for number in range(len(sequence))]
    assert len(sequence) > 3
    validator = RequestValidator(TOKEN)
    for asked in server.asked:
        url = server.url(asked.path) + (f"?{asked.query}" if asked.query else "")
        assert validator.validate(url, asked.form, asked.headers["x-twilio-signature"])


async def test_equal_seeds_make_equal_calls(server: WebhookServer) -> None:
    server.on(
        "/voice", twiml('<Gather input="speech" action="/heard" partialResultCallback="/p"/>')
    )
    server.on("/heard", twiml())
    server.on("/p", twiml())
    script = Script(
        seed=3,
        steps=(Step(say="Are you open on Monday afternoon?"),),
        recognition=Recognition(errors=0.3, doubled=0.3, late=0.3),
    )
    first = await place_call(script, url=server.url())
    second = await place_call(script, url=server.url())
    assert first.call_sid == second.call_sid
    assert first.conversation == second.conversation
    assert [dict(one.parameters) for one in first.requests] == [
        dict(one.parameters) for one in second.requests
    ]


async def test_without_a_seed_each_call_is_new(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    first = await place_call(Script(), url=server.url())
    second = await place_call(Script(), url=server.url())
    assert first.call_sid != second.call_sid


async def test_the_status_callback_tells_how_long_the_call_was(server: WebhookServer) -> None:
    server.on("/calls/voice", twiml('<Pause length="61"/>'))
    server.on("/calls/status", answer(status=204))
    result = await place_call(
        Script(status_url="status"),
        url=server.url("/calls/voice"),
        started=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        person=Scripted([], hangs_up=False),
    )
    form = server.at("/calls/status")[0].form
    assert (form["CallStatus"], form["CallDuration"], form["Duration"]) == ("completed", "61", "2")
    assert form["Timestamp"] == "Sun, 22 Nov 2026 08:01:01 +0000"
    assert form["SequenceNumber"] == "0"
    assert result.seconds == 61
    assert result.ok


async def test_a_status_callback_that_fails_is_an_error(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    result = await place_call(Script(status_url="/nowhere"), url=server.url())
    assert [(one.code, one.level) for one in result.problems] == [(11217, "error")]


async def test_a_call_to_nobody_is_11200_and_the_caller_hears_of_an_application_error() -> None:
    result = await place_call(Script(), url="http://127.0.0.1:1/voice")
    assert [(one.code, one.level) for one in result.problems] == [(11200, "fatal")]
    assert result.outcome == "failed"
    assert result.requests[0].status is None


async def test_a_call_can_be_a_get(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    await place_call(Script(method="GET"), url=server.url(), token=TOKEN)
    asked = server.asked[0]
    assert (asked.method, asked.form) == ("GET", {})
    url = server.url(f"/voice?{asked.query}")
    assert RequestValidator(TOKEN).validate(url, {}, asked.headers["x-twilio-signature"])


async def test_parameters_can_be_left_out_as_the_documents_own_test_does(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml())
    without = dict.fromkeys(("From", "To"))
    await place_call(Script(parameters=without), url=server.url())
    form = server.asked[0].form
    assert "From" not in form
    assert form["Caller"] == "+12395550123"


async def test_a_server_behind_a_public_address_is_reached_where_it_listens(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml("<Redirect>https://calls.example/next</Redirect>"))
    server.on("/next", twiml("<Say>Here.</Say>"))
    result = await place_call(
        Script(), url="https://calls.example/voice", listener=server.origin, token=TOKEN
    )
    assert result.said() == ["Here."]
    signature = server.at("/next")[0].headers["x-twilio-signature"]
    form = server.at("/next")[0].form
    assert RequestValidator(TOKEN).validate("https://calls.example/next", form, signature)


async def test_cookies_are_kept_for_the_call(server: WebhookServer) -> None:
    async def sets(_: web.Request) -> web.StreamResponse:
        response = web.Response(text=twiml("<Redirect>/next</Redirect>"), content_type="text/xml")
        response.set_cookie("seen", "yes")
        return response

    server.on("/voice", sets)
    server.on("/next", twiml())
    await place_call(Script(), url=server.url())
    assert server.at("/next")[0].headers["cookie"] == "seen=yes"


async def test_whoever_watches_sees_each_line_as_it_begins(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Say>Hello.</Say><Hangup/>"))
    seen: list[tuple[str, str]] = []
    await place_call(
        Script(), url=server.url(), observe=lambda line: seen.append((line.who, line.kind))
    )
    assert seen == [("agent", "says"), ("agent", "hangs up")]
