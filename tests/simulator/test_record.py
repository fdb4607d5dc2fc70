from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clientsvia.simulator import Step
from tests.simulator.webhook_server import answer, placed, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import WebhookServer

MESSAGE = "Please call me back about the leaking tap"


def record(attributes: str = "") -> str:
    return twiml(f'<Record action="/recorded" {attributes}/>', "<Say>No message.</Say>")


async def test_a_message_is_recorded_until_silence(server: WebhookServer) -> None:
    server.on("/voice", record('timeout="4"'))
    server.on("/recorded", twiml())
    result = await placed(server, Step(say=MESSAGE))

    form = server.at("/recorded")[0].form
    recording = result.recordings[0]
    assert re.fullmatch("RE[0-9a-f]{32}", form["RecordingSid"])
    assert form["RecordingUrl"].endswith(form["RecordingSid"])
    assert (form["RecordingUrl"], form["RecordingDuration"]) == (
        recording.url,
        str(recording.seconds),
    )
    assert form["Digits"] == ""
    assert recording.text == MESSAGE
    spoken = next(line for line in result.conversation if line.who == "caller")
    assert result.asked("record")[0].at - spoken.until == pytest.approx(4, abs=0.01)


async def test_the_longest_length_ends_it(server: WebhookServer) -> None:
    server.on("/voice", record('maxLength="2"'))
    server.on("/recorded", twiml())
    result = await placed(server, Step(say=MESSAGE))
    assert server.at("/recorded")[0].form["RecordingDuration"] == "2"
    assert MESSAGE.startswith(result.recordings[0].text)
    assert result.recordings[0].text != MESSAGE


@pytest.mark.parametrize(("finish", "digits"), [("", "#"), ('finishOnKey="*"', "*")])
async def test_a_key_ends_it(server: WebhookServer, finish: str, digits: str) -> None:
    server.on("/voice", record(finish))
    server.on("/recorded", twiml())
    await placed(server, Step(say=MESSAGE), Step(press=digits))
    assert server.at("/recorded")[0].form["Digits"] == digits


async def test_another_key_does_not(server: WebhookServer) -> None:
    server.on("/voice", record('finishOnKey="*"'))
    server.on("/recorded", twiml())
    await placed(server, Step(say=MESSAGE), Step(press="1"))
    assert server.at("/recorded")[0].form["Digits"] == ""


async def test_hanging_up_ends_the_call_and_still_asks_the_action(server: WebhookServer) -> None:
    server.on("/voice", record())
    server.on("/recorded", twiml("<Say>never heard</Say>"))
    server.on("/status", answer(status=204))
    result = await placed(
        server, Step(say=MESSAGE), Step(hang_up="recording"), status_url="/status"
    )
    form = server.at("/recorded")[0].form
    assert (form["Digits"], form["CallStatus"]) == ("hangup", "completed")
    assert result.outcome == "hung-up"
    assert result.said() == []
    assert result.problems == ()
    assert [asked.path for asked in server.asked] == ["/voice", "/recorded", "/status"]


async def test_silence_alone_is_no_recording(server: WebhookServer) -> None:
    server.on("/voice", record())
    result = await placed(server)
    assert result.said() == ["No message."]
    assert result.recordings == ()
    assert not server.at("/recorded")


@pytest.mark.parametrize(("beep", "seconds"), [("", 0.5), ('playBeep="false"', 0.0)])
async def test_a_beep_comes_first_unless_it_is_not_wanted(
    server: WebhookServer, beep: str, seconds: float
) -> None:
    server.on("/voice", record(f'{beep} timeout="3"'))
    result = await placed(server)
    assert result.conversation[-2].at == pytest.approx(seconds + 3)


async def test_callbacks_tell_when_the_file_and_its_text_are_ready(server: WebhookServer) -> None:
    server.on(
        "/voice",
        record(
            'timeout="2" recordingStatusCallback="/ready" transcribe="true" '
            'transcribeCallback="/text" recordingStatusCallbackMethod="GET"'
        ),
    )
    for path in ("/recorded", "/ready", "/text"):
        server.on(path, twiml())
    result = await placed(server, Step(say=MESSAGE))
    sid = result.recordings[0].sid
    assert [asked.path for asked in server.asked] == ["/voice", "/recorded", "/ready", "/text"]
    ready = result.asked("recording-status")[0].parameters
    assert (ready["RecordingSid"], ready["RecordingStatus"]) == (sid, "completed")
    assert server.at("/ready")[0].method == "GET"
    text = server.at("/text")[0].form
    assert (text["TranscriptionText"], text["RecordingSid"]) == (MESSAGE, sid)


async def test_a_recording_that_is_too_long_is_not_transcribed(server: WebhookServer) -> None:
    server.on("/voice", record('transcribeCallback="/text" maxLength="200"'))
    server.on("/recorded", twiml())
    result = await placed(server, Step(say="word " * 400))
    assert result.recordings[0].seconds > 120
    assert [asked.path for asked in server.asked] == ["/voice", "/recorded"]
