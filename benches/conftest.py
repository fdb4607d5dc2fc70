"""How benches run: alone, warmed up, without the collector, and compared with the last run.

``--benchmark-compare-fail`` alone compares with the newest saved run of this machine; where there
is none yet, it is saved to be the first. Each such run is saved to be the next one's measure.
"""

from __future__ import annotations

from pathlib import Path

import pytest

STORAGE = Path(".benchmarks")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle the options before pytest-benchmark reads them."""
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
