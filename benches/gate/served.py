"""The real server beside Granian's hello: what no instruction count sees, as ratios."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benches.gate.planted import SLEEP, VARIABLE
from benches.load.ratios import ratio
from benches.load.rounds import Plan, measure
from benches.load.stacks import HELLO, OURS, hello, ours, running
from benches.load.wire import requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from benches.load.ratios import Ratio
    from benches.load.rounds import Measured

COMPANIES = 50  # a thousand take the server half a minute to load, and change no request
ROUNDS = 60
PLAN = Plan(rounds=ROUNDS, full=600, single=150, timed=0, warm_up=40)
REQUESTS = 20_000
DOCUMENT = 900  # bytes, about as many as ours


def ratios(
    package: Path,
    *,
    plant: str = "",
    rounds: int = ROUNDS,
    tell: Callable[[], None] = lambda: None,
) -> dict[str, Ratio]:
    """CPU a request and median latency of one caller, as ratios to hello's of the same run.

    ``package`` is the folder clientsvia is in; ``tell`` hears of each round that is done.
    """
    with TemporaryDirectory(prefix="gate-") as folder:
        logs = Path(folder)
        stack = ours(logs / "store", companies=COMPANIES, package=package)
        if plant == SLEEP:
            command = [sys.executable, "-m", "benches.gate.sleepy", *stack.command[3:]]
            environment = {**stack.environment, VARIABLE: SLEEP}
            stack = replace(stack, command=command, environment=environment)
        with running(stack, logs) as one, running(hello(DOCUMENT), logs) as other:
            plan = replace(PLAN, rounds=rounds)
            measured = measure([one, other], requests(REQUESTS, COMPANIES), plan, tell)
    return _ratios(measured[OURS], measured[HELLO])


def _ratios(ours: Measured, hello: Measured) -> dict[str, Ratio]:
    return {
        "served CPU": ratio(ours.cpu_us, hello.cpu_us),
        "served p50": ratio(ours.single_p50_ms, hello.single_p50_ms),
    }
