"""Companies with a cap, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.calls.ports import Usage
from tests.conftest import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

CENT = Usage("openai", "gpt-4.1-mini", input_tokens=25_000, seconds=0.5)
"""What costs a cent."""


@dataclass
class SetClock:
    """Stands still until it is set."""

    at: datetime = OPEN

    def now(self) -> datetime:
        return self.at


def capped_at(company: Company, usd: float, slug: str = "") -> Company:
    spend = replace(company.spend, monthly_usd=usd)
    return replace(company, spend=spend, slug=slug or company.slug)
