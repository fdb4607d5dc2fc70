"""``/api/v1/companies/{slug}/people`` and ``/invitations``: who belongs to a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need, Role
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.web.guard import stored_of, visitor_of

if TYPE_CHECKING:
    from clientsvia.admin.access.letters import SentLink
    from clientsvia.admin.access.members import Members
    from clientsvia.admin.access.user import User

TAGS = ["people"]


class PersonTold(ApiModel):
    """Somebody of the company."""

    id: str
    email: str
    name: str
    role: Role
    disabled: bool


class PeopleTold(ApiModel):
    """Everybody of the company, by address."""

    items: list[PersonTold]
    next: None = None


class RoleGiven(ApiModel):
    """What somebody is to be in the company."""

    role: Role


class InvitationTold(ApiModel):
    """Somebody who was invited, and has not followed the link yet."""

    id: str
    email: str
    role: Role
    by: str
    made_at: datetime
    expires_at: datetime


class InvitationsTold(ApiModel):
    """All of them, the newest first."""

    items: list[InvitationTold]
    next: None = None


class InvitationWanted(ApiModel):
    """Whom to invite, as what."""

    email: str = Field(min_length=3, max_length=254)
    role: Role


class LinkTold(ApiModel):
    """A one-time link, shown this once; ``why`` says why it was not mailed, if there is a way."""

    url: str
    expires_at: datetime
    mailed: bool
    why: str


def link_told(sent: SentLink) -> dict[str, Any]:
    """A link that was just made, as data."""
    return {
        "url": sent.url,
        "expires_at": sent.made.expires_at,
        "mailed": sent.mailed,
        "why": sent.why,
    }


@dataclass(frozen=True, slots=True)
class PeopleResource:
    """``/api/v1/companies/{slug}/people``."""

    members: Members
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(resp=answers(PeopleTold), tags=TAGS, operation_id="list_people")
    async def on_get(
        self, _request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Everybody with a role in the company."""
        people = await self.members.of(slug)
        response.media = {"items": [_told(one, slug) for one in people], "next": None}


@dataclass(frozen=True, slots=True)
class PersonResource:
    """``/api/v1/companies/{slug}/people/{user_id}``."""

    members: Members
    needs: ClassVar = {"PUT": Need.MANAGE, "DELETE": Need.MANAGE}

    @spec.validate(json=RoleGiven, resp=answers(PersonTold), tags=TAGS, operation_id="change_role")
    async def on_put(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, user_id: str
    ) -> None:
        """Make somebody of the company something else there; the last owner stays."""
        role, by = request.context.json.role, visitor_of(request).by
        response.media = _told(await self.members.set_role(slug, user_id, role, by=by), slug)

    @spec.validate(resp=answers(None, status=204), tags=TAGS, operation_id="remove_person")
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, user_id: str
    ) -> None:
        """Take somebody out of the company; the last owner stays."""
        await self.members.set_role(slug, user_id, None, by=visitor_of(request).by)
        response.status = falcon.HTTP_204


@dataclass(frozen=True, slots=True)
class InvitationsResource:
    """``/api/v1/companies/{slug}/invitations``."""

    members: Members
    needs: ClassVar = {"GET": Need.READ, "POST": Need.MANAGE}

    @spec.validate(resp=answers(InvitationsTold), tags=TAGS, operation_id="list_invitations")
    async def on_get(
        self, _request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Who was invited, and is not here yet."""
        items = [
            {
                "id": one.id,
                "email": one.email,
                "role": one.role,
                "by": one.by,
                "made_at": one.made_at,
                "expires_at": one.expires_at,
            }
            for one in await self.members.invited(slug)
        ]
        response.media = {"items": items, "next": None}

    @spec.validate(
        json=InvitationWanted,
        resp=answers(LinkTold, status=201),
        tags=TAGS,
        operation_id="invite_person",
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Invite somebody: the link is mailed where that is set, and shown this once."""
        sent, name = request.context.json, stored_of(request).profile.name
        link = await self.members.invite(
            slug, sent.email, sent.role, name=name, by=visitor_of(request).by
        )
        response.status = falcon.HTTP_201
        response.media = link_told(link)


@dataclass(frozen=True, slots=True)
class InvitationResource:
    """``/api/v1/companies/{slug}/invitations/{link_id}``."""

    members: Members
    needs: ClassVar = {"DELETE": Need.MANAGE}

    @spec.validate(resp=answers(None, status=204), tags=TAGS, operation_id="take_back_invitation")
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, link_id: str
    ) -> None:
        """Take an invitation back."""
        await self.members.take_back(slug, link_id, by=visitor_of(request).by)
        response.status = falcon.HTTP_204


def _told(user: User, slug: str) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.memberships[slug],
        "disabled": user.disabled,
    }
