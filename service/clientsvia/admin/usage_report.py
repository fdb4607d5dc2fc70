"""What a company's month came to, for people."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.calls.log_queries import CallTotals, Span
from clientsvia.calls.money.usage import Counts
from clientsvia.companies.clocks import first_shown
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clientsvia.calls.money.usage import Notice, UsageBook, UsageKey
    from clientsvia.calls.ports import CallLog

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """What one model or voice model was used for in the month."""

    provider: str
    model: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class DayUsage:
    """A day on the company's clock: its calls, and what they used of all models together."""

    day: date
    calls: CallTotals
    counts: Counts


@dataclass(frozen=True, slots=True)
class MonthUsage:
    """A company's month; ``cap_usd`` is 0 without a cap, ``notices`` is what its owner was told.

    ``rows`` are by day, provider and model. ``phone`` are the calls by day, where they were asked
    for: those that the log still knows.
    """

    company: str
    month: str
    cap_usd: float
    rows: tuple[tuple[UsageKey, Counts], ...]
    notices: tuple[Notice, ...]
    phone: Mapping[date, CallTotals] = field(default_factory=dict)

    @property
    def models(self) -> tuple[ModelUsage, ...]:
        """What each model was used for."""
        found: dict[tuple[str, str], Counts] = {}
        for key, counts in self.rows:
            name = (key.provider, key.model)
            found[name] = found.get(name, Counts()) + counts
        return tuple(ModelUsage(*name, counts) for name, counts in sorted(found.items()))

    @property
    def days(self) -> tuple[DayUsage, ...]:
        """The days on which anything was used, or anybody called."""
        found: dict[date, Counts] = {}
        for key, counts in self.rows:
            found[key.day] = found.get(key.day, Counts()) + counts
        return tuple(
            DayUsage(day, self.phone.get(day, CallTotals()), found.get(day, Counts()))
            for day in sorted({*found, *self.phone})
        )

    @property
    def calls(self) -> CallTotals:
        """All calls together."""
        every = self.phone.values()
        return CallTotals(sum(one.calls for one in every), sum(one.seconds for one in every))

    @property
    def total(self) -> Counts:
        """Everything together, but for the calls."""
        return sum((counts for _, counts in self.rows), Counts())

    @property
    def cap_share(self) -> float | None:
        """Which share of the cap is used, 1 for all of it; None without a cap."""
        return self.total.usd / self.cap_usd if self.cap_usd else None


async def month_usage(book: UsageBook, company: str, cap_usd: float, month: str) -> MonthUsage:
    """What a company used in a month such as 2026-11; raises InvalidInput when it is none."""
    rows = await book.rows(*days_of(month), company)
    notices = await book.notices(company, month)
    return MonthUsage(company, month, cap_usd, tuple(rows), tuple(notices))


async def with_calls(used: MonthUsage, log: CallLog, zone: ZoneInfo) -> MonthUsage:
    """The month with its calls, by day on the company's clock."""
    first, last = days_of(used.month)
    days = [first + number * _ONE_DAY for number in range(last.day)]
    found = await log.totals([(used.company, _span_of(day, zone)) for day in days])
    by_day = zip(days, found, strict=True)
    return replace(used, phone={day: calls for day, calls in by_day if calls.calls})


def _span_of(day: date, zone: ZoneInfo) -> Span:
    begin, end = (datetime.combine(one, time()) for one in (day, day + _ONE_DAY))
    return Span(first_shown(begin, zone), first_shown(end, zone))


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


def months_until(month: str, count: int) -> Sequence[str]:
    """So many months up to this one, the newest first."""
    first, _ = days_of(month)
    months = []
    for _ in range(count):
        months.append(f"{first:%Y-%m}")
        first = (first - _ONE_DAY).replace(day=1)
    return months


def as_data(used: MonthUsage) -> dict[str, Any]:
    """A month as JSON has it."""
    return {
        "company": used.company,
        "month": used.month,
        "cap_usd": used.cap_usd,
        "cap_share": used.cap_share,
        "calls": used.calls.calls,
        "call_seconds": used.calls.seconds,
        "total": counts_data(used.total),
        "models": [
            {"provider": model.provider, "model": model.model, **counts_data(model.counts)}
            for model in used.models
        ],
        "days": [
            {
                "day": one.day.isoformat(),
                "calls": one.calls.calls,
                "call_seconds": one.calls.seconds,
                **counts_data(one.counts),
            }
            for one in used.days
        ],
        "notices": [
            {"percent": one.percent, "cap_usd": one.cap_usd, "at": one.at} for one in used.notices
        ],
    }


def counts_data(counts: Counts) -> dict[str, Any]:
    """Counts with their money in dollars and their time in seconds."""
    data = {name: value for name, value in asdict(counts).items() if "nano" not in name}
    seconds = data.pop("milliseconds") / 1000
    share = counts.discarded_share
    return {**data, "seconds": seconds, "discarded_share": share, "usd": counts.usd}
