"""What the tests of commands share: an environment of their own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No setting but a store and a key of this test's own; the directory both are in."""
    for name in os.environ:
        if name.startswith(("CLIENTSVIA_", "OPENAI_", "ELEVENLABS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CLIENTSVIA_STORE", f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db")
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(tmp_path / "secret.key"))
    return tmp_path
