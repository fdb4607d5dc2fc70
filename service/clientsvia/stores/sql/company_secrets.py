"""The secrets of companies: the tokens of Twilio accounts and the keys of providers, sealed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.companies.saving import KEYED, keys_of
from clientsvia.stores.sql.tables import companies, provider_keys, twilio_accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import FromClause, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.stores.sql.database import Database
    from clientsvia.stores.sql.secrets import SecretBox

    _Row = Row[*tuple[Any, ...]]

_TOKENS = "twilio.auth_tokens"
_KEYS = {name: provider_keys.alias(f"{name}_keys") for name in KEYED}

COLUMNS = (
    twilio_accounts.c.account_sid,
    twilio_accounts.c.tokens,
    *(table.c.key.label(f"{name}_key") for name, table in _KEYS.items()),
)
"""What a query selects for ``open_into``; ``joined`` is what it selects from."""


def joined() -> FromClause:
    """Companies beside their secrets."""
    tables = companies.outerjoin(twilio_accounts, twilio_accounts.c.slug == companies.c.slug)
    for name, table in _KEYS.items():
        of_it = (table.c.slug == companies.c.slug) & (table.c.field == _field(name))
        tables = tables.outerjoin(table, of_it)
    return tables


def open_into(data: dict[str, Any], row: _Row, box: SecretBox) -> None:
    """Add the secrets of a row to the profile's data; raises ConfigurationError."""
    if row.account_sid is not None:
        tokens = [box.open(token, company=row.slug, field=_TOKENS) for token in row.tokens]
        data["twilio"] = {"account_sid": row.account_sid, "auth_tokens": tokens}
    for name in KEYED:
        sealed = getattr(row, f"{name}_key")
        if sealed is not None:
            key = box.open(sealed, company=row.slug, field=_field(name))
            data[name] = {**data.get(name, {}), "api_key": key}


def needs(row: _Row, given: CompanyProfile) -> bool:
    """Whether ``given`` is to keep a secret of this row."""
    tokens = bool(row.tokens) and not (given.twilio and given.twilio.auth_tokens)
    keys = keys_of(given)
    return tokens or any(getattr(row, f"{n}_key") and keys[n] is None for n in KEYED)


async def replace_secrets(
    connection: AsyncConnection, saved: Sequence[StoredProfile], box: SecretBox
) -> None:
    """Store the secrets of these profiles in place of their old ones."""
    accounts = list(_account_rows(saved, box))
    if accounts:
        insertion = upsert(twilio_accounts)
        new = {name: insertion.excluded[name] for name in ("account_sid", "tokens")}
        await connection.execute(
            insertion.on_conflict_do_update(index_elements=["slug"], set_=new), accounts
        )
    slugs = [stored.profile.slug for stored in saved]
    await connection.execute(delete(provider_keys).where(provider_keys.c.slug.in_(slugs)))
    if keys := list(_key_rows(saved, box)):
        await connection.execute(insert(provider_keys), keys)


async def secrets_exist(database: Database) -> bool:
    """Whether anything is stored that only a key can open."""
    async with database.read() as connection:
        if await connection.scalar(select(provider_keys.c.slug).limit(1)) is not None:
            return True
        rows = await connection.execute(select(twilio_accounts.c.tokens))
        return any(tokens for (tokens,) in rows)


async def sealed_with(database: Database) -> Counter[str]:
    """How many secrets each key seals, by the key's id."""
    async with database.read() as connection:
        accounts = await connection.execute(select(twilio_accounts.c.tokens))
        keys = await connection.execute(select(provider_keys.c.key))
        sealed = [token for (tokens,) in accounts for token in tokens]
        sealed += [key for (key,) in keys]
    return Counter(one.partition(".")[0] for one in sealed)


async def seal_anew(connection: AsyncConnection, box: SecretBox) -> int:
    """Seal every secret with the first key of ``box``; how many were sealed with another.

    Raises ConfigurationError, and nothing is to be committed, when one of them cannot be opened.
    """
    done = 0
    for row in list(await connection.execute(select(twilio_accounts))):
        tokens = [_anew(box, one, row.slug, _TOKENS) for one in row.tokens]
        if tokens != row.tokens:
            of_it = twilio_accounts.c.slug == row.slug
            await connection.execute(update(twilio_accounts).where(of_it).values(tokens=tokens))
            done += len(tokens)
    for row in list(await connection.execute(select(provider_keys))):
        key = _anew(box, row.key, row.slug, row.field)
        if key != row.key:
            of_it = (provider_keys.c.slug == row.slug) & (provider_keys.c.field == row.field)
            await connection.execute(update(provider_keys).where(of_it).values(key=key))
            done += 1
    return done


def _anew(box: SecretBox, sealed: str, company: str, field: str) -> str:
    if sealed.startswith(f"{box.first}."):
        return sealed
    return box.seal(box.open(sealed, company=company, field=field), company=company, field=field)


def _field(name: str) -> str:
    return f"{name}.api_key"


def _account_rows(saved: Sequence[StoredProfile], box: SecretBox) -> Iterator[dict[str, Any]]:
    for stored in saved:
        slug, account = stored.profile.slug, stored.profile.twilio
        if account is not None:
            tokens = [box.seal(token, company=slug, field=_TOKENS) for token in account.auth_tokens]
            yield {"slug": slug, "account_sid": account.account_sid, "tokens": tokens}


def _key_rows(saved: Sequence[StoredProfile], box: SecretBox) -> Iterator[dict[str, Any]]:
    for stored in saved:
        slug = stored.profile.slug
        for name, key in keys_of(stored.profile).items():
            if key:
                field = _field(name)
                yield {
                    "slug": slug,
                    "field": field,
                    "key": box.seal(key, company=slug, field=field),
                }
