from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.person import PASSWORD, first_admin, invited, sits_down
from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

    from tests.browser.person import Person
    from tests.serving import Service

pytestmark = pytest.mark.journey

NARROW = {"viewport": {"width": 360, "height": 740}}
NUMBER = "(239) 555-0199"
DEMO = "/companies/demo"


async def new_company(person: Person) -> None:
    """A company from nothing, then its number, in a spelling of its owner's."""
    await person.go("/companies")
    await person.page.goto(f"{person.origin}/companies/new")
    await person.fill(name="Acme Roofing")
    await person.page.locator("#time_zone, #time-zone").select_option("America/New_York")
    await person.press("Create company")
    await person.page.wait_for_url("**/companies/acme-roofing*")
    await person.go("/companies/acme-roofing/configuration")
    await person.fill(number=NUMBER)
    await person.press("Add number", exact=True)
    await person.sees("+12395550199")


async def test_a_company_is_made_from_nothing_and_answers_its_first_call(
    browser: Browser, office: Service
) -> None:
    person = await first_admin(browser, office)
    await new_company(person)
    result = await office.call(to="+12395550199", steps=[])
    assert "Acme Roofing" in " ".join(result.said())
    assert person.troubles == []


async def test_each_webhook_address_is_copied(browser: Browser, office: Service) -> None:
    person = await first_admin(browser, office)
    await person.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await person.go(f"{DEMO}/configuration")
    await person.page.get_by_text("Show Webhook URLs").click()
    buttons = person.page.locator("#webhooks button[data-copy]")
    copied = []
    for number in range(await buttons.count()):
        button = buttons.nth(number)
        await button.click()
        await person.page.locator("#webhooks button", has_text="Copied").first.wait_for()
        copied.append(await person.page.evaluate("navigator.clipboard.readText()"))
        status = person.page.locator("#status", has_text="Copied: the address of")
        await status.wait_for(state="attached")
        await person.page.evaluate("document.getElementById('status').textContent = ''")
        await person.page.locator("#webhooks button", has_text="Copied").wait_for(state="detached")
    twilio = f"{office.origin}/api/twilio"
    assert {f"{twilio}/{name}" for name in (
        "voice", "handle-speech", "partial-speech", "speech-timing-test", "fallback", "status",
    )} == set(copied)  # fmt: skip
    assert person.troubles == []


async def test_a_test_webhook_is_answered(browser: Browser, office: Service) -> None:
    person = await first_admin(browser, office)
    await person.go(f"{DEMO}/configuration")
    await person.press("Send a test webhook")
    await person.sees("an automated assistant")
    assert person.troubles == []


async def test_a_change_is_heard_on_the_next_call_of_every_worker(
    browser: Browser, office: Service
) -> None:
    person = await first_admin(browser, office)
    await person.go(f"{DEMO}/agent")
    await person.fill(greeting="Ahoy from the browser.")
    await person.press("Save", exact=True)
    await person.sees("Saved. It is in force from the next call on.")
    await person.go(f"{DEMO}/knowledge/new")
    await person.fill(question="Do you mend zeppelins?", answer="We mend zeppelins on Tuesdays.")
    await person.press("Save")
    await person.page.wait_for_url(f"**{DEMO}/knowledge*")
    assert len(office.workers()) == 2
    for seed in range(4):  # as many calls as make sure that each worker has had one
        asks = {"say": "Do you mend zeppelins?", "expect": ["We mend zeppelins on Tuesdays."]}
        result = await office.call(steps=[asks], seed=seed)
        assert result.ok, result.expectations
        assert "Ahoy from the browser." in result.said()[0]
    assert person.troubles == []


async def test_a_foreign_company_is_as_good_as_none(browser: Browser, office: Service) -> None:
    await new_company(await first_admin(browser, office))
    person = await invited(browser, office, "max@acme.example", "acme-roofing", "owner")
    for path in (DEMO, f"{DEMO}/agent", f"{DEMO}/configuration", "/companies/nobody"):
        await person.go(path)
        await person.sees("There is nothing here, or it is not yours to see")
    await person.go("/companies")
    assert "Gulf Breeze Plumbing" not in await person.text()


