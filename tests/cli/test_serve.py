"""``clientsvia serve``: what it refuses before it starts, and what it announces."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.request import urlopen

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.errors import ConfigurationError
from tests.admin.access.guests import PASSWORD
from tests.certificates import self_signed
from tests.serving import serve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Serve, Service

__all__ = ["serve"]


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["serve", *arguments])
    assert isinstance(result.exception, ConfigurationError), result.output
    return str(result.exception)


def announced(service: Service) -> list[str]:
    """The lines it prints, without their padding."""
    return [" ".join(line.split()) for line in service.log.read_text().splitlines()]


@pytest.mark.usefixtures("environment")
def test_outside_the_demo_a_public_origin_is_needed() -> None:
    told = refusal()
    assert "CLIENTSVIA_PUBLIC_ORIGIN" in told
    assert "CLIENTSVIA_DEMO=1" in told


@pytest.mark.usefixtures("environment")
def test_the_demo_does_not_listen_where_others_reach_it() -> None:
    assert "loopback alone" in refusal("--demo", "--host", "0.0.0.0")  # noqa: S104 - that is the point


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_port_in_use_is_told_with_how_to_choose_another(environment: Path, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refusal("--demo", "--host", host, "--port", str(port))
    assert f"127.0.0.1:{port}" in told
    assert "make run PORT=" in told
    assert not (environment / "clientsvia.db").exists()


@pytest.mark.usefixtures("environment")
def test_wrong_settings_are_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_WORKERS", "0")
    monkeypatch.setenv("CLIENTSVIA_LOG_LEVEL", "loud")
    told = refusal("--demo", "--port", "99999")
    for name in ("CLIENTSVIA_WORKERS", "CLIENTSVIA_LOG_LEVEL", "CLIENTSVIA_PORT"):
        assert name.lower() in told.lower()


def test_a_key_file_others_may_read_stops_it(
    environment: Path, free_port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (environment / "secret.key").touch(0o644)
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    monkeypatch.setenv("CLIENTSVIA_PORT", free_port)
    assert "chmod 600" in refusal()


def test_a_certificate_that_does_not_fit_stops_it(
    environment: Path, free_port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, _ = self_signed(environment)
    monkeypatch.setenv("CLIENTSVIA_TLS_CERTIFICATE", str(certificate))
    monkeypatch.setenv("CLIENTSVIA_TLS_KEY", str(environment / "none.pem"))
    told = refusal("--demo", "--port", free_port)
    assert "none.pem" in told
    assert "CLIENTSVIA_TLS_KEY" in told


@pytest.mark.journey
def test_four_lines_say_where_it_listens_and_how_to_try_it_and_sign_in(serve: Serve) -> None:
    with serve() as service:
        lines = announced(service)
    listening, curl, call, link = lines[:4]
    assert listening.startswith(f"Listening on {service.origin} (demo: accepts unsigned requests")
    assert f"curl -X POST {service.voice}" in curl
    assert "Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123" in curl
    assert call == f"Call it: make call PORT={service.port}"
    assert link.startswith(f"Sign in: {service.origin}/link/")


@pytest.mark.journey
def test_outside_the_demo_it_says_what_to_enter_at_twilio(serve: Serve) -> None:
    real = {"demo": "", "clock_start": "", "public_origin": "https://answers.example"}
    with serve(**real) as service:
        lines = announced(service)
    assert lines[:3] == [
        f"Listening on {service.origin}",
        "At Twilio: https://answers.example/api/twilio/voice, HTTP POST",
        "Check it: clientsvia doctor",
    ]
    assert lines[3].startswith("Sign in: https://answers.example/link/")


@pytest.mark.journey
def test_where_there_is_an_administrator_no_link_to_become_one_is_printed(serve: Serve) -> None:
    with serve() as service:
        url = announced(service)[3].removeprefix("Sign in: ")
        added = ("user", "add", "ada@acme.example", "--name", "Ada", "--admin")
        service.run(*added, "--password-file", "-", input=PASSWORD).check_returncode()
        service.stop()
        service.log.write_text("")
        service.start()
        lines = announced(service)
    assert url.startswith(service.origin)
    assert lines[2].startswith("Call it:")
    assert [line for line in lines if line.startswith("Sign in")] == []


@pytest.mark.journey
@pytest.mark.usefixtures("environment")
def test_the_announcement_can_be_read_by_a_machine(free_port: str) -> None:
    command = [sys.executable, "-m", "clientsvia", "serve", "--demo", "--json", "--port", free_port]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = orjson.loads(process.stdout.readline())
        _wait_until_alive(told["url"])
        process.terminate()
        rest, _ = process.communicate(timeout=15)
    assert told["url"] == f"http://127.0.0.1:{free_port}"
    assert told["demo"] is True
    assert told["sign_in"].startswith(f"{told['url']}/link/")
    assert told["call"] == f"make call PORT={free_port}"
    assert rest == b""


def _wait_until_alive(url: str) -> None:
    """A worker answers soon after the port is taken; one that is only starting ends late."""
    deadline = time.monotonic() + 15
    while True:
        try:
            with urlopen(f"{url}/health/live", timeout=5) as response:
                assert response.status == HTTPStatus.OK
                return
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
