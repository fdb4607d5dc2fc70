"""Journeys are calls to a real service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.town import Town
from tests.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["serve"]


@pytest.fixture(scope="module")
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """The services in which a module's ``SITUATIONS`` come about."""
    town = Town(tmp_path_factory.mktemp("town"), request.module.SITUATIONS)
    yield town
    town.close()
