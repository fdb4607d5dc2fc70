"""Many short rounds, in each of which every server has its turn, in another order each time."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from benches.load.client import Client
from benches.load.process import cpu_ns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benches.load.stacks import Running
    from benches.load.wire import Request

SETTLE_S = 0.1  # what a server writes in the background is its work as well


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a round is: requests at full load, requests one by one, requests at a set rate."""

    rounds: int = 40
    full: int = 2_000
    connections: int = 16
    single: int = 300
    timed: int = 1_000
    rate: float = 1_000.0
    warm_up: int = 100


@dataclass(slots=True)
class Measured:
    """One server's rounds: CPU in us a request, latencies in ms, requests a second at full load."""

    cpu_us: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    single_p50_ms: list[float] = field(default_factory=list)
    full_p50_ms: list[float] = field(default_factory=list)
    full_p99_ms: list[float] = field(default_factory=list)
    timed_p50_ms: list[float] = field(default_factory=list)
    timed_p99_ms: list[float] = field(default_factory=list)


def measure(
    servers: Sequence[Running],
    requests: Sequence[Request],
    plan: Plan,
    tell: Callable[[], None] = lambda: None,
) -> dict[str, Measured]:
    """Every server's figures, round by round; ``tell`` hears of each round that is done."""
    measured = {server.name: Measured() for server in servers}
    endless = cycle(requests)
    random = Random(4)  # noqa: S311 - an order, no secret
    order = list(servers)
    with _undisturbed():
        for _ in range(plan.rounds):
            random.shuffle(order)
            for server in order:
                _round(server, endless, plan, measured[server.name])
            tell()
    return measured


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Our own collector must not run while a server is waited for."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def _round(server: Running, requests: Iterator[Request], plan: Plan, into: Measured) -> None:
    if plan.full:
        with Client(server.port, requests, plan.connections, server.body) as client:
            client.closed(plan.warm_up)
            _full_load(server, client, plan, into)
    if plan.single:
        with Client(server.port, requests, 1, server.body) as client:
            client.closed(plan.warm_up // 4)
            into.single_p50_ms.append(median(client.closed(plan.single)) / 1e6)
    if plan.timed:
        with Client(server.port, requests, plan.connections, server.body) as client:
            latencies = sorted(client.open(plan.timed, plan.rate))
        into.timed_p50_ms.append(median(latencies) / 1e6)
        into.timed_p99_ms.append(latencies[len(latencies) * 99 // 100] / 1e6)


def _full_load(server: Running, client: Client, plan: Plan, into: Measured) -> None:
    time.sleep(SETTLE_S)
    before, began = cpu_ns(server.pid), time.perf_counter()
    latencies = sorted(client.closed(plan.full))
    took = time.perf_counter() - began
    time.sleep(SETTLE_S)
    into.cpu_us.append((cpu_ns(server.pid) - before) / plan.full / 1e3)
    into.per_second.append(plan.full / took)
    into.full_p50_ms.append(median(latencies) / 1e6)
    into.full_p99_ms.append(latencies[len(latencies) * 99 // 100] / 1e6)
