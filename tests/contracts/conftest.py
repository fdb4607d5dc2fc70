"""Runs every contract test on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.workers import STORES, Worker, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(params=STORES)
async def workers(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Workers]:
    async with STORES[request.param](tmp_path) as both:
        yield both


@pytest.fixture
def worker(workers: Workers) -> Worker:
    return workers[0]


@pytest.fixture
def other(workers: Workers) -> Worker:
    return workers[1]
