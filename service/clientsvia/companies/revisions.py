"""The states a company has been in: each with who brought it about, and what differs in it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.companies.changes import changes_between, secret_changes
from clientsvia.companies.files import as_data

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clientsvia.companies.profile import CompanyProfile

KEPT = 1000
"""How many revisions of a company are kept; one of a large company takes some 100 kB."""

NAMED = 100
"""How many fields a revision names; ``admin.history`` finds all of them."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A company as it was from one change to the next, without its secrets.

    ``by`` is empty where nobody is known to have done it, as before there was a history. ``fields``
    are the first NAMED that differ from the revision before, ``secrets`` the secret ones of all.
    A removal has no profile, and ``packed`` is empty.
    """

    revision: int
    company: str
    at: datetime
    by: str
    fields: tuple[str, ...]
    secrets: tuple[str, ...]
    packed: bytes = field(repr=False)

    @property
    def profile(self) -> Mapping[str, Any]:
        """The profile as plain data, as in ``files.as_data``."""
        if self.removed:
            return {}
        data: dict[str, Any] = orjson.loads(zlib.decompress(self.packed))
        return data

    @property
    def removed(self) -> bool:
        """Whether the company was removed by this."""
        return not self.packed


def revision_of(
    before: CompanyProfile | None, after: CompanyProfile, revision: int, at: datetime, by: str
) -> Revision:
    """The revision that a change makes; ``before`` is None for a company that is new."""
    changes = () if before is None else changes_between(before, after)[:NAMED]
    hidden = () if before is None else secret_changes(before, after)
    fields, secrets = (tuple(change.field for change in some) for some in (changes, hidden))
    return Revision(revision, after.slug, at, by, fields, secrets, pack(as_data(after)))


def without_caller(made: Revision, number: str) -> Revision:
    """The revision as if the company had never known a caller; the same one where it did not."""
    fields = tuple(dict.fromkeys(_unnamed(name, number) for name in made.fields))
    data = dict(made.profile)
    callers = dict(data.get("callers", {}))
    known = callers.get("known", [])
    others = [one for one in known if one.get("number") != number]
    if len(others) == len(known) and fields == made.fields:
        return made
    callers["known"] = others
    data["callers"] = {name: value for name, value in callers.items() if value != []}
    if not data["callers"]:
        del data["callers"]
    return replace(made, fields=fields, packed=pack(data))


def _unnamed(field_name: str, number: str) -> str:
    """A field's path up to the number that stands in it."""
    before, found, _ = field_name.partition(number)
    return before.rstrip(".") if found else field_name


def removal(slug: str, revision: int, at: datetime, by: str) -> Revision:
    """The revision that the removal of a company makes."""
    return Revision(revision, slug, at, by, (), (), b"")


def pack(data: Mapping[str, Any]) -> bytes:
    """A profile's data as it is kept: a tenth of its size, for it is kept many times."""
    return zlib.compress(orjson.dumps(data), 1)
