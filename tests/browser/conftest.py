"""Browser tests drive the real service; where there is no browser each says so and is skipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import ABSENT, executable, running
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Browser

    from tests.serving import Service

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell them from the everyday ones, and skip what needs a browser where there is none."""
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.timeout(600))
        if executable() is None:
            item.add_marker(pytest.mark.skip(reason=ABSENT))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser of the test's own."""
    async with running() as started:
        yield started


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Service]:
    """The demo's service on two workers, to whom browsers come by turns."""
    with serving(tmp_path, workers="2") as service:
        yield service
