"""One company and the service around it, as all that looks at its numbers takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.companies.snapshot import compile_company

if TYPE_CHECKING:
    from clientsvia.admin.diagnosis.checks import Setup
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import StoredProfile


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks at companies as they are stored; ``service`` is what is known beside them."""

    service: Setup
    clock: Clock

    def at(self, stored: StoredProfile, *, ask_twilio: bool = True) -> tuple[Setup, Company]:
        """What is to be looked at, and the company in it."""
        company = compile_company(stored, self.clock.now())
        return replace(self.service, companies=(company,), ask_twilio=ask_twilio), company
