from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from clientsvia.simulator import RealClock, Recognition, Script, Step, place_call
from tests.simulator.webhook_server import answer, codes, placed, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import WebhookServer

PROMPT = "<Say>How can I help you?</Say>"
PROMPT_SECONDS = 19 / 14


def gather(attributes: str = "", inside: str = PROMPT) -> str:
    return f'<Gather input="dtmf speech" action="/heard" {attributes}>{inside}</Gather>'


async def test_what_the_caller_says_is_sent_to_the_action(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('speechTimeout="auto" language="en-GB"')))
    server.on("/heard", twiml())
    await placed(server, Step(say="Are you open?", confidence=0.42))
    form = server.at("/heard")[0].form
    assert form["SpeechResult"] == "Are you open?"
    assert float(form["Confidence"]) == 0.42
    assert form["Language"] == "en-GB"
    assert "Digits" not in form
    assert form["CallStatus"] == "in-progress"


async def test_the_recogniser_may_hear_something_else(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('speechTimeout="1"')))
    server.on("/heard", twiml())
    result = await placed(server, Step(say="for Tuesday", heard="four Tuesday"))
    assert server.at("/heard")[0].form["SpeechResult"] == "four Tuesday"
    assert 0 < float(server.at("/heard")[0].form["Confidence"]) <= 1
    assert result.said("caller") == ["for Tuesday"]


@pytest.mark.parametrize(
    ("attributes", "silence"),
    [
        ('speechTimeout="2"', 2.0),
        ('speechTimeout="auto"', 1.2),
        ('timeout="8"', 8.0),
        ("", 5.0),
        ('speechTimeout="2" speechModel="deepgram_nova-3"', 2.0),
    ],
)
async def test_the_final_comes_when_the_caller_has_been_silent_long_enough(
    server: WebhookServer, attributes: str, silence: float
) -> None:
    server.on("/voice", twiml(gather(attributes)))
    server.on("/heard", twiml())
    result = await placed(server, Step(say="Are you open?"))
    spoken = next(line for line in result.conversation if line.who == "caller")
    assert result.asked("gather")[0].at - spoken.until == pytest.approx(silence, abs=0.01)
    assert result.problems == ()


@pytest.mark.parametrize(
    "attributes",
    [
        'speechTimeout="auto" speechModel="phone_call"',
        'speechTimeout="0"',
        'speechTimeout="1.5"',
        'speechTimeout="-1"',
        'speechTimeout=""',
        'speechTimeout="AUTO"',
    ],
)
async def test_a_speech_timeout_twilio_refuses_is_13327_and_the_timeout_holds(
    server: WebhookServer, attributes: str
) -> None:
    server.on("/voice", twiml(gather(attributes + ' timeout="7"')))
    server.on("/heard", twiml())
    result = await placed(server, Step(say="hello"))
    assert codes(result) == [(13327, "error")]
    spoken = next(line for line in result.conversation if line.who == "caller")
    assert result.asked("gather")[0].at - spoken.until == pytest.approx(7, abs=0.01)
    assert not result.ok


async def test_silence_falls_through_to_the_next_verb(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('timeout="4"'), "<Say>Are you there?</Say>"))
    result = await placed(server)
    assert result.said() == ["How can I help you?", "Are you there?"]
    assert result.conversation[1].at == pytest.approx(PROMPT_SECONDS + 4, abs=0.01)
    assert not server.at("/heard")


async def test_silence_is_sent_when_the_empty_result_is_asked_for(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('actionOnEmptyResult="true"')))
    server.on("/heard", twiml("<Hangup/>"))
    await placed(server)
    assert server.at("/heard")[0].form["SpeechResult"] == ""
    assert "Confidence" not in server.at("/heard")[0].form


async def test_without_an_action_the_document_itself_is_asked_again(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Gather numDigits="1"/>'), twiml())
    await placed(server, Step(press="5"))
    assert [form.get("Digits") for form in server.forms("/voice")] == [None, "5"]


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits", "seconds"),
    [
        ('numDigits="1"', "7", "7", 0.25),
        ('numDigits="2"', "789", "78", 0.5),
        ("", "12#", "12", 0.75),
        ("", "12", "12", 5.5),
        ('finishOnKey="*" timeout="3"', "1#*", "1#", 0.75),
        ('finishOnKey="" timeout="3"', "1#", "1#", 3.5),
    ],
)
async def test_digits_end_by_number_by_key_or_by_silence(
    server: WebhookServer, attributes: str, pressed: str, digits: str, seconds: float
) -> None:
    server.on("/voice", twiml(gather(attributes)))
    server.on("/heard", twiml())
    result = await placed(server, Step(press=pressed))
    assert server.at("/heard")[0].form["Digits"] == digits
    assert "SpeechResult" not in server.at("/heard")[0].form
    assert result.asked("gather")[0].at == pytest.approx(PROMPT_SECONDS + 0.5 + seconds, abs=0.01)


async def test_the_finishing_key_alone_is_no_input(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather(), "<Say>next</Say>"))
    result = await placed(server, Step(press="#"))
    assert result.said()[-1] == "next"


@pytest.mark.parametrize(
    "step", [Step(say="Stop", interrupt=True), Step(press="1", interrupt=True)]
)
async def test_the_caller_interrupts_the_prompt(server: WebhookServer, step: Step) -> None:
    server.on("/voice", twiml(gather('numDigits="1" speechTimeout="1"', PROMPT * 2)))
    server.on("/heard", twiml())
    result = await placed(server, step)
    assert result.said()[0] == "How can"
    assert result.conversation[0].cut
    assert len(result.said()) == 1
    assert result.conversation[1].at == 0.5


