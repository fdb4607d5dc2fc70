from __future__ import annotations

import subprocess
import sys
from pathlib import Path

METADATA = Path(__file__).parents[2] / "core-rs" / "telephony" / "metadata"


def test_the_committed_tables_are_what_the_metadata_gives() -> None:
    run = subprocess.run(
        [sys.executable, str(METADATA), "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr.strip()) == (0, "")
