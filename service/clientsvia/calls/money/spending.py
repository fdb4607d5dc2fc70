"""What companies spend on models and voices, and whether they may spend more; in memory alone.

Each worker counts here what it used, and knows from the book what all of them did
(``bookkeeping.py``), so nothing here waits.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.money.prices import NANO
from clientsvia.calls.money.tab import RUNNING
from clientsvia.calls.money.usage import Counts, Spent, Sums, UsageKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientsvia.calls.money.prices import Prices
    from clientsvia.calls.ports import Clock, Usage
    from clientsvia.companies.company import Company

_FARTHEST_BEHIND = timedelta(hours=12)  # of all time zones, behind UTC


def month_of(day: date) -> str:
    """A day's month, as in 2026-11."""
    return f"{day:%Y-%m}"


class Ledger:
    """The Spending port: counts by company, day, provider and model.

    What is counted waits in ``take`` for the book; it becomes part of the sums by ``settle`` when
    it is stored, and is taken again after ``restore`` when it is not.
    """

    def __init__(self, prices: Prices, clock: Clock) -> None:
        self._prices = prices
        self._clock = clock
        self._waiting: dict[UsageKey, Counts] = {}
        self._taken: dict[UsageKey, Counts] = {}
        self._money: dict[str, dict[date, Spent]] = {}  # of all workers, and what waits here
        self._companies: dict[str, Company] = {}
        self.version = 0

    def add(self, company: Company, usage: Usage) -> None:
        """Count a request, on the running tab too; returns at once and never raises."""
        if (tab := RUNNING.get()) is not None:
            tab.note(company, usage)
        self._count(
            company,
            usage,
            Counts(
                requests=1,
                input_tokens=usage.input_tokens,
                cached_tokens=usage.cached_tokens,
                output_tokens=usage.output_tokens,
                characters=usage.characters,
                milliseconds=round(usage.seconds * 1000),
                nano_usd=self._prices.nano_usd(usage),
            ),
        )

    def discarded(self, company: Company, usage: Usage) -> float:
        """Note that what was added was thrown away; what that cost, in US dollars."""
        nano_usd = self._prices.nano_usd(usage)
        self._count(
            company,
            usage,
            Counts(
                discarded=1,
                discarded_tokens=usage.input_tokens + usage.output_tokens,
                discarded_characters=usage.characters,
                discarded_nano_usd=nano_usd,
            ),
        )
        return nano_usd / NANO

    def _count(self, company: Company, usage: Usage, counts: Counts) -> None:
        self._companies[company.slug] = company
        key = UsageKey(company.slug, self._today(company), usage.provider, usage.model)
        before = self._waiting.get(key)
        self._waiting[key] = counts if before is None else before + counts
        self._spend(key, counts)

    def capped(self, company: Company) -> bool:
        """Whether the company has used up its month's money; memory only."""
        cap = company.spend.monthly_usd
        return cap > 0 and self.spent(company) >= cap

    def spent(self, company: Company) -> float:
        """What this month cost so far, in US dollars; the month is on the company's clock."""
        first = self._today(company).replace(day=1)
        days = self._money.get(company.slug, {})
        return sum(spent.nano_usd for day, spent in days.items() if day >= first) / NANO

    def wasted_today(self, company: Company) -> float:
        """What was thrown away today, in US dollars."""
        spent = self._money.get(company.slug, {}).get(self._today(company), Spent())
        return spent.discarded_nano_usd / NANO

    def month(self, company: Company) -> str:
        """The month it is for the company."""
        return month_of(self._today(company))

    def companies(self) -> Iterable[Company]:
        """The companies, as last seen, that this worker has counted something for."""
        return list(self._companies.values())

    def take(self) -> Mapping[UsageKey, Counts]:
        """What has been counted and not been stored yet."""
        self._taken, self._waiting = self._waiting, {}
        return self._taken

    @property
    def unstored(self) -> int:
        """How many requests wait for the book, or are being stored."""
        waiting = (*self._taken.values(), *self._waiting.values())
        return sum(counts.requests + counts.discarded for counts in waiting)

    def settle(self) -> None:
        """What was taken is stored."""
        self._taken = {}

    def restore(self) -> None:
        """What was taken is not stored: it waits again."""
        waiting = defaultdict(Counts, self._taken)
        for key, counts in self._waiting.items():
            waiting[key] += counts
        self._waiting, self._taken = dict(waiting), {}

    def learn(self, sums: Sums) -> None:
        """Take over the sums of all workers, when nothing is taken; forget what is long past."""
        self.version = sums.version
        self._money.update({company: dict(days) for company, days in sums.days.items()})
        for key, counts in self._waiting.items():
            if key.company in sums.days:
                self._spend(key, counts)
        since = self.since()
        for company, days in self._money.items():
            if any(day < since for day in days):
                self._money[company] = {day: spent for day, spent in days.items() if day >= since}

    def since(self) -> date:
        """The first day that is of this month for some company."""
        return (self._clock.now().astimezone(UTC) - _FARTHEST_BEHIND).date().replace(day=1)

    def _today(self, company: Company) -> date:
        return company.hours.local(self._clock.now()).date()

    def _spend(self, key: UsageKey, counts: Counts) -> None:
        days = self._money.setdefault(key.company, {})
        days[key.day] = days.get(key.day, Spent()) + counts.spent
