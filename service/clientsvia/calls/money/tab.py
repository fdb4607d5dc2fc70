"""What one answer in the making uses, so that it is known what it cost when nobody hears it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.ports import Usage
    from clientsvia.companies.company import Company

    Count = Callable[[Company, Usage], None]

RUNNING: ContextVar[Tab | None] = ContextVar("running tab", default=None)
"""The tab of the task that runs, and of those it began."""


class Tab:
    """Collects what is used for one answer, by whichever of its tasks.

    A request that is broken off tells what it used only when it has ended: what comes after
    ``discard`` is counted as it comes.
    """

    def __init__(self) -> None:
        self._used: list[tuple[Company, Usage]] = []
        self._count: Count | None = None

    def note(self, company: Company, usage: Usage) -> None:
        """Something was used for this answer."""
        if self._count is None:
            self._used.append((company, usage))
        else:
            self._count(company, usage)

    def discard(self, count: Count) -> None:
        """Nobody hears the answer: count what was used for it, and what will have been."""
        self._count = count
        used, self._used = self._used, []
        for company, usage in used:
            count(company, usage)
