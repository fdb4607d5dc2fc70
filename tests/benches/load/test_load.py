from __future__ import annotations

import subprocess
import sys

import orjson
import pytest


@pytest.mark.timeout(300)
def test_load_tells_both_servers_as_json() -> None:
    command = [sys.executable, "-m", "benches.load", "--rounds=1", "--companies=5", "--json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=280)
    ours, hello = orjson.loads(done.stdout)
    assert (ours["name"], hello["name"]) == ("clientsvia", "hello")
    assert hello["cpu_ratio"]["middle"] > 1
    for row in (ours, hello):
        assert row["cpu_us"] > 1
        assert 0 < row["timed_p50_ms"] <= row["timed_p99_ms"]
        assert 10 < row["resident_mb"] < 1_000
