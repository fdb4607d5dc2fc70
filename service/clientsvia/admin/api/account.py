"""``/api/v1/account``: one's own user, sessions and API tokens.

What changes them takes a session: an API token that made others would grow by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.tokens import LONGEST_DAYS
from clientsvia.admin.access.visitor import Need, Role
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.web.guard import visitor_of
from clientsvia.admin.web.sessions import signed_in

if TYPE_CHECKING:
    from clientsvia.admin.access.own_account import OwnAccount
    from clientsvia.admin.access.ports import ApiToken

TAGS = ["account"]
NEEDS = {"read": Need.READ, "edit": Need.EDIT, "manage": Need.MANAGE, "operate": Need.OPERATE}
NeedName = Literal["read", "edit", "manage", "operate"]
LONGEST_TEXT = 256


class AccountTold(ApiModel):
    """Who asks: the user, and what an API token may do at most."""

    id: str
    email: str
    name: str
    admin: bool
    companies: dict[str, Role]
    at_most: NeedName


class NameGiven(ApiModel):
    """What one is called."""

    name: str = Field(min_length=1, max_length=100)


class PasswordGiven(ApiModel):
    """The present password, and the one to have from now on."""

    old: str = Field(max_length=LONGEST_TEXT)
    new: str = Field(max_length=LONGEST_TEXT)


class SessionTold(ApiModel):
    """Where one is signed in."""

    id: str
    begun_at: datetime
    seen_at: datetime
    address: str
    device: str
    this: bool


class SessionsTold(ApiModel):
    """All of them, the last seen first."""

    items: list[SessionTold]
    next: None = None


class TokenTold(ApiModel):
    """An API token, without the token itself; ``companies`` is null for all of its user's."""

    id: str
    name: str
    need: NeedName
    companies: list[str] | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


class TokensTold(ApiModel):
    """All of them, the newest first."""

    items: list[TokenTold]
    next: None = None


class TokenWanted(ApiModel):
    """A token to be made; without ``companies``, it reaches all of its user's."""

    name: str = Field(min_length=1, max_length=100)
    need: NeedName = "read"
    companies: list[str] | None = Field(default=None, min_length=1, max_length=1000)
    days: int = Field(default=90, ge=1, le=LONGEST_DAYS)


class TokenMade(TokenTold):
    """The token, which is shown this once."""

    token: str


@dataclass(frozen=True, slots=True)
class AccountResource:
    """``/api/v1/account``."""

    account: OwnAccount
    needs: ClassVar = {"GET": Need.ACCOUNT, "PATCH": Need.ACCOUNT}

    @spec.validate(resp=answers(AccountTold), tags=TAGS, operation_id="get_account")
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Who you are, and what you may do."""
        visitor = visitor_of(request)
        response.media = {
            "id": visitor.user_id,
            "email": visitor.email,
            "name": (await self.account.people.named(visitor.email)).name,
            "admin": visitor.admin,
            "companies": {s: r for s, r in visitor.roles.items() if visitor.sees(s)},
            "at_most": visitor.at_most.name.lower(),
        }

    @spec.validate(
        json=NameGiven, resp=answers(AccountTold), tags=TAGS, operation_id="rename_account"
    )
    async def on_patch(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Be called by another name."""
        await self.account.rename(signed_in(request), request.context.json.name)
        await self.on_get(request, response)


@dataclass(frozen=True, slots=True)
class PasswordResource:
    """``/api/v1/account/password``."""

    account: OwnAccount
    needs: ClassVar = {"PUT": Need.ACCOUNT}

    @spec.validate(
        json=PasswordGiven,
        resp=answers(None, status=204),
        tags=TAGS,
        operation_id="change_password",
    )
    async def on_put(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Have another password; all other sessions end."""
        sent = request.context.json
        await self.account.change_password(signed_in(request), sent.old, sent.new)
        response.status = falcon.HTTP_204


@dataclass(frozen=True, slots=True)
class SessionsResource:
    """``/api/v1/account/sessions``."""

    account: OwnAccount
    needs: ClassVar = {"GET": Need.ACCOUNT, "DELETE": Need.ACCOUNT}

    @spec.validate(resp=answers(SessionsTold), tags=TAGS, operation_id="list_sessions")
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Where you are signed in."""
        visitor = signed_in(request)
        items = [
            {
                "id": one.id,
                "begun_at": one.begun_at,
                "seen_at": one.seen_at,
                "address": one.address,
                "device": one.device,
                "this": one.id == visitor.session,
            }
            for one in await self.account.sessions(visitor)
        ]
        response.media = {"items": items, "next": None}

    @spec.validate(resp=answers(None, status=204), tags=TAGS, operation_id="end_sessions")
    async def on_delete(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Sign out everywhere, here too."""
        await self.account.sign_out(signed_in(request))
        response.status = falcon.HTTP_204


@dataclass(frozen=True, slots=True)
class SessionResource:
    """``/api/v1/account/sessions/{session_id}``."""

    account: OwnAccount
    needs: ClassVar = {"DELETE": Need.ACCOUNT}

    @spec.validate(resp=answers(None, status=204), tags=TAGS, operation_id="end_session")
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, session_id: str
    ) -> None:
        """Sign out there; a session that has ended is no failure."""
        await self.account.sign_out(signed_in(request), session_id)
        response.status = falcon.HTTP_204


@dataclass(frozen=True, slots=True)
class TokensResource:
    """``/api/v1/account/tokens``."""

    account: OwnAccount
    needs: ClassVar = {"GET": Need.ACCOUNT, "POST": Need.ACCOUNT}

    @spec.validate(resp=answers(TokensTold), tags=TAGS, operation_id="list_tokens")
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Your API tokens, those that have ended as well."""
        tokens = await self.account.api_tokens(signed_in(request))
        response.media = {"items": [_told(one) for one in tokens], "next": None}

    @spec.validate(
        json=TokenWanted, resp=answers(TokenMade, status=201), tags=TAGS, operation_id="make_token"
    )
    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Make an API token; it is shown this once."""
        sent = request.context.json
        token, made = await self.account.make_token(
            signed_in(request),
            name=sent.name,
            need=NEEDS[sent.need],
            companies=None if sent.companies is None else frozenset(sent.companies),
            days=sent.days,
        )
        response.status = falcon.HTTP_201
        response.media = _told(made) | {"token": token}


@dataclass(frozen=True, slots=True)
class TokenResource:
    """``/api/v1/account/tokens/{token_id}``."""

    account: OwnAccount
    needs: ClassVar = {"DELETE": Need.ACCOUNT}

    @spec.validate(resp=answers(None, status=204), tags=TAGS, operation_id="end_token")
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, token_id: str
    ) -> None:
        """End it: what is sent with it is refused from now on."""
        await self.account.revoke_token(signed_in(request), token_id)
        response.status = falcon.HTTP_204


def _told(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "need": token.need.name.lower(),
        "companies": None if token.companies is None else sorted(token.companies),
        "made_at": token.made_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
    }
