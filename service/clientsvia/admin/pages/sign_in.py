"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.sessions import (
    give_session,
    next_of,
    session_token_of,
    signed_in,
    take_session,
    whence_of,
)
from clientsvia.admin.web.small_form import small_form
from clientsvia.companies.problems import Problem
from clientsvia.errors import SignInRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.access.own_account import OwnAccount
    from clientsvia.admin.web.forms import FormView
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

SIGN_IN = Form(
    (
        Field("email", "E-mail address", kind=Kind.EMAIL, required=True, complete="username"),
        Field("password", "Password", kind=Kind.SECRET, required=True, complete="current-password"),
    )
)


def password_of(sent: Mapping[str, Sent], name: str = "password") -> str:
    """A password as it was typed: blanks around it belong to it."""
    value = sent.get(name, "")
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """``/sign-in``."""

    pages: Pages
    account: OwnAccount
    origin: str
    needs: ClassVar = {"GET": Need.NOTHING, "POST": Need.NOTHING}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """The form."""
        self._show(request, response, small_form(SIGN_IN), request.get_param("next", default="/"))

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Begin a session, and go on to what was wanted; who had one before has it no more."""
        sent = await sent_form(request)
        wanted = text_of(sent, "next")
        try:
            token = await self.account.sign_in(
                text_of(sent, "email"), password_of(sent), whence_of(request)
            )
        except SignInRefused as refused:
            response.status = falcon.HTTP_422
            if refused.retry_after:
                response.status = falcon.HTTP_429
                response.set_header("Retry-After", str(int(refused.retry_after)))
            shown = small_form(SIGN_IN, sent, [Problem("", "password", str(refused))])
            self._show(request, response, shown, wanted)
            return
        await self.account.signing_in.sign_out(session_token_of(request, self.origin))
        give_session(response, self.origin, token)
        response.status = falcon.HTTP_303
        response.location = next_of(wanted)

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        form: FormView,
        wanted: str,
    ) -> None:
        self.pages.show(request, response, "sign_in.html", form=form, wanted=next_of(wanted))


@dataclass(frozen=True, slots=True)
class SignOut:
    """``/sign-out``."""

    account: OwnAccount
    origin: str
    needs: ClassVar = {"POST": Need.ACCOUNT}

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """End the session, and go back to signing in."""
        visitor = signed_in(request)
        await self.account.sign_out(visitor, visitor.session)
        take_session(response, self.origin)
        response.status = falcon.HTTP_303
        response.location = "/sign-in?said=signed-out"
