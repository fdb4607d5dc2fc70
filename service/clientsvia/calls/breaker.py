"""Stops asking a provider that keeps failing, for each company by itself."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.errors import KeyRefused, ProviderFailed, QuotaUsedUp, UnknownModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.companies.company import Company

FAILURES = 3
"""How many in a row open it, of those that may pass by themselves."""
LASTING = (KeyRefused, QuotaUsedUp, UnknownModel)
"""What stays until a person has done something: one opens it."""
LASTING_S = (60.0, 600.0)
PASSING_S = (15.0, 120.0)
"""How long it stays open at first, and at most; it doubles from one to the other."""
PROBE_S = 30.0
"""A probe that came to nothing, as when its caller hung up, makes way for another after this."""
KEPT = 10_000

_Key = tuple[str, str]


@dataclass(slots=True)
class _Circuit:
    """What is known of one company at one provider; ``open_s`` is 0 while it is closed."""

    failures: int = 0
    open_s: float = 0.0
    closed_at: float = 0.0
    probed_at: float | None = None
    why: ProviderFailed | None = None


class Breaker:
    """Says whether a company's next request to a provider makes sense; memory only.

    Open, it lets nothing through; when its time is over, one probe, whose success closes it and
    whose failure opens it for twice as long. ``clock`` gives monotonic seconds. Companies that
    share the platform's key do not share this: one's settings never silence another.
    """

    def __init__(self, clock: Callable[[], float], kept: int = KEPT) -> None:
        self._clock = clock
        self._kept = kept
        self._circuits: OrderedDict[_Key, _Circuit] = OrderedDict()

    def allows(self, company: Company, provider: str) -> bool:
        """Whether to ask now; who was allowed tells how it went, else counts as a lost probe."""
        circuit = self._circuits.get((company.slug, provider))
        if circuit is None or not circuit.open_s:
            return True
        now = self._clock()
        if now < circuit.closed_at:
            return False
        if circuit.probed_at is not None and now < circuit.probed_at + PROBE_S:
            return False
        circuit.probed_at = now
        return True

    def succeeded(self, company: Company, provider: str) -> None:
        """Note that the provider answered."""
        self._circuits.pop((company.slug, provider), None)

    def failed(self, company: Company, provider: str, error: ProviderFailed) -> None:
        """Note that it did not.

        What fails while it is open, as a request begun before, leaves it as it is.
        """
        key = company.slug, provider
        circuit = self._circuits.setdefault(key, _Circuit())
        self._circuits.move_to_end(key)
        if len(self._circuits) > self._kept:
            self._circuits.popitem(last=False)
        if circuit.open_s and circuit.probed_at is None:
            return
        circuit.failures += 1
        circuit.why = error
        lasting = isinstance(error, LASTING)
        if lasting or circuit.open_s or circuit.failures >= FAILURES:
            first, most = LASTING_S if lasting else PASSING_S
            circuit.open_s = min(max(first, circuit.open_s * 2), most)
            circuit.closed_at = self._clock() + circuit.open_s
            circuit.probed_at = None

    def why(self, company: Company, provider: str) -> ProviderFailed | None:
        """What opened it; None while it is closed."""
        circuit = self._circuits.get((company.slug, provider))
        return circuit.why if circuit is not None and circuit.open_s else None
