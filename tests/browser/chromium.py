"""Debian's Chromium, or whichever ``CHROMIUM`` names."""

from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

ABSENT = "no browser: install Debian's chromium, or name one with CHROMIUM=/path/to/chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Where the browser is; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


@asynccontextmanager
async def running() -> AsyncIterator[Browser]:
    """A browser without a window; as root, as in CI, it runs without its sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=arguments)
        try:
            yield browser
        finally:
            await browser.close()
