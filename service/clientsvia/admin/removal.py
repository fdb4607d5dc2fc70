"""Taking a company out for good, with all that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.problems import Problem, refuse
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.admin.audit import AuditLog
    from clientsvia.companies.ports import Companies, StoredProfile

FIELD = "confirm"


async def remove_company(
    companies: Companies,
    audit: AuditLog,
    stored: StoredProfile,
    typed: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Remove it; ``typed`` is its name, written out by whoever means it.

    Raises InvalidProfile, with a problem of FIELD, for any other name. The audit log keeps that it
    was removed among what was done to no company in particular, for its own is gone with it.
    """
    slug, name = stored.profile.slug, stored.profile.name
    if " ".join(typed.split()) != " ".join(name.split()):
        raise refuse([Problem("", FIELD, f"type its name as it stands here: {name}")])
    if not await companies.remove(slug, by=by):
        raise InvalidInput(f"{slug} was removed already: see the list of companies")
    await audit.write("company removed", at=now, by=by, subject=slug)
