"""A forgotten password."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.user import email_of
from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.sign_in import SIGN_IN
from clientsvia.admin.web.forms import Form
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.sessions import whence_of
from clientsvia.admin.web.small_form import problem_with, small_form
from clientsvia.companies.problems import Problem
from clientsvia.errors import SignInRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.access.forgotten import Forgotten
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

FORGOTTEN = Form(SIGN_IN.fields[:1])


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    """``/forgotten``."""

    pages: Pages
    forgotten: Forgotten
    needs: ClassVar = {"GET": Need.NOTHING, "POST": Need.NOTHING}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Where to ask for a link, or who can make one."""
        self._show(request, response)

    async def on_post(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Say the same for every address; whether a mail goes out is decided afterwards."""
        sent = await sent_form(request)
        email, address = text_of(sent, "email"), whence_of(request).address
        problems = problem_with("email", email_of, email)
        try:
            if not problems:
                self.forgotten.admit(email, address)
        except SignInRefused as refused:
            response.status = falcon.HTTP_429
            response.set_header("Retry-After", str(int(refused.retry_after)))
            self._show(request, response, sent, [Problem("", "email", str(refused))])
            return
        if problems:
            response.status = falcon.HTTP_422
            self._show(request, response, sent, problems)
            return
        response.schedule(partial(self.forgotten.mail, email, address))
        self._show(request, response, asked=True)

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent] | None = None,
        problems: Sequence[Problem] = (),
        *,
        asked: bool = False,
    ) -> None:
        self.pages.show(
            request,
            response,
            "forgotten.html",
            form=small_form(FORGOTTEN, sent, problems),
            mails=self.forgotten.mails,
            asked=asked,
        )
