from __future__ import annotations

import pytest

from clientsvia.simulator import Step
from tests.simulator.webhook_server import WebhookServer, answer, codes, placed, twiml


async def test_say_takes_as_long_as_it_is(server: WebhookServer) -> None:
    server.on("/voice", twiml(f"<Say>{'word ' * 28}</Say>"))
    result = await placed(server)
    assert result.seconds == pytest.approx(139 / 14, abs=0.001)
    assert result.outcome == "completed"


async def test_say_is_repeated_as_asked(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Say loop="3">again</Say>'))
    assert (await placed(server)).said() == ["again"] * 3


async def test_endless_repetition_ends_with_the_call(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Say loop="0">again and again</Say>'))
    result = await placed(server, max_seconds=30)
    assert result.outcome == "stopped"
    assert result.seconds == 30


@pytest.mark.parametrize(("length", "problems"), [(3000, []), (3001, [(13521, "error")])])
async def test_a_say_over_3000_characters_is_13521(
    server: WebhookServer, length: int, problems: list[tuple[int, str]]
) -> None:
    server.on("/voice", twiml(f"<Say>{'x' * length}</Say><Say>after</Say>"))
    result = await placed(server)
    assert codes(result) == problems
    assert result.said()[-1] == "after"


async def test_play_fetches_the_file_relative_to_the_document(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Play>audio/a.ulaw</Play><Play>/audio/a.ulaw</Play>"))
    server.on("/audio/a.ulaw", answer(b"\xff" * 8000, content_type="audio/ulaw"))
    result = await placed(server)
    assert result.seconds == 2
    assert [fetch.status for fetch in result.audio] == [200, 0]
    assert result.problems == ()


async def test_a_file_that_is_missing_is_reported_and_the_call_goes_on(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml("<Play>/gone.mp3</Play><Play/><Say>after</Say>"))
    result = await placed(server)
    assert codes(result) == [(11217, "error"), (12200, "warning")]
    assert result.said() == ["after"]


async def test_tones_are_played_without_a_file(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Play digits="1234"/>'))
    result = await placed(server)
    assert result.seconds == 2
    assert result.audio == ()


async def test_pause_lasts_one_second_or_as_long_as_it_says(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Pause/><Pause length="7"/>'))
    assert (await placed(server)).seconds == 8


async def test_redirect_goes_on_with_another_document(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Redirect>next?turn=2</Redirect><Say>never</Say>"))
    server.on("/next", twiml('<Redirect method="GET">/last</Redirect>'))
    server.on("/last", twiml("<Say>here</Say>"))
    result = await placed(server)
    assert result.said() == ["here"]
    assert [(asked.method, asked.path) for asked in server.asked] == [
        ("POST", "/voice"),
        ("POST", "/next"),
        ("GET", "/last"),
    ]
    assert server.at("/next")[0].query == "turn=2"
    assert server.at("/next")[0].form["CallStatus"] == "in-progress"
    assert len(server.at("/next")[0].form) == 27


async def test_hangup_ends_the_call_before_what_follows(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Say>bye</Say><Hangup/><Say>never</Say>"))
    result = await placed(server)
    assert (result.said(), result.outcome) == (["bye"], "completed")


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
async def test_reject_refuses_the_call_without_answering_it(
    server: WebhookServer, reason: str, status: str
) -> None:
    server.on("/voice", twiml(f'<Reject reason="{reason}"/>'))
    server.on("/status", twiml())
    result = await placed(server, status_url="/status")
    assert result.outcome == "rejected"
    assert server.at("/status")[0].form["CallStatus"] == status
    assert server.at("/status")[0].form["CallDuration"] == "0"


async def test_an_answered_call_cannot_be_rejected(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Say>hello</Say><Reject/>"))
    assert (await placed(server)).outcome == "completed"


async def test_a_caller_can_hang_up_while_the_agent_speaks(server: WebhookServer) -> None:
    server.on("/voice", twiml(f"<Say>{'x' * 140}</Say>"))
    result = await placed(server, Step(hang_up="speaking", after=5))
    assert result.outcome == "hung-up"
    assert result.seconds == 5
    assert (result.conversation[0].text, result.conversation[0].cut) == ("x" * 70, True)
