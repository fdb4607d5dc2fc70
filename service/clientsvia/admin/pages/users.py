"""Everybody who may sign in, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.user import email_of
from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.small_form import problem_with, small_form
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from clientsvia.admin.access.administration import Administration
    from clientsvia.admin.access.letters import SentLink
    from clientsvia.admin.access.user import User
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.problems import Problem

AT_ONCE = 50
INVITE = Form((Field("email", "E-mail address", kind=Kind.EMAIL, required=True, complete="off"),))


@dataclass(frozen=True, slots=True)
class UsersPage:
    """``/users``."""

    pages: Pages
    administration: Administration
    needs: ClassVar = {"GET": Need.OPERATE, "POST": Need.OPERATE}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The list, or those that were searched for."""
        await self._show(request, response)

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Invite an administrator, and show the link this once."""
        sent = await sent_form(request)
        email = text_of(sent, "email")
        if problems := problem_with("email", email_of, email):
            await self._show(request, response, sent, problems)
            return
        link = await self.administration.invite(email, by=visitor_of(request).by)
        await self._show(request, response, link=link)

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent] | None = None,
        problems: Sequence[Problem] = (),
        link: SentLink | None = None,
    ) -> None:
        if problems:
            response.status = falcon.HTTP_422
        wanted = request.get_param("q", default="")
        after = request.get_param("after", default="")
        found = await self.administration.find(wanted, after=after, limit=AT_ONCE + 1)
        self.pages.show(
            request,
            response,
            "users.html",
            form=small_form(INVITE, sent, problems),
            users=found[:AT_ONCE],
            more=found[AT_ONCE - 1].email if len(found) > AT_ONCE else "",
            after=after,
            wanted=wanted,
            link=link,
        )


@dataclass(frozen=True, slots=True)
class UserPage:
    """``/users/{user_id}``."""

    pages: Pages
    administration: Administration
    needs: ClassVar = {"GET": Need.OPERATE, "POST": Need.OPERATE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, user_id: str
    ) -> None:
        """One user, and what may be done about them."""
        await self._show(request, response, user_id)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, user_id: str
    ) -> None:
        """Do what the button says."""
        sent, by = await sent_form(request), visitor_of(request).by
        act = text_of(sent, "act")
        user = await self._user(user_id)
        try:
            if act == "reset":
                link = await self.administration.reset(user.id, by=by)
                await self._show(request, response, user_id, link=link)
                return
            if change := _CHANGES.get(act):
                await change(self.administration, user.id, by)
        except InvalidInput as refused:
            response.status = falcon.HTTP_422
            await self._show(request, response, user_id, refused=str(refused))
            return
        raise falcon.HTTPSeeOther(f"/users/{user.id}?said={act if act in _CHANGES else ''}")

    async def _user(self, user_id: str) -> User:
        try:
            return await self.administration.user(user_id)
        except InvalidInput as refused:
            raise falcon.HTTPNotFound(description=str(refused)) from None

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        user_id: str,
        refused: str = "",
        link: SentLink | None = None,
    ) -> None:
        user = await self._user(user_id)
        errors = [("acts", refused)] if refused else []
        self.pages.show(request, response, "user.html", user=user, errors=errors, link=link)


_CHANGES: Mapping[str, Callable[[Administration, str, str], Awaitable[User]]] = {
    "admin": lambda all_, user, by: all_.set_admin(user, admin=True, by=by),
    "no-admin": lambda all_, user, by: all_.set_admin(user, admin=False, by=by),
    "disable": lambda all_, user, by: all_.set_disabled(user, disabled=True, by=by),
    "enable": lambda all_, user, by: all_.set_disabled(user, disabled=False, by=by),
}
