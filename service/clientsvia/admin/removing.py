"""Removing a company with all that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.admin.audit import AuditLog
    from clientsvia.companies.ports import Companies
    from clientsvia.companies.profile import CompanyProfile


async def remove(
    companies: Companies,
    audit: AuditLog,
    profile: CompanyProfile,
    *,
    confirmed: str,
    by: str,
    at: datetime,
) -> None:
    """Remove a company, from the next call on; raises InvalidInput unless its name is repeated.

    It cannot be undone: export the company first to have it again.
    """
    if confirmed.strip() != profile.name:
        raise InvalidInput(
            f"nothing was removed: to remove {profile.slug} with its calls, messages and people "
            f"for good, confirm it by its name, {profile.name!r}"
        )
    await companies.remove(profile.slug, by=by)
    # Under no company: what is written of this one went with it.
    await audit.write("company removed", at=at, by=by, subject=profile.slug)