async def test_without_barge_in_the_prompt_is_heard_to_its_end(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('bargeIn="false" speechTimeout="1"')))
    server.on("/heard", twiml())
    result = await placed(server, Step(say="Stop", interrupt=True))
    assert result.said()[0] == "How can I help you?"
    assert server.at("/heard")[0].form["SpeechResult"] == "Stop"


async def test_partials_come_in_order_while_the_caller_speaks(server: WebhookServer) -> None:
    server.on(
        "/voice",
        twiml(gather('speechTimeout="auto" partialResultCallback="/partial?turn=3"')),
    )
    server.on("/partial", twiml())
    server.on("/heard", twiml())
    said = "I would like to book a visit for Tuesday afternoon"
    result = await placed(server, Step(say=said))

    paths = [asked.path for asked in server.asked]
    assert paths == ["/voice", *["/partial"] * (len(paths) - 2), "/heard"]
    forms = list(server.forms("/partial"))
    assert [form["SequenceNumber"] for form in forms] == [str(n) for n in range(len(forms))]
    assert forms[-1]["UnstableSpeechResult"] == said
    assert all(said.startswith(form["StableSpeechResult"]) for form in forms)
    assert {"Stability", "Language", "CallSid", "From"} <= forms[0].keys()
    assert len(forms[0]) == 32
    assert {asked.query for asked in server.at("/partial")} == {"turn=3"}
    moments = [exchange.at for exchange in result.asked("partial")]
    assert min(b - a for a, b in pairwise(moments)) == pytest.approx(0.3)


async def test_late_partials_come_after_the_final(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('speechTimeout="auto" partialResultCallback="/partial"')))
    server.on("/partial", twiml())
    server.on("/heard", twiml("<Say>One moment please.</Say>"))
    late = Recognition(late=1, lateness=2)
    await placed(server, Step(say="Are you open on Monday?"), recognition=late)
    paths = [asked.path for asked in server.asked]
    assert "/partial" in paths[paths.index("/heard") :]


async def test_what_partials_answer_is_ignored_and_their_failure_survived(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml(gather('speechTimeout="auto" partialResultCallback="/partial"')))
    server.on("/partial", "this is no TwiML", answer(status=500))
    server.on("/heard", twiml("<Say>Yes.</Say>"))
    result = await placed(server, Step(say="Are you open?"))
    assert result.said()[-1] == "Yes."
    assert set(codes(result)) == {(11217, "error")}


async def test_in_real_time_partials_do_not_wait_for_each_other(server: WebhookServer) -> None:
    going = 0
    together = 0

    async def slow(_: web.Request) -> web.StreamResponse:
        nonlocal going, together
        going += 1
        together = max(together, going)
        await asyncio.sleep(0.1)
        going -= 1
        return web.Response(status=204)

    server.on("/voice", twiml(gather('speechTimeout="1" partialResultCallback="/partial"', "")))
    server.on("/partial", slow)
    server.on("/heard", twiml())
    script = Script(steps=(Step(say="Could you tell me whether you are open?"),))
    result = await place_call(script, url=server.url(), clock=RealClock(20))
    assert together > 1
    assert result.problems == ()


async def test_a_pause_longer_than_the_speech_timeout_cuts_the_caller_off(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml(gather('speechTimeout="1"')))
    server.on(
        "/heard", twiml(gather('speechTimeout="1"', "<Say>Tuesday it is, at nine.</Say>")), twiml()
    )
    result = await placed(server, Step(say="book me for Tuesday [1.5] no wait Thursday"))
    assert [form["SpeechResult"] for form in server.forms("/heard")] == [
        "book me for Tuesday",
        "no wait Thursday",
    ]
    assert result.said()[1] == "Tuesday"


async def test_a_pause_shorter_than_the_speech_timeout_does_not(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('speechTimeout="2"')))
    server.on("/heard", twiml())
    await placed(server, Step(say="book me for Tuesday [1.5] no wait Thursday"))
    assert server.at("/heard")[0].form["SpeechResult"] == "book me for Tuesday no wait Thursday"


async def test_a_turn_holds_a_minute_of_speech(server: WebhookServer) -> None:
    server.on("/voice", twiml(gather('speechTimeout="1"')))
    server.on("/heard", twiml("<Hangup/>"))
    await placed(server, Step(say="word " * 400))
    heard = server.at("/heard")[0].form["SpeechResult"]
    assert 150 < len(heard.split()) < 200


async def test_what_is_not_taken_is_not_heard(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Gather action="/heard"/>'))
    result = await placed(server, Step(say="hello"))
    assert result.unsaid == ("say 'hello'",)
    assert not result.ok
    assert not server.at("/heard")


async def test_nested_play_and_pause_are_prompts(server: WebhookServer) -> None:
    inside = '<Pause length="2"/><Play>/a.ulaw</Play><Say>Hi</Say>'
    server.on("/voice", twiml(gather('timeout="1"', inside)))
    server.on("/a.ulaw", answer(b"x" * 8000, content_type="audio/ulaw"))
    result = await placed(server)
    assert result.seconds == pytest.approx(2 + 1 + 2 / 14 + 1, abs=0.01)


async def test_a_get_is_a_get(server: WebhookServer) -> None:
    server.on(
        "/voice",
        twiml(
            gather(
                'method="GET" speechTimeout="1" partialResultCallback="/partial" '
                'partialResultCallbackMethod="GET"'
            )
        ),
    )
    server.on("/heard", twiml())
    server.on("/partial", twiml())
    await placed(server, Step(say="Are you open?"))
    assert {asked.method for asked in server.asked[1:]} == {"GET"}
    assert "SpeechResult=Are+you+open%3F" in server.at("/heard")[0].query
