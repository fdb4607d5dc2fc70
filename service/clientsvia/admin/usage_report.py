"""What a company's month came to, for people."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import Counts
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.money.usage import Notice, UsageBook


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """What one model or voice model was used for in the month."""

    provider: str
    model: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class MonthUsage:
    """A company's month; ``cap_usd`` is 0 without a cap, ``notices`` is what its owner was told."""

    company: str
    month: str
    cap_usd: float
    models: tuple[ModelUsage, ...]
    notices: tuple[Notice, ...]

    @property
    def total(self) -> Counts:
        """Everything together."""
        return sum((model.counts for model in self.models), Counts())

    @property
    def cap_share(self) -> float | None:
        """Which share of the cap is used, 1 for all of it; None without a cap."""
        return self.total.usd / self.cap_usd if self.cap_usd else None


async def month_usage(book: UsageBook, company: str, cap_usd: float, month: str) -> MonthUsage:
    """What a company used in a month such as 2026-11; raises InvalidInput when it is none."""
    first, last = days_of(month)
    models: dict[tuple[str, str], Counts] = {}
    for key, counts in await book.rows(first, last, company):
        name = (key.provider, key.model)
        models[name] = models.get(name, Counts()) + counts
    return MonthUsage(
        company,
        month,
        cap_usd,
        tuple(ModelUsage(*name, counts) for name, counts in sorted(models.items())),
        tuple(await book.notices(company, month)),
    )


async def used_companies(book: UsageBook, month: str) -> Sequence[str]:
    """The companies that used anything in a month, by slug; one may be gone since."""
    first, last = days_of(month)
    return sorted({key.company for key, _ in await book.rows(first, last)})


def days_of(month: str) -> tuple[date, date]:
    """The first and the last day of a month such as 2026-11."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise InvalidInput(f"{month!r} is no month: write it as 2026-11") from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])
