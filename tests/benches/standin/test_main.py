from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


@contextmanager
def started(*options: str) -> Iterator[str]:
    """What a stand-in of its own process says when it serves."""
    command = [sys.executable, "-m", "benches.standin", *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield "".join(process.stdout.readline() for _ in range(5))
        finally:
            process.terminate()


def test_it_tells_how_the_service_is_pointed_at_it_and_serves() -> None:
    with started("--port", "0", "--first-token-ms", "0", "--tokens-per-second", "0") as told:
        (openai,) = re.findall(r"OPENAI_BASE_URL=(\S+) OPENAI_API_KEY=standin", told)
        (elevenlabs,) = re.findall(r"ELEVENLABS_BASE_URL=(\S+) ELEVENLABS_API_KEY=standin", told)
        assert openai == f"{elevenlabs}/v1"
        body = json.dumps({"model": "m", "input": "Are you open?", "stream": True}).encode()
        request = urllib.request.Request(
            f"{openai}/responses", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            assert b"response.completed" in answer.read()


def refused(*options: str) -> str:
    command = [sys.executable, "-m", "benches.standin", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    return done.stderr


def test_a_fault_it_does_not_know_is_told_with_those_it_does() -> None:
    assert "no such fault: nonsense; there are" in refused("--fault", "nonsense")


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}" in refused("--port", port)
