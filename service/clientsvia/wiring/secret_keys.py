"""The keys that secrets are sealed with: which there are, and putting a new one first."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.errors import ConfigurationError
from clientsvia.stores.sql.company_secrets import seal_anew, sealed_with
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.secrets import KEY_BYTES, SecretBox, key_id, load_keys, write_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.settings import Settings


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key by its id, with how many secrets it seals; the ``first`` seals what is new."""

    id: str
    first: bool
    seals: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was done: how many secrets were sealed ``anew``, and which keys there are now."""

    made: str
    anew: int
    dropped: tuple[str, ...]
    keys: tuple[SealingKey, ...]


async def list_keys(settings: Settings) -> tuple[SealingKey, ...]:
    """Every key there is, the first one first; raises ConfigurationError without any."""
    return await _told(settings, _present(settings))


async def rotate(settings: Settings, *, drop: bool = False) -> Rotation:
    """Put a new key first in the key file, and seal every secret with it.

    With ``drop`` no key is made: those that seal nothing any more go, all but the first. Keys of
    the environment are not ours to change: what they seal is sealed anew with the first of them.
    Raises ConfigurationError where a secret cannot be opened; nothing is changed then.
    """
    keys, made = _present(settings), ""
    gone: tuple[str, ...] = ()
    if not drop and not settings.secret_keys:
        keys = [secrets.token_bytes(KEY_BYTES), *keys]
        made = key_id(keys[0])
        # Before anything is sealed with it: a worker that meets it finds it in the file.
        write_keys(settings.secret_key_file, keys)
    anew = await _seal_all(settings, keys)
    if drop:
        if settings.secret_keys:
            raise ConfigurationError(
                "the keys come from CLIENTSVIA_SECRET_KEYS: take the old ones out of it, and "
                "start the service again"
            )
        gone = tuple(key_id(key) for key in keys[1:])
        keys = keys[:1]
        write_keys(settings.secret_key_file, keys)
    return Rotation(made, anew, gone, await _told(settings, keys))


def _present(settings: Settings) -> list[bytes]:
    given = settings.secret_keys.get_secret_value() if settings.secret_keys else None
    return load_keys(given, settings.secret_key_file, secrets_exist=True)


async def _seal_all(settings: Settings, keys: Sequence[bytes]) -> int:
    database = Database(settings.store)
    try:
        return await database.write(lambda connection: seal_anew(connection, SecretBox(keys)))
    finally:
        await database.close()


async def _told(settings: Settings, keys: Sequence[bytes]) -> tuple[SealingKey, ...]:
    database = Database(settings.store)
    try:
        seals = await sealed_with(database)
    finally:
        await database.close()
    ids = [key_id(key) for key in keys]
    return tuple(SealingKey(one, one == ids[0], seals[one]) for one in ids)
