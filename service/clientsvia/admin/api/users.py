"""``/api/v1/users``: everybody who may sign in, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need, Role
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.lists import Query
from clientsvia.admin.api.people import LinkTold, link_told
from clientsvia.admin.web.guard import visitor_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.admin.access.administration import Administration
    from clientsvia.admin.access.user import User

TAGS = ["users"]


class UserTold(ApiModel):
    """Somebody who may sign in."""

    id: str
    email: str
    name: str
    admin: bool
    disabled: bool
    created_at: datetime
    companies: dict[str, Role]


class UsersTold(ApiModel):
    """Some of them, by address; ``next`` asks for those after them."""

    items: list[UserTold]
    next: str | None


class UsersQuery(Query):
    """Which users."""

    q: Annotated[str, Field(max_length=200, description="In address, name or company.")] = ""
    before: Annotated[
        str, Field(max_length=254, description="The `next` of the answer before.")
    ] = ""


class UserChange(ApiModel):
    """What to change; what is left out stays."""

    admin: bool | None = None
    disabled: bool | None = None


class AdministratorWanted(ApiModel):
    """Whom to invite."""

    email: str = Field(min_length=3, max_length=254)


@dataclass(frozen=True, slots=True)
class UsersResource:
    """``/api/v1/users``."""

    administration: Administration
    needs: ClassVar = {"GET": Need.OPERATE}

    @spec.validate(query=UsersQuery, resp=answers(UsersTold), tags=TAGS, operation_id="list_users")
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Everybody who may sign in."""
        asked = request.context.query
        found = await self.administration.find(asked.q, after=asked.before, limit=asked.limit + 1)
        shown = found[: asked.limit]
        response.media = {
            "items": [_told(one) for one in shown],
            "next": shown[-1].email if len(found) > asked.limit else None,
        }


@dataclass(frozen=True, slots=True)
class AdministratorsResource:
    """``/api/v1/users/invitations``."""

    administration: Administration
    needs: ClassVar = {"POST": Need.OPERATE}

    @spec.validate(
        json=AdministratorWanted,
        resp=answers(LinkTold, status=201),
        tags=TAGS,
        operation_id="invite_administrator",
    )
    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Invite somebody to administer the platform."""
        email, by = request.context.json.email, visitor_of(request).by
        response.status = falcon.HTTP_201
        response.media = link_told(await self.administration.invite(email, by=by))


@dataclass(frozen=True, slots=True)
class UserResource:
    """``/api/v1/users/{user_id}``."""

    administration: Administration
    needs: ClassVar = {"GET": Need.OPERATE, "PATCH": Need.OPERATE}

    @spec.validate(resp=answers(UserTold), tags=TAGS, operation_id="get_user")
    async def on_get(
        self, _request: falcon.asgi.Request, response: falcon.asgi.Response, user_id: str
    ) -> None:
        """One user."""
        try:
            user = await self.administration.user(user_id)
        except InvalidInput as missing:
            raise falcon.HTTPNotFound(description=str(missing)) from None
        response.media = _told(user)

    @spec.validate(json=UserChange, resp=answers(UserTold), tags=TAGS, operation_id="change_user")
    async def on_patch(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, user_id: str
    ) -> None:
        """Make somebody an administrator or none, keep them out or let them in again."""
        sent, by = request.context.json, visitor_of(request).by
        user = await self.administration.user(user_id)
        if sent.admin is not None:
            user = await self.administration.set_admin(user_id, admin=sent.admin, by=by)
        if sent.disabled is not None:
            user = await self.administration.set_disabled(user_id, disabled=sent.disabled, by=by)
        response.media = _told(user)


@dataclass(frozen=True, slots=True)
class ResetResource:
    """``/api/v1/users/{user_id}/link``."""

    administration: Administration
    needs: ClassVar = {"POST": Need.OPERATE}

    @spec.validate(resp=answers(LinkTold, status=201), tags=TAGS, operation_id="make_password_link")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, user_id: str
    ) -> None:
        """A link with which a user chooses another password; it opens all they may do."""
        by = visitor_of(request).by
        response.status = falcon.HTTP_201
        response.media = link_told(await self.administration.reset(user_id, by=by))


def _told(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "admin": user.admin,
        "disabled": user.disabled,
        "created_at": user.created_at,
        "companies": dict(user.memberships),
    }
