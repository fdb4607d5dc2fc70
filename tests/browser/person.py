"""Somebody at a browser, who sees what is amiss with a page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page

    from tests.serving import Service

PASSWORD = "quiet marble under seven bridges"
PATIENCE_MS = 60_000
REFUSED = "the server responded with a status of 4"  # Chromium's word on any answer of that kind


@dataclass
class Person:
    """A browser window; ``troubles`` are errors of its scripts, of its policy and of the service.

    What the service refuses is no trouble: tests of it say so themselves.
    """

    context: BrowserContext
    page: Page
    origin: str
    troubles: list[str] = field(default_factory=list)

    async def go(self, path: str) -> None:
        await self.page.goto(self.origin + path)

    async def fill(self, **fields: str) -> None:
        """Type into fields by their ids, in which a hyphen stands for the name's point."""
        for name, text in fields.items():
            await self.page.locator(f"#{name.replace('_', '-')}").fill(text)

    async def press(self, name: str, **options: Any) -> None:
        await self.page.get_by_role("button", name=name, **options).first.click()

    async def text(self) -> str:
        return await self.page.locator("main").inner_text()

    async def sees(self, words: str) -> None:
        """Wait until these words are there."""
        await self.page.locator("main").get_by_text(words).first.wait_for()

    async def wide(self) -> int:
        """How wide the page is, in pixels: over the window's width it can be scrolled sideways."""
        width: int = await self.page.evaluate("document.documentElement.scrollWidth")
        return width

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and REFUSED not in message.text:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def broke(self, error: Error) -> None:
        self.troubles.append(f"{self.page.url}: {error.message}")


async def sits_down(browser: Browser, service: Service, **options: Any) -> Person:
    """Somebody who is not signed in yet; ``options`` are a browser context's."""
    context = await browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    person = Person(context, page, service.origin)
    page.on("console", person.note)
    page.on("pageerror", person.broke)
    return person


async def link(service: Service, *arguments: str) -> str:
    """The path of a one-time link, as ``clientsvia user link`` prints it."""
    made = await asyncio.to_thread(service.clientsvia, "user", "link", *arguments)
    return str(made["url"]).removeprefix(service.origin)


async def first_admin(browser: Browser, service: Service, **options: Any) -> Person:
    """The installation's first administrator, who follows the link that its start printed."""
    person = await sits_down(browser, service, **options)
    await person.go(await link(service, "--first-admin"))
    await person.fill(email="ada@service.example", name="Ada", password=PASSWORD)
    await person.press("Begin")
    await person.page.wait_for_url("**/companies")
    return person


async def invited(
    browser: Browser, service: Service, email: str, company: str, role: str, **options: Any
) -> Person:
    """Somebody who was invited to a company, and has joined it."""
    person = await sits_down(browser, service, **options)
    await person.go(await link(service, email, "--company", company, "--role", role))
    await person.fill(name=email.partition("@")[0].title(), password=PASSWORD)
    await person.press("Join")
    await person.page.wait_for_url(lambda url: "/link/" not in url)
    return person
