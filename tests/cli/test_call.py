from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING

import pytest
import typer
from aiohttp import web
from typer.testing import CliRunner

from clientsvia.cli.call import EPILOG, call
from clientsvia.errors import ClientsViaError, InvalidInput
from tests.simulator.webhook_server import WebhookServer, answer, twiml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

cli = typer.Typer()
cli.command(epilog=EPILOG)(call)


@pytest.fixture
def server() -> Iterator[WebhookServer]:
    """A service that greets, answers what is asked, and counts the calls."""
    stand_in = WebhookServer()
    listen = '<Gather input="dtmf speech" action="heard" speechTimeout="auto">{}</Gather>'
    stand_in.on("/api/twilio/voice", twiml(listen.format("<Say>Hello.</Say>")))
    stand_in.on("/api/twilio/heard", twiml(listen.format("<Say>From nine to five.</Say>")))
    stand_in.on("/api/twilio/status", answer(status=204))
    ready, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(_serve(stand_in, ready, done),))
    thread.start()
    ready.wait(10)
    yield stand_in
    done.set()
    thread.join(10)


async def _serve(stand_in: WebhookServer, ready: threading.Event, done: threading.Event) -> None:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", stand_in.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    ready.set()
    await asyncio.to_thread(done.wait)
    await runner.cleanup()


def run(server: WebhookServer, *arguments: str, typed: str = "") -> Result:
    url = server.url("/api/twilio/voice")
    return CliRunner().invoke(cli, ["--url", url, *arguments], input=typed)


def test_a_person_sees_the_conversation_the_webhooks_and_the_documents(
    server: WebhookServer,
) -> None:
    result = run(server, "--fast", "--say", "Are you open?")
    assert result.exit_code == 0
    assert "Hello." in result.stdout
    assert "Are you open?" in result.stdout
    assert "From nine to five." in result.stdout
    assert "POST /api/twilio/heard" in result.stdout
    assert "<Response>" in result.stdout
    assert "The call ended well (hung-up)" in result.stdout


def test_documents_can_be_left_out(server: WebhookServer) -> None:
    result = run(server, "--fast", "--no-documents", "--say", "Are you open?")
    assert "<Response>" not in result.stdout


def test_a_machine_gets_json_and_nothing_else(server: WebhookServer) -> None:
    result = run(server, "--json", "--say", "Are you open?", "--expect", "nine to five")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["ok"] is True
    assert report["expectations"] == [
        {"phrase": "nine to five", "after": "say 'Are you open?'", "met": True}
    ]
    assert [request["purpose"] for request in report["requests"]] == ["voice", "gather", "status"]


def test_the_shipped_script_is_played_when_nothing_is_given(server: WebhookServer) -> None:
    report = json.loads(run(server, "--json").stdout)
    assert report["totals"]["caller_turns"] == 3


def test_numbers_token_and_keys_are_the_callers(server: WebhookServer) -> None:
    account = "AC" + "a" * 32
    run(
        server,
        *("--json", "--from", "+12125550100", "--to", "+12125550199", "--press", "1#"),
        *("--token", "12345", "--account", account),
    )
    asked = server.at("/api/twilio/voice")[0]
    assert (asked.form["From"], asked.form["To"]) == ("+12125550100", "+12125550199")
    assert asked.form["AccountSid"] == account
    assert "x-twilio-signature" in asked.headers
    assert server.at("/api/twilio/heard")[0].form["Digits"] == "1"


def test_a_script_is_played_from_its_file(server: WebhookServer, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("steps: [{say: 'Are you open?', expect: midnight}]", encoding="utf-8")
    result = run(server, str(path), "--fast")
    assert result.exit_code == 1
    assert "expected the agent to say 'midnight' after: say 'Are you open?'" in result.stdout


def test_a_script_that_cannot_be_used_names_its_fields(
    server: WebhookServer, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("stepps: []", encoding="utf-8")
    result = run(server, str(path))
    assert isinstance(result.exception, InvalidInput)
    assert "stepps: unknown; did you mean steps?" in str(result.exception)


def test_an_error_of_the_server_is_shown_and_ends_with_1(server: WebhookServer) -> None:
    server.on("/api/twilio/heard", answer("<html/>"))
    result = run(server, "--fast", "--say", "Are you open?", "--fallback-url", "")
    assert result.exit_code == 1
    assert "fatal 12102" in result.stdout
    assert "The call ended not well (failed)" in result.stdout


def test_nothing_listening_is_one_clear_error() -> None:
    result = CliRunner().invoke(cli, ["--url", "http://127.0.0.1:1/voice", "--fast"])
    assert isinstance(result.exception, ClientsViaError)
    assert "start the service with `make run`" in str(result.exception)
    assert not result.stdout


def test_a_person_can_type_the_callers_part(server: WebhookServer) -> None:
    result = run(server, "--talk", "--no-documents", typed="Are you open?\n1\n\n")
    assert result.exit_code == 0
    heard = list(server.forms("/api/twilio/heard"))
    assert heard[0]["SpeechResult"] == "Are you open?"
    assert heard[1]["Digits"] == "1"


def test_talking_to_a_machine_is_refused(server: WebhookServer) -> None:
    assert isinstance(run(server, "--talk", "--json").exception, InvalidInput)


def test_real_time_passes_as_fast_as_asked(server: WebhookServer) -> None:
    result = run(server, "--speed", "50", "--no-documents", "--say", "Are you open?")
    assert result.exit_code == 0
    assert len(server.at("/api/twilio/heard")) == 1
