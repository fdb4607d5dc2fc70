"""The doctor's findings on one company, for the people of that company."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis import Check, Trouble, diagnose_company

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.diagnosis import Sources
    from clientsvia.admin.looking import Looking
    from clientsvia.companies.ports import StoredProfile

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class CompanyCheck:
    """Looks at a company as the doctor does, but tells nothing of the installation or of others."""

    looking: Looking
    sources: Sources
    patience: float = PATIENCE

    async def of(self, stored: StoredProfile) -> Sequence[Check]:
        """Every finding, those to be mended first in each trouble; as far as time allows."""
        setup, _ = self.looking.at(stored)
        found: list[Check] = []
        try:
            async with asyncio.timeout(self.patience):
                now = self.looking.clock.now()
                async for check in diagnose_company(setup, self.sources, now):
                    found.append(check)  # noqa: PERF401 - what is found by then is told
        except TimeoutError:
            what = f"was not looked at within {self.patience:g} seconds"
            remedy = "check again in a moment: somebody who was asked does not answer"
            found.append(Check(Trouble.WEBHOOK, "the rest", what, remedy))
        order = list(Trouble)
        return sorted(found, key=lambda one: (order.index(one.trouble), one.well))
