"""The servers that are compared, each in processes of its own on a free port of loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benches.load.hello import VARIABLE
from benches.load.process import children, command_line
from benches.load.wire import COMPANIES
from benches.webhook import ACCOUNT, ORIGIN, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
START_S = 60.0
STOP_S = 20.0
OURS = "clientsvia"
HELLO = "hello"
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


class DidNotStart(Exception):
    """A server that did not come up; the text has what it wrote."""


@dataclass(frozen=True, slots=True)
class Stack:
    """How to start one server; ``command`` takes its port as ``{port}``.

    ``body`` is part of every answer, where it is not what each request expects. ``workers`` is
    true where the process started only looks after those that serve.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: bool = True
    folder: Path = ROOT
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers; ``pid`` is the process that serves."""

    name: str
    port: int
    pid: int
    body: bytes = b""


@contextmanager
def running(stack: Stack, logs: Path) -> Iterator[Running]:
    """Start a server, wait until it listens, and stop it at the end."""
    port = free_port()
    log = logs / f"{stack.name.replace('/', ' ')}.log"
    command = [part.format(port=port) for part in stack.command]
    environment = {**os.environ, "PORT": str(port), **stack.environment}
    with (
        log.open("wb") as out,
        subprocess.Popen(  # noqa: S603 - the stacks spell out what they start
            command, cwd=stack.folder, env=environment, stdout=out, stderr=out
        ) as process,
    ):
        try:
            _wait(stack, process, port, log)
            pid = _serving(process.pid, workers=stack.workers)
            yield Running(stack.name, port, pid, stack.body)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_S)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(stack: Stack, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as one:
                one.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if one.recv(100):
                    return
        except OSError:
            time.sleep(0.05)
    written = log.read_text(encoding="utf-8", errors="replace")
    raise DidNotStart(f"{stack.name} did not start:\n{written[-2000:]}")


def _serving(pid: int, *, workers: bool) -> int:
    """The worker of a supervised server, else the process itself."""
    if not workers:
        return pid
    serving = [child for child in children(pid) if b"resource_tracker" not in command_line(child)]
    return serving[0]


def ours(
    folder: Path, *, companies: int = COMPANIES, package: Path | None = None, name: str = OURS
) -> Stack:
    """``clientsvia serve`` with everything on, on a store of its own in ``folder``.

    ``package`` is the folder clientsvia is in, where it is not the one installed.
    """
    folder.mkdir(exist_ok=True)
    environment = {
        "CLIENTSVIA_PUBLIC_ORIGIN": ORIGIN,
        "CLIENTSVIA_STORE": f"sqlite+aiosqlite:///{folder}/clientsvia.db",
        "CLIENTSVIA_SECRET_KEYS": KEY,
        "CLIENTSVIA_TWILIO_ACCOUNT_SID": ACCOUNT,
        "CLIENTSVIA_TWILIO_AUTH_TOKENS": TOKEN,
    }
    if package is not None:
        environment["PYTHONPATH"] = str(package)
    command = [sys.executable, "-m", "benches.load.fill", str(companies)]
    filled = subprocess.run(  # noqa: S603 - spelt out above
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False
    )
    if filled.returncode:
        raise DidNotStart(f"{name} has no companies:\n{filled.stderr.decode()[-2000:]}")
    return Stack(
        name, [sys.executable, "-m", "clientsvia", "serve", "--port", "{port}"], environment
    )


def hello(size: int) -> Stack:
    """Granian with the same settings and an application that does nothing but answer."""
    environment = {"CLIENTSVIA_DEMO": "1", VARIABLE: str(size)}
    return Stack(HELLO, serving("benches.load.hello:app"), environment, body=b"x" * size)


def serving(application: str) -> list[str]:
    """The command that serves another application as ``clientsvia serve`` serves ours."""
    return [sys.executable, "-m", "benches.load.serve_other", application, "{port}"]
