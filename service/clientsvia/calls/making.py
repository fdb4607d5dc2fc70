"""One answer in the making: its parts as they come, for whoever waits for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.money.tab import Tab
from clientsvia.errors import ClientsViaError

if TYPE_CHECKING:
    from clientsvia.calls.ports import Part, Question


class Dropped(ClientsViaError):
    """An answer that nobody needs any more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What there is of an answer; ``complete`` when nothing follows."""

    parts: tuple[Part, ...]
    complete: bool


class Making:
    """An answer to ``question`` under ``key``; made by its one maker, taken by any number.

    ``early`` when it was begun before the caller had finished. What comes after an action is of no
    use to anybody: the call goes elsewhere.
    """

    def __init__(self, key: str, question: Question, *, early: bool) -> None:
        self.key = key
        self.question = question
        self.early = early
        self.parts: list[Part] = []
        self.complete = False
        self.failure: Exception | None = None
        self.tab = Tab()
        self._count: int | None = None
        self._news = asyncio.Event()

    def add(self, part: Part) -> None:
        """The next part."""
        if not self.complete:
            self.parts.append(part)
            self.complete = part.action is not None or len(self.parts) == self._count
            self._tell()

    def written(self, count: int) -> None:
        """So many parts are all: who takes the last knows that nothing follows."""
        self._count = count
        if count and len(self.parts) == count:
            self.finish()

    def finish(self, failure: Exception | None = None) -> None:
        """Nothing follows; a ``failure`` reaches takers when they have what was made before it."""
        if not self.complete:
            self.complete, self.failure = True, failure
            self._tell()

    async def take(self, seen: int, patience: float) -> Taken:
        """The parts after the first ``seen``, and none when there are none in ``patience`` seconds.

        Raises what went wrong when nothing more will come of it.
        """
        try:
            async with asyncio.timeout(patience):
                while len(self.parts) <= seen and not self.complete:
                    await self._news.wait()
        except TimeoutError:
            return Taken((), complete=False)
        fresh = tuple(self.parts[seen:])
        if self.failure is not None and not fresh:
            raise self.failure
        return Taken(fresh, self.complete and self.failure is None)

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
