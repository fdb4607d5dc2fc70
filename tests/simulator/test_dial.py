from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.simulator import Dialled, Step
from tests.simulator.webhook_server import answer, codes, placed, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import WebhookServer

TARGET = "+12395550142"


def dial(attributes: str = "", inside: str = f"<Number>{TARGET}</Number>") -> str:
    return twiml(f'<Dial action="/dialled" {attributes}>{inside}</Dial>', "<Say>After.</Say>")


async def test_somebody_answers_talks_and_hangs_up(server: WebhookServer) -> None:
    server.on("/voice", dial())
    server.on("/dialled", twiml("<Say>Anything else?</Say>"))
    result = await placed(server, dialled=(Dialled(after=3, talks=40),))
    form = server.at("/dialled")[0].form
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "true")
    assert form["DialCallDuration"] == "40"
    assert form["DialCallSid"].startswith("CA")
    assert form["DialCallSid"] != form["CallSid"] == result.call_sid
    assert result.said() == ["Anything else?"]
    assert result.asked("dial")[0].at == 43


@pytest.mark.parametrize(
    ("does", "after", "status", "seconds"),
    [
        ("busy", 2, "busy", 2),
        ("failed", 1, "failed", 1),
        ("no-answer", 4, "no-answer", 18),
        ("answers", 25, "no-answer", 18),
    ],
)
async def test_nobody_is_reached(
    server: WebhookServer, does: str, after: float, status: str, seconds: float
) -> None:
    server.on("/voice", dial('timeout="18"'))
    server.on("/dialled", twiml())
    callee = Dialled.model_validate({"to": TARGET, "does": does, "after": after})
    result = await placed(server, dialled=(callee,))
    form = server.at("/dialled")[0].form
    assert (form["DialCallStatus"], form["DialBridged"]) == (status, "false")
    assert "DialCallDuration" not in form
    assert result.asked("dial")[0].at == seconds


async def test_without_an_action_the_next_verb_follows(server: WebhookServer) -> None:
    server.on("/voice", twiml(f"<Dial>{TARGET}</Dial><Say>After.</Say>"))
    assert (await placed(server)).said() == ["After."]


async def test_the_first_of_several_to_answer_wins(server: WebhookServer) -> None:
    inside = f"<Number>{TARGET}</Number><Client>ann</Client><Sip>sip:bob@example.com</Sip>"
    server.on("/voice", dial(inside=inside))
    server.on("/dialled", twiml())
    result = await placed(
        server,
        dialled=(
            Dialled(to="ann", after=7, talks=5),
            Dialled(to="sip:*", after=3, talks=9),
            Dialled(does="busy", after=1),
        ),
    )
    assert server.at("/dialled")[0].form["DialCallDuration"] == "9"
    assert result.asked("dial")[0].at == 12


async def test_a_client_is_called_as_a_client(server: WebhookServer) -> None:
    server.on("/voice", dial(inside='<Client url="/whisper">ann</Client>'))
    server.on("/whisper", twiml())
    server.on("/dialled", twiml())
    await placed(server)
    assert server.at("/whisper")[0].form["To"] == "client:ann"


async def test_all_busy_is_busy(server: WebhookServer) -> None:
    server.on("/voice", dial(inside="<Client>a</Client><Client>b</Client>"))
    server.on("/dialled", twiml())
    await placed(server, dialled=(Dialled(does="busy", after=2),))
    assert server.at("/dialled")[0].form["DialCallStatus"] == "busy"


@pytest.mark.parametrize(("presses", "bridged"), [("1", "true"), ("", "false"), ("2", "false")])
async def test_a_whisper_asks_the_callee_before_connecting(
    server: WebhookServer, presses: str, bridged: str
) -> None:
    server.on("/voice", dial(inside=f'<Number url="/whisper">{TARGET}</Number>'))
    server.on(
        "/whisper",
        twiml(
            '<Gather numDigits="1" action="/accept"><Say>A caller. Press one.</Say></Gather>',
            "<Hangup/>",
        ),
    )
    accepted = twiml() if presses == "1" else twiml("<Hangup/>")
    server.on("/accept", accepted)
    server.on("/dialled", twiml())
    await placed(server, dialled=(Dialled(presses=presses),))

    child, form = server.at("/whisper")[0].form, server.at("/dialled")[0].form
    assert child["CallSid"] == form["DialCallSid"]
    assert child["ParentCallSid"] == form["CallSid"]
    assert (child["To"], child["Direction"]) == (TARGET, "outbound-dial")
    assert child["From"] == form["From"]
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", bridged)


async def test_a_broken_whisper_connects_nobody(server: WebhookServer) -> None:
    server.on("/voice", dial(inside=f'<Number url="/whisper" method="GET">{TARGET}</Number>'))
    server.on("/whisper", answer(status=500))
    server.on("/dialled", twiml())
    result = await placed(server, fallback_url="/fallback")
    assert server.at("/dialled")[0].form["DialBridged"] == "false"
    assert codes(result) == [(11217, "fatal")]
    assert not server.at("/fallback")
    assert server.at("/whisper")[0].method == "GET"


