"""What companies used of providers, as it is counted and kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from clientsvia.calls.money.prices import NANO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """Money of a company's day, in thousand-millionths of a US dollar."""

    nano_usd: int = 0
    discarded_nano_usd: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.nano_usd + other.nano_usd, self.discarded_nano_usd + other.discarded_nano_usd
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests and what they used up; whole numbers, so that no order of adding makes another sum.

    ``discarded`` and what begins with it is the share of the others that was thrown away.
    ``nano_usd`` are thousand-millionths of a US dollar.
    """

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    characters: int = 0
    milliseconds: int = 0
    nano_usd: int = 0
    discarded: int = 0
    discarded_tokens: int = 0
    discarded_characters: int = 0
    discarded_nano_usd: int = 0

    def __add__(self, other: Counts) -> Counts:
        # PERF: 6 us; with dataclasses.astuple 60, for it copies each number as if it were deep.
        return Counts(*map(int.__add__, _numbers(self), _numbers(other)))

    @property
    def spent(self) -> Spent:
        """The money alone."""
        return Spent(self.nano_usd, self.discarded_nano_usd)

    @property
    def usd(self) -> float:
        """The estimated cost in US dollars."""
        return self.nano_usd / NANO

    @property
    def discarded_share(self) -> float:
        """Which share of the cost was thrown away, from 0 to 1."""
        return self.discarded_nano_usd / self.nano_usd if self.nano_usd else 0.0


_numbers = attrgetter(*(field.name for field in fields(Counts)))


@dataclass(frozen=True, slots=True)
class UsageKey:
    """What is counted apart; ``day`` is on the company's clock."""

    company: str
    day: date
    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Sums:
    """Money by company and day, as of ``version`` of the book."""

    version: int
    days: Mapping[str, Mapping[date, Spent]]


@dataclass(frozen=True, slots=True)
class ErrorKey:
    """Failures that are counted together; ``hour`` is the beginning of an hour in UTC.

    ``error`` names the class in ``errors.py``.
    """

    company: str
    hour: datetime
    provider: str
    error: str


@dataclass(frozen=True, slots=True)
class Failures:
    """How often something failed, when last (in UTC), and with which cause and remedy."""

    count: int
    last: datetime
    found: str
    remedy: str

    def __add__(self, other: Failures) -> Failures:
        newest = max(self, other, key=lambda one: one.last)
        return Failures(self.count + other.count, newest.last, newest.found, newest.remedy)


@dataclass(frozen=True, slots=True)
class Notice:
    """That a company's month reached ``percent`` of its cap.

    ``month`` is as in 2026-11, ``at`` in UTC. A company that raises its cap is told of the new one.
    """

    company: str
    month: str
    cap_usd: float
    percent: int
    at: datetime


class UsageBook(Protocol):
    """The sums of all workers, in a store."""

    async def add(
        self, usage: Mapping[UsageKey, Counts], failures: Mapping[ErrorKey, Failures]
    ) -> None:
        """Add to the sums, all or none; raises StoreUnavailable when nothing was added."""

    async def sums(self, since: date, after: int) -> Sums:
        """The days from ``since`` of each company whose sums changed after version ``after``."""

    async def rows(
        self, since: date, until: date, company: str | None = None
    ) -> Sequence[tuple[UsageKey, Counts]]:
        """The sums of the days from ``since`` to ``until``, in the order of their keys."""

    async def failures(
        self, since: datetime, company: str | None = None
    ) -> Sequence[tuple[ErrorKey, Failures]]:
        """The failures of the hours from ``since`` on, in the order of their keys."""

    async def notice(self, notice: Notice) -> bool:
        """Note it; False when any worker has noted the same before, at whatever time."""

    async def notices(self, company: str, month: str) -> Sequence[Notice]:
        """What was noted of a company's month, oldest first."""
