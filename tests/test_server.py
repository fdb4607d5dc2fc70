from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOADED = """
import gc, sys
import clientsvia.server, clientsvia.asgi
clientsvia.asgi.settle()
assert gc.get_freeze_count() > 10_000
print(*sorted(name.partition(".")[0] for name, module in sys.modules.items() if module))
"""
NOT_FOR_WORKERS = {"aiohttp", "cryptography", "rich", "twilio", "typer"}


def test_a_worker_holds_nothing_that_only_the_command_line_needs(tmp_path: Path) -> None:
    environment = os.environ | {
        "CLIENTSVIA_PUBLIC_ORIGIN": "https://answers.example",
        "CLIENTSVIA_STORE": f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db",
        "CLIENTSVIA_SECRET_KEY_FILE": f"{tmp_path}/secret.key",
    }
    told = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(told.stdout.split())
    assert {"clientsvia", "falcon", "granian"} <= loaded
    assert loaded.isdisjoint(NOT_FOR_WORKERS)