async def test_a_whisper_cannot_dial(server: WebhookServer) -> None:
    server.on("/voice", dial(inside=f'<Number url="/whisper">{TARGET}</Number>'))
    server.on("/whisper", twiml(f"<Dial>{TARGET}</Dial>"))
    server.on("/dialled", twiml())
    assert codes(await placed(server)) == [(12200, "warning")]


@pytest.mark.parametrize("caller_id", ["+12395551212", "client:ann"])
async def test_the_caller_id_is_what_the_callee_sees(server: WebhookServer, caller_id: str) -> None:
    inside = f'<Number url="/whisper">{TARGET}</Number>'
    server.on("/voice", dial(f'callerId="{caller_id}"', inside))
    server.on("/whisper", twiml())
    server.on("/dialled", twiml())
    result = await placed(server)
    assert server.at("/whisper")[0].form["From"] == caller_id
    assert result.problems == ()


@pytest.mark.parametrize("caller_id", ["anonymous", "", "2395551212", "+0123456789"])
async def test_a_caller_id_twilio_may_not_show_fails_the_dial(
    server: WebhookServer, caller_id: str
) -> None:
    server.on("/voice", dial(f'callerId="{caller_id}"'))
    server.on("/dialled", twiml())
    result = await placed(server)
    assert codes(result) == [(13214, "error")]
    assert server.at("/dialled")[0].form["DialCallStatus"] == "failed"


async def test_a_number_that_is_none_fails(server: WebhookServer) -> None:
    server.on("/voice", dial(inside="<Number>reception</Number>"))
    server.on("/dialled", twiml())
    result = await placed(server)
    assert codes(result) == [(13223, "error")]
    assert server.at("/dialled")[0].form["DialCallStatus"] == "failed"


@pytest.mark.parametrize("inside", ["", "<Conference>room</Conference>"])
async def test_what_the_simulator_does_not_dial_is_said(server: WebhookServer, inside: str) -> None:
    server.on("/voice", dial(inside=inside))
    server.on("/dialled", twiml())
    assert codes(await placed(server)) == [(0, "error")]


@pytest.mark.parametrize(("where", "at"), [("ringing", 2), ("talking", 6)])
async def test_the_caller_hangs_up_and_the_action_hears_of_it(
    server: WebhookServer, where: str, at: float
) -> None:
    server.on("/voice", dial())
    server.on("/dialled", twiml("<Say>never</Say>"))
    step = Step.model_validate({"hang_up": where, "after": 2})
    result = await placed(server, step, dialled=(Dialled(after=4, talks=60),))
    form = server.at("/dialled")[0].form
    assert form["CallStatus"] == "completed"
    assert form["DialCallStatus"] == ("canceled" if where == "ringing" else "completed")
    assert (result.outcome, result.seconds, result.said()) == ("hung-up", at, [])


async def test_a_time_limit_ends_the_conversation(server: WebhookServer) -> None:
    server.on("/voice", dial('timeLimit="10"'))
    server.on("/dialled", twiml())
    await placed(server, dialled=(Dialled(talks=60),))
    assert server.at("/dialled")[0].form["DialCallDuration"] == "10"


async def test_a_star_ends_the_conversation_where_it_may(server: WebhookServer) -> None:
    server.on("/voice", dial('hangupOnStar="true"'))
    server.on("/dialled", twiml())
    await placed(server, Step(press="*", after=5), dialled=(Dialled(talks=60),))
    assert server.at("/dialled")[0].form["DialCallDuration"] == "5"


async def test_a_voicemail_answers_hears_the_whisper_and_presses_nothing(
    server: WebhookServer,
) -> None:
    server.on("/voice", dial(inside=f'<Number url="/whisper">{TARGET}</Number>'))
    gather = '<Gather numDigits="1" timeout="4" action="/accept"><Say>Press one.</Say></Gather>'
    server.on("/whisper", twiml(gather, gather, "<Hangup/>"))
    server.on("/dialled", twiml("<Say>Nobody.</Say>"))
    result = await placed(server, dialled=(Dialled(does="voicemail"),))
    form = server.at("/dialled")[0].form
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")
    assert not server.at("/accept")
    assert result.whispered() == ["Press one.", "Press one."]
    assert result.said() == ["Nobody."]
    assert result.dialled() == [TARGET]


async def test_a_failure_may_be_told_with_its_code(server: WebhookServer) -> None:
    server.on("/voice", dial())
    server.on("/dialled", twiml())
    await placed(server, dialled=(Dialled(does="failed", sip=404),))
    assert server.at("/dialled")[0].form["DialSipResponseCode"] == "404"


async def test_whoever_answers_first_ends_the_ringing_of_the_others(server: WebhookServer) -> None:
    other = "+12395550143"
    inside = f'<Number url="/whisper">{TARGET}</Number><Number url="/whisper">{other}</Number>'
    server.on("/voice", dial(inside=inside))
    server.on("/whisper", twiml("<Hangup/>"))
    server.on("/dialled", twiml())
    result = await placed(
        server, dialled=(Dialled(to=other, does="voicemail", after=2), Dialled(after=6))
    )
    assert [request.form["To"] for request in server.at("/whisper")] == [other]
    assert result.dialled() == [f"{TARGET} {other}"]
