"""A responder in trouble."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.ports import Part

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company


@dataclass
class Broken:
    """A responder that fails in a given way, or never answers."""

    error: Exception | None

    async def answer(self, _question: Question) -> AsyncIterator[Part]:
        if self.error is None:
            await asyncio.sleep(60)
        else:
            raise self.error
        yield Part()

    def instant(self, _company: Company) -> bool:
        return False
