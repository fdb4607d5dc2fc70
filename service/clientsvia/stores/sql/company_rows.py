"""The rows a company is kept in: its profile, its numbers and its secrets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.companies.saving import KEYED
from clientsvia.stores.sql.company_secrets import replace_secrets
from clientsvia.stores.sql.tables import companies, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.stores.sql.secrets import SecretBox

_SECRET = {"twilio": True} | {name: {"api_key"} for name in KEYED}


async def other_owners(
    connection: AsyncConnection, profiles: Sequence[CompanyProfile]
) -> dict[str, str]:
    """The owners, by number, of the numbers these profiles want, apart from themselves."""
    slugs = {profile.slug for profile in profiles}
    found: dict[str, str] = {}
    for profile in profiles:
        wanted = [entry.number for entry in profile.numbers]
        rows = await connection.execute(
            select(numbers.c.e164, numbers.c.slug).where(numbers.c.e164.in_(wanted))
        )
        found.update((row.e164, row.slug) for row in rows if row.slug not in slugs)
    return found


async def replace_rows(
    connection: AsyncConnection, saved: Sequence[StoredProfile], box: SecretBox
) -> None:
    """Store these companies in place of what there was of them."""
    if not saved:
        return
    slugs = [stored.profile.slug for stored in saved]
    # All of them give up their numbers before any takes some: two may exchange theirs.
    await connection.execute(delete(numbers).where(numbers.c.slug.in_(slugs)))
    insertion = upsert(companies)
    await connection.execute(
        insertion.on_conflict_do_update(
            index_elements=[companies.c.slug],
            set_={
                column.name: insertion.excluded[column.name]
                for column in companies.columns
                if not column.primary_key
            },
        ),
        [_company_row(stored) for stored in saved],
    )
    if owned := list(_number_rows(saved)):
        await connection.execute(insert(numbers), owned)
    await replace_secrets(connection, saved, box)


def _company_row(stored: StoredProfile) -> dict[str, Any]:
    return {
        "slug": stored.profile.slug,
        "revision": stored.revision,
        "name": stored.profile.name,
        "active": stored.profile.account.state != "suspended",
        "profile": stored.profile.model_dump(mode="json", exclude=_SECRET),
        "updated_at": datetime.now(UTC),
    }


def _number_rows(saved: Iterable[StoredProfile]) -> Iterable[dict[str, Any]]:
    for stored in saved:
        for entry in stored.profile.numbers:
            yield {"e164": entry.number, "slug": stored.profile.slug, "active": entry.active}
