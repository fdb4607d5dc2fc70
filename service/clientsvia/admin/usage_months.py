"""Any month of any company, up to this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.admin.usage_report import days_of, month_usage, with_calls
from clientsvia.calls.money.spending import month_of

if TYPE_CHECKING:
    from clientsvia.admin.usage_report import MonthUsage
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.companies.profile import CompanyProfile


@dataclass(frozen=True, slots=True)
class Months:
    """What companies' months came to, for whoever shows them."""

    book: UsageBook
    log: CallLog
    clock: Clock

    def present(self, profile: CompanyProfile) -> str:
        """The month on the company's clock."""
        return month_of(self.clock.now().astimezone(ZoneInfo(profile.time_zone)).date())

    async def month(self, profile: CompanyProfile, month: str) -> MonthUsage:
        """A month, the present one without a word; raises InvalidInput when it is none."""
        wanted = month or self.present(profile)
        cap = profile.spend.monthly_usd
        used = await month_usage(self.book, profile.slug, cap, wanted)
        return await with_calls(used, self.log, ZoneInfo(profile.time_zone))

    def forgotten(self, profile: CompanyProfile, month: str) -> bool:
        """Whether calls of the month may have been deleted, because their time is over."""
        kept = profile.privacy.retention_days
        first, _ = days_of(month)
        begin = datetime(first.year, first.month, 1, tzinfo=UTC)
        return bool(kept) and begin < self.clock.now() - timedelta(days=kept)
