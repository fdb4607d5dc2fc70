"""What tests of the edge for people share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.desk import Desk, open_desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """The application for people, with a company of the visitor's and a foreign one."""
    async with open_desk() as opened:
        yield opened
