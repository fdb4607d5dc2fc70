from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.person import first_admin
from tests.browser.walk import furnish

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.serving import Service

pytestmark = pytest.mark.journey

HEAVIEST = 150_000  # bytes
DEMO = "/companies/demo"
PAGES = {
    "companies": "/companies",
    "overview": DEMO,
    "configuration": f"{DEMO}/configuration",
    "agent": f"{DEMO}/agent",
    "knowledge": f"{DEMO}/knowledge",
    "hours": f"{DEMO}/hours",
    "calls": f"{DEMO}/calls",
    "usage": f"{DEMO}/usage",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures are kept; ``make pictures`` names docs/pages."""
    chosen = Path(os.environ.get("PICTURES") or tmp_path)
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def sizes_in(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.glob("*.png")}


async def test_the_main_pages_have_their_pictures_taken(
    browser: Browser, office: Service, folder: Path
) -> None:
    person = await first_admin(browser, office)
    values = await furnish(person, office)
    for name, path in (PAGES | {"call": f"{DEMO}/calls/{values['sid']}"}).items():
        await person.go(path)
        await person.page.screenshot(path=folder / f"{name}.png")
    await person.go(f"{DEMO}/try-it")
    await person.press("Ring")
    await person.fill(text="how can I pay?")
    await person.press("Say", exact=True)
    await person.sees("credit cards")
    await person.page.screenshot(path=folder / "try-it.png")
    sizes = sizes_in(folder)
    assert len(sizes) == len(PAGES) + 2
    assert {name: size for name, size in sizes.items() if not 1_000 < size < HEAVIEST} == {}
