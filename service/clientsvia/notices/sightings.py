"""When each number was last heard of, noted in memory on the caller's path and kept beside it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from clientsvia.logs import without_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.calls.ports import Clock

log = structlog.get_logger(__name__)

EVERY_SECONDS = 1.0
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Sighting:
    """When webhooks of a number last came: one that was taken, and one that was refused.

    ``reason`` is that of the last refusal, as its log line has it.
    """

    company: str
    number: str
    good_at: datetime | None = None
    refused_at: datetime | None = None
    reason: str = ""


class SightingBook(Protocol):
    """The sightings of all workers, which restarts do not end."""

    async def add(self, sightings: Sequence[Sighting]) -> None:
        """Note them; of each time the later one stays, with its reason."""

    async def of(self, *companies: str) -> Sequence[Sighting]:
        """Those of these companies' numbers, by number."""


class Sightings:
    """Collects what this worker sees; ``run`` hands it to the book once a second.

    ``good`` is written to by the caller's path itself, number to company: a lookup's worth.
    """

    def __init__(self, book: SightingBook, clock: Clock) -> None:
        self.book = book
        self.good: dict[str, str] = {}
        self._refused: dict[str, tuple[str, datetime, str]] = {}
        self._clock = clock
        self._failing = False

    def refused(self, company: str, number: str, reason: str) -> None:
        """Note a webhook of a company's number that was refused; never raises."""
        told = without_secrets(reason)[:_LONGEST]
        self._refused[number] = (company, self._clock.now(), told)

    async def run(self) -> None:
        """Hand on what was seen until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Hand on what was seen; a store that fails gets it later."""
        good, refused = self.good.copy(), self._refused.copy()
        if not good and not refused:
            return
        now = self._clock.now()
        seen = [Sighting(company, number, good_at=now) for number, company in good.items()]
        seen += [
            Sighting(company, number, refused_at=at, reason=reason)
            for number, (company, at, reason) in refused.items()
        ]
        try:
            await self.book.add(seen)
        except Exception as error:  # noqa: BLE001 - whatever fails, calls go on
            if not self._failing:
                log.warning("sightings of numbers wait to be kept", error=str(error))
            self._failing = True
            return
        self._failing = False
        for number in good:
            self.good.pop(number, None)
        for number, told in refused.items():
            if self._refused.get(number) == told:  # else another was refused meanwhile
                del self._refused[number]
