"""Who is asking, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """What somebody is to a company."""

    READER = "reader"
    MEMBER = "member"
    OWNER = "owner"


class Need(IntEnum):
    """What a page or route asks of its visitor; each includes those before it.

    The first two ask for no company: ``NOTHING`` is for strangers too, ``ACCOUNT`` for everybody
    who is signed in. ``READ``, ``EDIT`` and ``MANAGE`` are those of a company's readers, members
    and owners; ``OPERATE`` is the platform administrators'.
    """

    NOTHING = 0
    ACCOUNT = 1
    READ = 2
    EDIT = 3
    MANAGE = 4
    OPERATE = 5


_MAY = {Role.READER: Need.READ, Role.MEMBER: Need.EDIT, Role.OWNER: Need.MANAGE}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, or whose API token was sent.

    ``roles`` are by company. ``at_most`` and ``only`` bound an API token: what it may do, and the
    companies it may reach (None for all of its user's). ``session`` names the session, and is empty
    for a token; ``form_token`` is what its forms must bring.
    """

    user_id: str
    email: str
    name: str
    admin: bool
    roles: Mapping[str, Role] = field(default_factory=dict)
    session: str = ""
    form_token: str = field(default="", repr=False)
    at_most: Need = Need.OPERATE
    only: frozenset[str] | None = None

    def may(self, need: Need, company: str = "") -> bool:
        """Whether this is allowed, of ``company`` where the need is one of a company's."""
        if need > self.at_most or not self._reaches(need, company):
            return False
        if self.admin or need <= Need.ACCOUNT:
            return True
        role = self.roles.get(company)
        return role is not None and need <= _MAY[role]

    def _reaches(self, need: Need, company: str) -> bool:
        """Whether an API token was made for this company; one of some operates no platform."""
        if self.only is None:
            return True
        return company in self.only if company else need <= Need.ACCOUNT

    def sees(self, company: str) -> bool:
        """Whether the company is to exist at all for this visitor."""
        return self.may(Need.READ, company)

    @property
    def by(self) -> str:
        """How the history names who did it."""
        return self.email if self.session else f"{self.email} (API token {self.name})"
