"""Somebody who may sign in, and what they are to each company."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from clientsvia.companies.contact_profiles import Email
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from clientsvia.admin.access.visitor import Role

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in; ``email`` is in small letters, ``memberships`` by company."""

    id: str
    email: str
    name: str
    admin: bool
    disabled: bool
    created_at: datetime
    memberships: Mapping[str, Role] = field(default_factory=dict)

    def with_role(self, company: str, role: Role | None) -> User:
        """The same with another role in a company, or with none there."""
        kept = {slug: held for slug, held in self.memberships.items() if slug != company}
        return replace(self, memberships=kept if role is None else kept | {company: role})


def email_of(text: str) -> str:
    """An e-mail address as users are found by it; raises InvalidInput where it is none."""
    try:
        return _EMAIL.validate_python(text.strip().lower())
    except ValidationError:
        raise InvalidInput(f"{text!r} is no e-mail address: write it as ada@example.com") from None


def name_of(text: str) -> str:
    """A name in one line, without more blanks than it needs; raises InvalidInput when empty."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidInput(f"write a name of 1 to {_LONGEST_NAME} letters")
    return name


def refuse_taken(email: str) -> InvalidInput:
    """What is raised where an address has a user already."""
    return InvalidInput(
        f"{email} has a user already: give that one another role, or a link to a new password"
    )


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What a change takes from somebody that nobody else may have."""

    admin: bool
    owned: frozenset[str]

    def __bool__(self) -> bool:
        return self.admin or bool(self.owned)


def given_up(before: User, after: User) -> GivenUp:
    """What needs somebody else who has it.

    Owners may be disabled, though no other is there: who must be kept out is kept out at once, and
    an administrator names another.
    """
    was, stays = before.admin and not before.disabled, after.admin and not after.disabled
    owned = frozenset() if before.disabled else _owned(before) - _owned(after)
    return GivenUp(was and not stays, owned)


def refuse_last(left: GivenUp, others: Collection[User]) -> None:
    """Raise InvalidInput when none of the ``others`` has what is given up."""
    present = [user for user in others if not user.disabled]
    if left.admin and not any(user.admin for user in present):
        raise InvalidInput(
            "this is the last administrator: make somebody else one first "
            "('clientsvia user link EMAIL --admin')"
        )
    alone = left.owned - frozenset[str]().union(*map(_owned, present))
    if alone:
        slug = min(alone)
        raise InvalidInput(
            f"this is the last owner of {slug}: make somebody else its owner first "
            f"('clientsvia user link EMAIL --company {slug} --role owner')"
        )


def _owned(user: User) -> frozenset[str]:
    return frozenset(slug for slug, role in user.memberships.items() if role == "owner")
