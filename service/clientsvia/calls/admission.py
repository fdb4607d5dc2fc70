"""Which calls are under way, and how many of them one caller has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

IDLE_SECONDS = 45  # a caller who is there is heard of sooner: partials, silence, the next turn


@dataclass(slots=True)
class UnderWay:
    """When a call began and when it was last heard of, in Unix seconds."""

    began: int
    seen: float


class Admission:
    """Calls under way by company and caller, as far as this process has heard of them.

    ``now`` is in Unix seconds throughout.

    A call is known from its first webhook until its last status callback, or until it has not been
    heard of for a while: no number is bound to have a status callback, and another process may
    have got it. A second delivery of the first webhook to this process finds the same beginning.
    """

    def __init__(self) -> None:
        self._calls: defaultdict[tuple[str, str], dict[str, UnderWay]] = defaultdict(dict)

    def admit(self, company: Company, caller: str, call_sid: str, now: float) -> int | None:
        """When this call began, in Unix seconds: now, unless it is known; None if one too many.

        Callers without a number cannot be told apart, hence are never too many.
        """
        calls = self._calls[company.slug, caller or call_sid]
        if calls:  # most callers have no other call
            for sid in [sid for sid, call in calls.items() if call.seen < now - IDLE_SECONDS]:
                del calls[sid]
            if call := calls.get(call_sid):
                call.seen = now
                return call.began
            if len(calls) >= company.limits.calls_per_caller:
                return None
        calls[call_sid] = UnderWay(began := int(now), now)
        return began

    def seen(self, company: str, caller: str, call_sid: str, began: int, now: float) -> None:
        """Note that a call goes on, wherever it began."""
        calls = self._calls[company, caller or call_sid]
        calls.setdefault(call_sid, UnderWay(began, 0.0)).seen = now

    def ended(self, company: str, caller: str, call_sid: str) -> None:
        """Forget a call that is over."""
        self._calls[company, caller or call_sid].pop(call_sid, None)

    def sweep(self, now: float) -> None:
        """Forget callers of whom nothing has been heard for a while."""
        oldest = now - IDLE_SECONDS
        for key, calls in list(self._calls.items()):
            if all(call.seen < oldest for call in calls.values()):
                del self._calls[key]

    def __len__(self) -> int:
        return sum(map(len, self._calls.values()))
