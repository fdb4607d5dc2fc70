"""A migrated database for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    migrate(made)
    return made


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()
