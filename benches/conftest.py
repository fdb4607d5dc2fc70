"""How benches run: alone, in turn, without the collector, and compared with the last run.

``--benchmark-compare-fail`` alone compares with the newest saved run of this machine; where there
is none yet, it is saved to be the first. Each such run is saved to be the next one's measure.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from benches.race import Race, Result
from benches.table import as_data, table

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

WIDTH = 130
STORAGE = Path(".benchmarks")
RESULTS = pytest.StashKey[list[Result]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file that the table is written to as JSON."""
    parser.addoption("--table-json", type=Path, help="Write the table of ratios here as JSON.")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle the options before pytest-benchmark reads them."""
    config.stash[RESULTS] = []
    option = config.option
    option.benchmark_disable_gc = True
    option.benchmark_warmup = True
    if option.benchmark_compare_fail and not option.benchmark_compare:
        option.benchmark_autosave = "run"
        if any(STORAGE.glob("*/*.json")):
            option.benchmark_compare = True
        else:
            option.benchmark_compare_fail = []
            print("no earlier run to compare with: this one is saved as the first")  # noqa: T201 - said to whoever measures


@pytest.fixture
def race(benchmark: BenchmarkFixture, request: pytest.FixtureRequest) -> Race:
    """Times contestants in turn and adds them to the table."""
    return Race(benchmark, request.config.stash[RESULTS])


def pytest_terminal_summary(config: pytest.Config) -> None:
    """Show the table, and write it as JSON where asked."""
    results = config.stash[RESULTS]
    if not results:
        return
    # Nothing is cut off where the output is no terminal.
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table(results))
    if file := config.option.table_json:
        file.write_text(json.dumps(list(as_data(results)), indent=1) + "\n", encoding="utf-8")
