"""What a company always says is spoken when its settings change, not when the phone rings."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.sentences import fixed
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from clientsvia.calls.ports import PreparedAnswers, Speech
    from clientsvia.companies.company import Company

log = structlog.get_logger(__name__)

PATIENCE_S = 15.0  # for one sentence: nobody waits for it
CLAIM_S = 300.0
RETRY_S = 60.0
RETRY_AT_MOST_S = 3600.0


class Repertoire:
    """Makes the clips of companies' fixed sentences, one after the other in the background.

    Of several workers one makes a company's; a claim says which. Whose sentences could not be
    made is tried again later and later.
    """

    def __init__(
        self, speech: Speech, prepared: PreparedAnswers, *, retry_s: float = RETRY_S
    ) -> None:
        self._speech = speech
        self._prepared = prepared
        self._retry_s = retry_s
        self._newest: dict[str, Company] = {}
        self._waiting: OrderedDict[str, Company] = OrderedDict()
        self._delays: dict[str, float] = {}
        self._news = asyncio.Event()

    def take(self, company: Company) -> None:
        """Note that a company is new or has changed: it goes before those that wait."""
        self._newest[company.slug] = company
        if self._speech.has_voice(company):
            self._waiting[company.slug] = company
            self._waiting.move_to_end(company.slug, last=False)
            self._news.set()
        else:
            self._waiting.pop(company.slug, None)

    async def follow(self) -> None:
        """Speak for companies as they come, until cancelled."""
        while True:
            await self._news.wait()
            if not self._waiting:
                self._news.clear()
                continue
            _, company = self._waiting.popitem(last=False)
            if await self._complete(company):
                self._delays.pop(company.slug, None)
            else:
                self._later(company)

    async def _complete(self, company: Company) -> bool:
        """Whether every fixed sentence of the company has its clip now."""
        missing = [text for text in fixed(company) if not self._speech.ready(company, text)]
        if not missing:
            return True
        key = f"repertoire:{company.slug}:{company.revision}"
        try:
            if not await self._prepared.claim(key, CLAIM_S):
                return False  # somebody else is at it: looked at again later
            try:
                return await self._speak(company, missing)
            finally:
                await self._prepared.discard(key)
        except Exception as error:  # noqa: BLE001 - whatever fails, other companies have their turn
            self._tell(company, error)
            return False

    async def _speak(self, company: Company, missing: list[str]) -> bool:
        started = time.monotonic()
        for text in missing:
            if self._newest[company.slug] is not company:
                return True  # it has changed meanwhile, and what it says now is next
            if not await self._speech.speak(company, text, patience=PATIENCE_S):
                return False
        log.info(
            "a company's fixed sentences have their clips",
            company=company.slug,
            made=len(missing),
            seconds=round(time.monotonic() - started, 1),
        )
        return True

    def _later(self, company: Company) -> None:
        delay = self._delays.get(company.slug, self._retry_s)
        self._delays[company.slug] = min(2 * delay, RETRY_AT_MOST_S)
        asyncio.get_running_loop().call_later(delay, self._again, company)

    def _again(self, company: Company) -> None:
        """Queue behind the others, unless it has changed meanwhile."""
        if self._newest[company.slug] is company:
            self._waiting[company.slug] = company
            self._news.set()

    def _tell(self, company: Company, error: Exception) -> None:
        """Say once what keeps a company from its clips, not at every try."""
        if company.slug not in self._delays:
            remedy = error.remedy if isinstance(error, ProviderFailed) else "it is tried again"
            log.warning(
                "a company's fixed sentences could not be spoken",
                company=company.slug,
                error=repr(error),
                remedy=remedy,
            )
