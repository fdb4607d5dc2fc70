"""What each answer used of providers, whoever made the requests for it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.calls.ports import Spending, Usage
    from clientsvia.companies.company import Company

_used: ContextVar[list[Usage] | None] = ContextVar("_used", default=None)


@contextmanager
def metering(used: list[Usage]) -> Iterator[None]:
    """Note what is used from here on, in this task and those it begins."""
    token = _used.set(used)
    try:
        yield
    finally:
        _used.reset(token)


class Metered:
    """Counts as ``spending`` does, and notes it for the answer it was used for."""

    def __init__(self, spending: Spending) -> None:
        self._spending = spending

    def add(self, company: Company, usage: Usage) -> None:
        """Count a request; returns at once and never raises."""
        self._spending.add(company, usage)
        used = _used.get()
        if used is not None:
            used.append(usage)

    def discarded(self, company: Company, usage: Usage) -> float:
        """Count what was used in vain; its cost in US dollars."""
        return self._spending.discarded(company, usage)

    def wasted_today(self, company: Company) -> float:
        """What was used in vain today, in US dollars; memory only."""
        return self._spending.wasted_today(company)

    def capped(self, company: Company) -> bool:
        """Whether the company has used up its month's money; memory only."""
        return self._spending.capped(company)
