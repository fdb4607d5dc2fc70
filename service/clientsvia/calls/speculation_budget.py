"""How much may be prepared in vain, in a call and in a day, and when there is time for it."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientsvia.calls.load import Load
    from clientsvia.calls.making import Making
    from clientsvia.calls.money.spending import Ledger
    from clientsvia.calls.ports import Usage
    from clientsvia.companies.company import Company

CALLS_REMEMBERED = 10_000


class SpeculationBudget:
    """Counts what was thrown away, in dollars, and says when to stop preparing.

    A call's waste is what this process threw away of it; a day's is that of all workers, within
    seconds. Nothing is prepared either while this process is busy with what callers wait for. Final
    answers go on all the same.
    """

    def __init__(self, ledger: Ledger, load: Load) -> None:
        self._ledger = ledger
        self._load = load
        self._calls: OrderedDict[tuple[str, str], float] = OrderedDict()

    def allows(self, company: Company, call_sid: str) -> bool:
        """Whether one more answer may be prepared for this call; memory only."""
        spend = company.spend
        return (
            not self._load.busy
            and self._calls.get((company.slug, call_sid), 0.0) < spend.speculation_usd_per_call
            and self._ledger.wasted_today(company) < spend.speculation_usd_per_day
        )

    def discarded(self, call_sid: str, making: Making) -> None:
        """Count what was, and will have been, used for an answer that nobody heard."""
        making.tab.discard(lambda company, usage: self._count(company, call_sid, usage))

    def _count(self, company: Company, call_sid: str, usage: Usage) -> None:
        key = (company.slug, call_sid)
        self._calls[key] = self._calls.get(key, 0.0) + self._ledger.discarded(company, usage)
        self._calls.move_to_end(key)
        while len(self._calls) > CALLS_REMEMBERED:
            self._calls.popitem(last=False)
