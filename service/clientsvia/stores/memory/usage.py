"""The book of what companies use, in the process."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import Sums
from clientsvia.stores.memory.forgetting import forget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, Notice, Spent, UsageKey


class MemoryUsage:
    """Sums in dictionaries."""

    def __init__(self) -> None:
        self._usage: dict[UsageKey, Counts] = {}
        self._failures: dict[ErrorKey, Failures] = {}
        self._notices: dict[tuple[str, str, float, int], Notice] = {}
        self._changed: dict[str, int] = {}
        self._version = 0

    async def add(
        self, usage: Mapping[UsageKey, Counts], failures: Mapping[ErrorKey, Failures]
    ) -> None:
        """Add to the sums."""
        self._version += 1
        for key, counts in usage.items():
            before = self._usage.get(key)
            self._usage[key] = counts if before is None else before + counts
            self._changed[key.company] = self._version
        for error, failed in failures.items():
            earlier = self._failures.get(error)
            self._failures[error] = failed if earlier is None else earlier + failed

    async def sums(self, since: date, after: int) -> Sums:
        """The days from ``since`` of each company whose sums changed after version ``after``."""
        changed = {company for company, version in self._changed.items() if version > after}
        days: dict[str, dict[date, Spent]] = {company: {} for company in changed}
        for key, counts in self._usage.items():
            if key.company in changed and key.day >= since:
                of_it, spent = days[key.company], counts.spent
                of_it[key.day] = of_it[key.day] + spent if key.day in of_it else spent
        return Sums(self._version, days)

    async def rows(
        self, since: date, until: date, company: str | None = None
    ) -> Sequence[tuple[UsageKey, Counts]]:
        """The sums of the days from ``since`` to ``until``, in the order of their keys."""
        found = [
            (key, counts)
            for key, counts in self._usage.items()
            if since <= key.day <= until and company in {None, key.company}
        ]
        return sorted(found, key=lambda row: astuple(row[0]))

    async def failures(
        self, since: datetime, company: str | None = None
    ) -> Sequence[tuple[ErrorKey, Failures]]:
        """The failures of the hours from ``since`` on, in the order of their keys."""
        found = [
            (key, failed)
            for key, failed in self._failures.items()
            if key.hour >= since and company in {None, key.company}
        ]
        return sorted(found, key=lambda row: astuple(row[0]))

    async def notice(self, notice: Notice) -> bool:
        """Note it; False when the same has been noted before."""
        key = (notice.company, notice.month, notice.cap_usd, notice.percent)
        return self._notices.setdefault(key, notice) is notice

    async def notices(self, company: str, month: str) -> Sequence[Notice]:
        """What was noted of a company's month, oldest first."""
        found = [
            one for one in self._notices.values() if (one.company, one.month) == (company, month)
        ]
        return sorted(found, key=lambda one: (one.at, one.percent))

    def forget_company(self, company: str) -> int:
        """Let go of all sums of a company; how many those were."""
        self._changed.pop(company, None)
        sums = forget(self._usage, lambda key: key.company == company)
        noted = forget(self._notices, lambda key: key[0] == company)
        return sums + noted + forget(self._failures, lambda key: key.company == company)
