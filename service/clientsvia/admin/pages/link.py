"""Following a one-time link: the first administrator's, an invitation, another password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.passwords import LEAST, refuse_weak
from clientsvia.admin.access.ports import LinkKind
from clientsvia.admin.access.user import email_of, name_of
from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.sign_in import SIGN_IN, password_of
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.sessions import give_session, session_token_of, whence_of
from clientsvia.admin.web.small_form import problem_with, small_form
from clientsvia.companies.problems import Problem
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.access.own_account import OwnAccount
    from clientsvia.admin.access.ports import Link
    from clientsvia.admin.access.user import User
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import Companies

EMAIL, KNOWN_PASSWORD = SIGN_IN.fields
NAME = Field("name", "Your name", required=True, complete="name")
NEW_PASSWORD = Field(
    "password",
    "Choose a password",
    f"At least {LEAST} characters, such as four words that have nothing to do with each other.",
    Kind.SECRET,
    required=True,
    complete="new-password",
)
FIRST_ADMIN = Form((EMAIL, NAME, NEW_PASSWORD))
NEWCOMER = Form((NAME, NEW_PASSWORD))
KNOWN = Form((KNOWN_PASSWORD,))
RESET = Form((NEW_PASSWORD,))
OVER = (
    "it was used, it has ended, or a newer one took its place: ask whoever sent it for another, "
    "or sign in if you have a password already"
)


@dataclass(frozen=True, slots=True)
class LinkPage:
    """``/link/{token}``."""

    pages: Pages
    account: OwnAccount
    companies: Companies
    origin: str
    needs: ClassVar = {"GET": Need.NOTHING, "POST": Need.NOTHING}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, token: str
    ) -> None:
        """What the link is for, and what it asks; looking does not use it up."""
        await self._show(request, response, token)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, token: str
    ) -> None:
        """Carry it out, and be signed in."""
        sent = await sent_form(request)
        link, user = await self._look(token)
        problems = _problems(link, user, sent)
        if not problems:
            try:
                session = await self.account.follow(
                    token,
                    email=text_of(sent, "email"),
                    name=text_of(sent, "name"),
                    password=password_of(sent),
                    whence=whence_of(request),
                )
            except InvalidInput as refused:
                problems = [Problem("", "password", str(refused))]
            else:
                await self.account.signing_in.sign_out(session_token_of(request, self.origin))
                give_session(response, self.origin, session)
                response.status = falcon.HTTP_303
                response.location = f"/companies/{link.company}" if link.company else "/"
                return
        response.status = falcon.HTTP_422
        await self._show(request, response, token, sent, problems)

    async def _look(self, token: str) -> tuple[Link, User | None]:
        found = await self.account.look(token)
        if found is None:
            raise falcon.HTTPNotFound(title="This link is over", description=OVER)
        return found

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        token: str,
        sent: Mapping[str, Sent] | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        link, user = await self._look(token)
        stored = await self.companies.get(link.company) if link.company else None
        self.pages.show(
            request,
            response,
            "link.html",
            form=small_form(_form(link, user), sent, problems),
            link=link,
            user=user,
            company=stored.profile.name if stored else "",
        )


def _form(link: Link, user: User | None) -> Form:
    if link.kind is LinkKind.FIRST_ADMIN:
        return FIRST_ADMIN
    if link.kind is LinkKind.RESET:
        return RESET
    return KNOWN if user else NEWCOMER


def _problems(link: Link, user: User | None, sent: Mapping[str, Sent]) -> list[Problem]:
    """What is wrong with each field, so that all of it is told at once."""
    names = {one.name for one in _form(link, user).fields}
    email = link.email or text_of(sent, "email")
    problems = []
    if "email" in names:
        problems += problem_with("email", email_of, email)
    if "name" in names:
        problems += problem_with("name", name_of, text_of(sent, "name"))
    if link.kind is LinkKind.RESET or user is None:
        problems += problem_with("password", refuse_weak, password_of(sent), email)
    return problems
