"""The real service in processes of its own, reached over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import orjson
import pytest

from clientsvia.settings import variable
from clientsvia.simulator import Script, place_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clientsvia.simulator import CallResult

    Serve = Callable[..., AbstractContextManager["Service"]]

START_SECONDS = 60
STOP_SECONDS = 15
WEDNESDAY_MORNING = "2026-11-18T10:00:00-05:00"
WEDNESDAY_NIGHT = "2026-11-18T22:00:00-05:00"


@dataclass
class Service:
    """A running service; commands of its environment can be run beside it."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def origin(self) -> str:
        scheme = "https" if self._certificate else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    @property
    def _certificate(self) -> str | None:
        return self.environment.get("CLIENTSVIA_TLS_CERTIFICATE")

    @property
    def voice(self) -> str:
        return f"{self.origin}/api/twilio/voice"

    def start(self) -> None:
        command = [sys.executable, "-m", "clientsvia", "serve"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.wait_until_ready()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOP_SECONDS)

    def workers(self) -> list[int]:
        """The processes that serve, oldest first."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline") for pid in children.split()}
        return [
            pid for pid, path in commands.items() if b"resource_tracker" not in path.read_bytes()
        ]

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run ``clientsvia`` beside the service, in its environment."""
        command = [sys.executable, "-m", "clientsvia", *arguments]
        return subprocess.run(command, env=self.environment, text=True, check=False, **options)

    def clientsvia(self, *arguments: str) -> Any:
        """Run a command with --json and return what it prints."""
        done = self.run(*arguments, "--json", capture_output=True)
        done.check_returncode()
        return orjson.loads(done.stdout)

    async def call(self, **script: Any) -> CallResult:
        """Place a simulated call on a virtual clock."""
        plan = {"status_url": "status", "fallback_url": "fallback", "seed": 7} | script
        return await place_call(Script.model_validate(plan), url=self.voice)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        trusted = self._certificate
        context = ssl.create_default_context(cafile=trusted) if trusted else None
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.origin}/health/ready", timeout=1, context=context) as response:
                    if response.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.02)
        raise TimeoutError(f"the service did not start:\n{self.log.read_text()}")


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Service]:
    """A service whose store and keys are in ``folder``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    defaults = {
        "demo": "1",
        "clock_start": WEDNESDAY_MORNING,
        "store": f"sqlite+aiosqlite:///{folder}/clientsvia.db",
        "secret_key_file": f"{folder}/secret.key",
        "port": str(port),
    }
    chosen = {variable(k): v for k, v in (defaults | settings).items()}
    service = Service(port, os.environ | chosen, folder / "service.log")
    try:
        service.start()
        yield service
    finally:
        service.stop()


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Run a service with a store of its own; settings are given in lower case."""
    return partial(serving, tmp_path)
