"""Runs every contract test on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.workers import STORES, Worker, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.valkey import Valkey


@pytest.fixture(params=STORES)
async def workers(
    request: pytest.FixtureRequest, tmp_path: Path, valkey: Valkey
) -> AsyncIterator[Workers]:
    async with STORES[request.param](tmp_path, valkey) as both:
        yield both


@pytest.fixture
def worker(workers: Workers) -> Worker:
    return workers[0]


@pytest.fixture
def other(workers: Workers) -> Worker:
    return workers[1]
