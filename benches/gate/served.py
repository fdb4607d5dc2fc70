"""The real server beside Granian's hello: what no instruction count sees, as ratios."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benches.gate.planted import SLEEP
from benches.load.ratios import ratio
from benches.load.rounds import Plan, measure
from benches.load.stacks import hello, ours, running, serving
from benches.load.wire import requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from benches.load.ratios import Ratio
    from benches.load.stacks import Stack

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
            stack = replace(stack, command=serving("benches.gate.sleepy:app"))
        return _ratios(stack, hello(DOCUMENT), logs, rounds, tell)


def beside(
    package: Path, base: Path, *, rounds: int = ROUNDS, tell: Callable[[], None] = lambda: None
) -> dict[str, Ratio]:
    """The same as ratios to the base's server, whatever state the machine is in today."""
    with TemporaryDirectory(prefix="gate-") as folder:
        logs = Path(folder)
        one = ours(logs / "store", companies=COMPANIES, package=package)
        other = ours(logs / "base", companies=COMPANIES, package=base, name="base")
        return _ratios(one, other, logs, rounds, tell)


def _ratios(
    one: Stack, other: Stack, logs: Path, rounds: int, tell: Callable[[], None]
) -> dict[str, Ratio]:
    plan = replace(PLAN, rounds=rounds)
    with running(one, logs) as ours, running(other, logs) as theirs:
        measured = measure([ours, theirs], requests(REQUESTS, COMPANIES), plan, tell)
    here, there = measured[one.name], measured[other.name]
    return {
        "served CPU": ratio(here.cpu_us, there.cpu_us),
        "served p50": ratio(here.single_p50_ms, there.single_p50_ms),
    }
