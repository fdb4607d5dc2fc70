"""Which calls are under way, and how many of them one caller has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

GRACE_SECONDS = 600  # a call whose end was never told is forgotten this long after its limit


class Admission:
    """Calls under way by company and caller, in this process.

    A call is known from its first webhook to its last status callback; a second delivery of the
    first finds the same start, hence gives the same answer.
    """

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)

    def admit(self, company: Company, caller: str, call_sid: str, now: datetime) -> int | None:
        """When this call began, in Unix seconds: now, unless it is known; None if one too many.

        Callers without a number cannot be told apart, hence are never too many.
        """
        moment = int(now.timestamp())
        if not caller:
            caller = call_sid
        calls = self._under_way(company, caller, moment)
        if call_sid not in calls and len(calls) >= company.limits.calls_per_caller:
            return None
        return calls.setdefault(call_sid, moment)

    def _under_way(self, company: Company, caller: str, moment: int) -> dict[str, int]:
        calls = self._open[company.slug, caller]
        oldest = moment - company.limits.call_seconds - GRACE_SECONDS
        for sid in [sid for sid, began in calls.items() if began < oldest]:
            del calls[sid]
        return calls

    def ended(self, company: str, caller: str, call_sid: str) -> None:
        """Forget a call that is over."""
        key = company, caller or call_sid
        calls = self._open.get(key, {})
        calls.pop(call_sid, None)
        if not calls:
            self._open.pop(key, None)
