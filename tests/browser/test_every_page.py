from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.browser.person import first_admin
from tests.browser.walk import answers, furnish

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.browser.person import Person
    from tests.serving import Service

pytestmark = pytest.mark.journey

HEAVIEST = 100_000  # bytes
SLOWEST_S = 0.05
WIDTHS = (360, 1600)
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"


async def pages(person: Person, service: Service) -> list[str]:
    """The paths of all pages there are, with something on them."""
    found = [
        one.path for one in await answers(person, await furnish(person, service)) if one.is_page
    ]
    assert len(found) > 8, found
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_keeps_anybody_out(
    browser: Browser, office: Service, scheme: Literal["light", "dark"]
) -> None:
    person = await first_admin(browser, office, color_scheme=scheme)
    violations = []
    for path in await pages(person, office):
        await person.go(path)
        await person.page.evaluate(OPEN_ALL)
        results = await Axe().run(person.page)
        violations += [
            f"{path}: {rule['id']}: {node['html'][:200]}"
            for rule in results.response["violations"]
            for node in rule["nodes"]
        ]
    assert violations == []
    assert person.troubles == []


async def test_every_page_fits_every_width_and_has_one_title_of_its_own(
    browser: Browser, office: Service
) -> None:
    person = await first_admin(browser, office)
    paths = await pages(person, office)
    too_wide, titles = [], []
    for width in WIDTHS:
        await person.page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            await person.go(path)
            await person.page.evaluate(OPEN_ALL)
            if await person.wide() > width:
                too_wide.append(f"{path} is {await person.wide()} wide at {width}")
            if await person.page.locator("h1").count() != 1:
                titles.append(path)
    assert too_wide == []
    assert titles == []
    assert person.troubles == []


async def test_every_page_is_light_and_soon_there(browser: Browser, office: Service) -> None:
    person = await first_admin(browser, office)
    values = await furnish(person, office)
    found = await answers(person, values)
    assert [one for one in found if one.status >= 400] == []
    assert [(one.path, one.size) for one in found if one.size >= HEAVIEST] == []
    slow = [one for one in found if one.is_page and one.seconds >= SLOWEST_S]
    # A busy machine is slow by itself now and then: a page that is, is so again.
    again = await answers(person, values) if slow else []
    names = {one.path for one in slow}
    assert [(one.path, one.seconds) for one in again
            if one.path in names and one.seconds >= SLOWEST_S] == []  # fmt: skip
