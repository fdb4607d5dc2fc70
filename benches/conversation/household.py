"""All that a conversation needs, in processes of its own: providers, Valkey, two workers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

import orjson

from benches.load.stacks import free_port
from clientsvia.companies.files import as_data, demo_profile
from tests.valkey import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

START_S = 30.0
STOP_S = 20.0


@dataclass(frozen=True, slots=True)
class Household:
    """Where the service, its providers and Valkey are reached."""

    voice: str
    standin: str
    redis: str

    def requests(self) -> dict[str, int]:
        """How often each of the providers' addresses has been asked."""
        with urlopen(f"{self.standin}/control", timeout=5) as told:
            counts: dict[str, int] = orjson.loads(told.read())["requests"]
        return counts

    def behave(self, **behaviour: object) -> None:
        """Change how the providers behave from now on."""
        order = Request(
            f"{self.standin}/control", orjson.dumps({"behaviour": behaviour}), method="POST"
        )
        with urlopen(order, timeout=5):
            pass


@contextmanager
def household(
    directory: Path,
    *,
    behaviour: dict[str, object],
    firms: Sequence[Mapping[str, object]] = (),
    workers: int = 2,
    **settings: str,
) -> Iterator[Household]:
    """Everything running, with a store of its own in ``directory``: the demo, and ``firms``."""
    with ExitStack() as processes:
        redis = settings.get("redis_url") or processes.enter_context(running()).url
        standin = f"http://127.0.0.1:{free_port()}"
        options = [f"--{name.replace('_', '-')}={value}" for name, value in behaviour.items()]
        port = standin.rpartition(":")[2]
        command = [sys.executable, "-m", "benches.standin", f"--port={port}", *options]
        processes.enter_context(_process(command, directory / "standin.log", {}))
        _wait(f"{standin}/control")
        origin = f"http://127.0.0.1:{free_port()}"
        chosen = {
            "demo": "1",
            "port": origin.rpartition(":")[2],
            "workers": str(workers),
            "redis_url": redis,
            "store": f"sqlite+aiosqlite:///{directory}/clientsvia.db",
            "secret_key_file": f"{directory}/secret.key",
            "clips": f"{directory}/clips",
            "log_level": "warning",
            **settings,
        }
        environment = {f"CLIENTSVIA_{name.upper()}": value for name, value in chosen.items()}
        environment |= {
            "OPENAI_API_KEY": "standin",
            "OPENAI_BASE_URL": f"{standin}/v1",
            "ELEVENLABS_API_KEY": "standin",
            "ELEVENLABS_BASE_URL": standin,
        }
        _import(directory, firms, environment)
        serve = [sys.executable, "-m", "clientsvia", "serve"]
        processes.enter_context(_process(serve, directory / "service.log", environment))
        _wait(f"{origin}/health/ready")
        yield Household(f"{origin}/api/twilio/voice", standin, redis)


def _import(
    directory: Path, firms: Sequence[Mapping[str, object]], environment: dict[str, str]
) -> None:
    """Keep companies in the store that the service will open, the demo with more to waste.

    Hundreds of turns a minute are a year's at one company.
    """
    generous = {"speculation_usd_per_call": 100, "speculation_usd_per_day": 1000}
    profiles = directory / "companies"
    profiles.mkdir()
    for profile in (as_data(demo_profile()) | {"spend": generous}, *firms):
        (profiles / f"{profile['slug']}.json").write_bytes(orjson.dumps(profile))
    command = [sys.executable, "-m", "clientsvia", "company", "import", str(profiles)]
    subprocess.run(  # noqa: S603 - our own command
        command, env=os.environ | environment, check=True, capture_output=True
    )


@contextmanager
def _process(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[None]:
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(STOP_S)


def _wait(url: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        with suppress(URLError, OSError), urlopen(url, timeout=1) as answer:
            if answer.status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer: see the logs beside the store")
