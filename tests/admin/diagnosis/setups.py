"""Set-ups to be diagnosed, and what is read off the checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientsvia.admin.diagnosis import Check, Setup, Trouble
from clientsvia.companies.company import TwilioAccount

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientsvia.companies.company import Company

ORIGIN = "https://answers.example"
ACCOUNT = TwilioAccount("AC" + "a" * 32, ("canary-token",))


def production(*companies: Company, **fields: Any) -> Setup:
    """A service that real calls reach, with one account for all of ``companies``."""
    setup = Setup(ORIGIN, demo=False, signed=True, platform=ACCOUNT, companies=companies)
    return replace(setup, **fields)


def amiss(checks: Iterable[Check], trouble: Trouble | None = None) -> list[str]:
    """What was found that is not well, of one trouble or of all."""
    return [c.found for c in checks if not c.well and trouble in {None, c.trouble}]


def only(checks: Iterable[Check]) -> Check:
    """The one check that was made."""
    (check,) = checks
    return check
