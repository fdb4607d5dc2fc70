"""The Messages tab: what callers left, and what became of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, urlencode

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.message_box import STATES
from clientsvia.admin.message_view import note
from clientsvia.admin.recordings import sid_of
from clientsvia.admin.web.guard import visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.calls.log_queries import Place
from clientsvia.errors import InvalidInput
from clientsvia.inbox.message import MessageState

if TYPE_CHECKING:
    from clientsvia.admin.message_box import MessageBox
    from clientsvia.admin.web.rendering import Pages

PAGE = 50
NO_SUCH_MESSAGE = "there is no such message, or its time is over: go back to the list of messages"


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """``/companies/{slug}/messages``: by state, newest first."""

    pages: Pages
    box: MessageBox
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The messages; those that are not done unless others are asked for."""
        state = _state(request.get_param("state", default=""))
        before = request.get_param("before", default="")
        page = await self.box.page(
            slug, [state] if state else (), Place.read(before) if before else None, PAGE
        )
        carried = {"state": str(state)} if state else {}
        later = urlencode(carried | {"before": str(page.next)}) if page.next else ""
        self.pages.show(
            request, response, "messages.html", page=page, state=state, states=STATES, later=later,
            first=not before,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MessagePage:
    """``/companies/{slug}/messages/{sid}``: one message, and the buttons that mark it."""

    pages: Pages
    box: MessageBox
    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """The message; after it was marked, with the way back."""
        message = await self.box.get(slug, sid)
        if message is None:
            raise falcon.HTTPNotFound(description=NO_SUCH_MESSAGE)
        self.pages.show(
            request,
            response,
            "message.html",
            message=message,
            was=_state(request.get_param("was", default="")),
            states=STATES,
            note=note(message),
            may_mark=visitor_of(request).may(Need.EDIT, slug),
            sid_of=sid_of,
        )

    async def on_post(
        self, request: falcon.asgi.Request, _response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Mark it, and show it with the way back."""
        state = _state(text_of(await sent_form(request), "state"))
        if state is None:
            raise InvalidInput(f"say what became of the message: one of {', '.join(MessageState)}")
        marked = await self.box.mark(slug, sid, state, by=visitor_of(request).by)
        if marked is None:
            raise falcon.HTTPNotFound(description=NO_SUCH_MESSAGE)
        back = f"?was={marked.was}" if marked.was is not state else ""
        raise falcon.HTTPSeeOther(f"/companies/{slug}/messages/{quote(sid, safe='')}{back}")


def _state(text: str) -> MessageState | None:
    with suppress(ValueError):
        return MessageState(text)
    return None
