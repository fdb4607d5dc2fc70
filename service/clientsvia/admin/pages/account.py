"""One's own account: name, password, where one is signed in, and API tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.passwords import LEAST, refuse_weak
from clientsvia.admin.access.tokens import LONGEST_DAYS
from clientsvia.admin.access.user import name_of
from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.sign_in import password_of
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.sessions import signed_in, take_session
from clientsvia.admin.web.small_form import problem_with, small_form
from clientsvia.companies.problems import Problem
from clientsvia.errors import InvalidInput, SignInRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.access.own_account import OwnAccount
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

NAME = Form((Field("name", "Name", "How others see you.", required=True, complete="name"),))
PASSWORD = Form(
    (
        Field(
            "old", "Present password", kind=Kind.SECRET, required=True, complete="current-password"
        ),
        Field(
            "new",
            "New password",
            f"At least {LEAST} characters, such as four words that have nothing to do with each "
            "other.",
            Kind.SECRET,
            required=True,
            complete="new-password",
        ),
    )
)
NEEDS = {
    "read": Need.READ,
    "edit": Need.EDIT,
    "manage": Need.MANAGE,
    "operate": Need.OPERATE,
}
TOKEN = Form(
    (
        Field("token_name", "Name", "Which program has it.", required=True),
        Field(
            "need",
            "What it may do",
            "Never more than you may yourself at that moment.",
            Kind.CHOICE,
            (
                ("read", "Read"),
                ("edit", "Read and edit"),
                ("manage", "All that an owner may"),
                ("operate", "Operate the platform"),
            ),
        ),
        Field(
            "companies",
            "Companies",
            "Their short names, as in the address of their pages, with commas between them; empty "
            "for all of yours.",
            Kind.LIST,
            placeholder="acme, globex",
        ),
        Field("days", "Days until it ends", f"{LONGEST_DAYS} at most.", Kind.NUMBER, required=True),
    )
)
FRESH_TOKEN = {"need": "read", "days": "90"}


@dataclass(frozen=True, slots=True)
class AccountPage:
    """``/account``; what is sent comes to the addresses below it."""

    pages: Pages
    account: OwnAccount
    origin: str
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.ACCOUNT}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """All of it."""
        await self.show(request, response)

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent] | None = None,
        problems: Sequence[Problem] = (),
        made: str = "",
    ) -> None:
        """The page, with what was typed and is wrong, or with a token that was just ``made``."""
        visitor = signed_in(request)
        if problems:
            response.status = falcon.HTTP_422
        wrong = [(problem.field, problem) for problem in problems]
        forms = {}
        given = {"name": visitor.name, **FRESH_TOKEN, **(sent or {})}
        for key, form in (("name", NAME), ("password", PASSWORD), ("token", TOKEN)):
            names = {one.name for one in form.fields}
            own = [problem for field, problem in wrong if field in names]
            forms[key] = small_form(form, {n: v for n, v in given.items() if n in names}, own)
        self.pages.show(
            request,
            response,
            "account.html",
            forms=forms,
            errors=[error for form in forms.values() for error in form.errors],
            sessions=await self.account.sessions(visitor),
            tokens=await self.account.api_tokens(visitor),
            made=made,
            now=self.account.clock.now(),
        )


class AccountForm(AccountPage):
    """What is sent from the page; what is opened by its address alone leads back to it."""

    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.ACCOUNT, "POST": Need.ACCOUNT}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Back to the page."""
        raise falcon.HTTPSeeOther("/account")


class NameForm(AccountForm):
    """``/account/name``."""

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Be called by another name."""
        visitor, sent = signed_in(request), await sent_form(request)
        if problems := problem_with("name", name_of, text_of(sent, "name")):
            await self.show(request, response, sent, problems)
            return
        await self.account.rename(visitor, text_of(sent, "name"))
        raise falcon.HTTPSeeOther("/account?said=renamed")


class PasswordForm(AccountForm):
    """``/account/password``."""

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Have another password."""
        visitor, sent = signed_in(request), await sent_form(request)
        new = password_of(sent, "new")
        if problems := problem_with("new", refuse_weak, new, visitor.email):
            await self.show(request, response, sent, problems)
            return
        try:
            await self.account.change_password(visitor, password_of(sent, "old"), new)
        except SignInRefused as refused:
            await self.show(request, response, sent, [Problem("", "old", str(refused))])
        else:
            raise falcon.HTTPSeeOther("/account?said=password")


class SessionsForm(AccountForm):
    """``/account/sessions``."""

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """End one session, or all of them."""
        visitor, sent = signed_in(request), await sent_form(request)
        ended = text_of(sent, "session")
        await self.account.sign_out(visitor, ended)
        if ended and ended != visitor.session:
            raise falcon.HTTPSeeOther("/account?said=session")
        take_session(response, self.origin)
        response.status = falcon.HTTP_303
        response.location = "/sign-in?said=signed-out"


class TokensForm(AccountForm):
    """``/account/tokens``."""

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Make an API token, and show it this once; or end one."""
        visitor, sent = signed_in(request), await sent_form(request)
        if ended := text_of(sent, "end"):
            await self.account.revoke_token(visitor, ended)
            raise falcon.HTTPSeeOther("/account?said=token")
        problems = problem_with("token_name", name_of, text_of(sent, "token_name"))
        days = text_of(sent, "days")
        if not (days.isascii() and days.isdecimal() and 1 <= int(days[:6]) <= LONGEST_DAYS):
            problems.append(Problem("", "days", f"write a number from 1 to {LONGEST_DAYS}"))
        if problems:
            await self.show(request, response, sent, problems)
            return
        companies = TOKEN.fields[2].read(sent, "companies")
        try:
            token, _ = await self.account.make_token(
                visitor,
                name=text_of(sent, "token_name"),
                need=NEEDS.get(text_of(sent, "need"), Need.READ),
                companies=frozenset(companies) or None,
                days=int(days),
            )
        except InvalidInput as refused:
            await self.show(request, response, sent, [Problem("", "companies", str(refused))])
        else:
            await self.show(request, response, made=token)