async def test_the_second_of_two_editors_sees_both_versions(
    browser: Browser, office: Service
) -> None:
    first = await first_admin(browser, office)
    second = await invited(browser, office, "max@acme.example", "demo", "member")
    for person in (first, second):
        await person.go(f"{DEMO}/agent")
    await first.fill(greeting="Theirs was first.")
    await first.press("Save", exact=True)
    await first.sees("Saved.")
    await second.fill(greeting="Mine came later.")
    await second.press("Save", exact=True)
    await second.sees("Somebody else saved this meanwhile")
    assert "Theirs was first." in await second.text()
    assert await second.page.locator("#greeting").input_value() == "Mine came later."
    await second.press("Save", exact=True)
    await second.sees("Saved.")
    assert first.troubles == second.troubles == []


async def test_the_keyboard_alone_is_enough(browser: Browser, office: Service) -> None:
    await invited(browser, office, "max@acme.example", "demo", "member")
    person = await sits_down(browser, office)
    keyboard = person.page.keyboard
    await person.go("/sign-in")
    await reach(person, "#email")
    await keyboard.type("max@acme.example")
    await reach(person, "#password")
    await keyboard.type(PASSWORD)
    await keyboard.press("Enter")
    await person.page.wait_for_url("**/companies/demo")
    await keyboard.press("Tab")
    assert await person.page.evaluate("document.activeElement.className") == "skip"
    await reach(person, f'a[href="{DEMO}/try-it"]')
    await keyboard.press("Enter")
    await person.page.wait_for_url("**/try-it")
    await reach(person, 'button[value="ring"]')
    await keyboard.press("Enter")
    await person.page.locator("#text:focus").wait_for()
    await keyboard.type("how can I pay?")
    await keyboard.press("Enter")
    await person.sees("credit cards")
    assert person.troubles == []


async def reach(person: Person, selector: str) -> None:
    """Tab on until this has the focus, and shows that it has."""
    for _ in range(80):
        await person.page.keyboard.press("Tab")
        if await person.page.evaluate("s => document.activeElement.matches(s)", selector):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert await person.page.evaluate(style) != "none"
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


async def test_a_conversation_is_held_without_scripts(browser: Browser, office: Service) -> None:
    person = await first_admin(browser, office, java_script_enabled=False)
    await person.go(f"{DEMO}/try-it")
    await person.press("Ring")
    await person.fill(text="how can I pay?")
    await person.press("Say", exact=True)
    await person.sees("credit cards")
    await person.press("Hang up")
    await person.sees("The call is over.")


async def test_a_conversation_goes_on_where_it_stands_with_scripts(
    browser: Browser, office: Service
) -> None:
    person = await first_admin(browser, office)
    await person.go(f"{DEMO}/try-it")
    await person.press("Ring")
    await person.fill(text="how can I pay?")
    await person.press("Say", exact=True)
    await person.sees("credit cards")
    await person.fill(text="seven")
    await person.press("Press as keys")
    await person.sees("write digits, * and # alone")
    assert await person.page.locator("#text").input_value() == "seven"
    await person.fill(text="0")
    await person.press("Press as keys")
    await person.press("Takes the call")
    await person.sees("The call is over.")
    assert await person.page.locator("#talk details").count() >= 3
    assert await person.page.evaluate("performance.getEntriesByType('navigation')[0].type") == (
        "navigate"
    )
    assert person.troubles == []


async def test_all_of_it_is_done_on_a_narrow_screen(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        person = await first_admin(browser, service, **NARROW)
        await new_company(person)
        assert await person.wide() <= 360
        await person.go("/companies/acme-roofing/agent")
        await person.fill(greeting="Small but mine.")
        await person.press("Save", exact=True)
        await person.sees("Saved.")
        assert person.troubles == []
