"""``/api/v1/companies/{slug}/messages``: what callers left, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.lists import Query
from clientsvia.admin.message_view import note
from clientsvia.admin.pages.messages import NO_SUCH_MESSAGE
from clientsvia.admin.recordings import sid_of
from clientsvia.admin.web.guard import visitor_of
from clientsvia.calls.log_queries import Place
from clientsvia.inbox.message import MessageState

if TYPE_CHECKING:
    from clientsvia.admin.message_box import MessageBox
    from clientsvia.inbox.message import Message

TAGS = ["messages"]


class MessagesQuery(Query):
    """Which messages: those of a state where one is given."""

    state: MessageState | None = None
    before: Annotated[
        str | None, Field(max_length=200, description="The `next` of the answer before.")
    ] = None


class MessageTold(ApiModel):
    """What a caller left; ``number`` is where to call back, ``recording`` a SID, times in UTC.

    ``note`` says what it lacks.
    """

    call_sid: str
    at: datetime
    caller: str
    name: str
    number: str
    reason: str
    urgent: bool
    recording: str
    seconds: int
    transcript: str
    summary: str
    state: MessageState
    complete: bool
    note: str


class MessagesTold(ApiModel):
    """Messages, newest first."""

    items: list[MessageTold]
    next: str | None


class MessageMark(ApiModel):
    """What became of a message."""

    state: MessageState


class MessageMarked(ApiModel):
    """A message as it is marked now, and what it ``was``: mark it so again to undo."""

    message: MessageTold
    was: MessageState


@dataclass(frozen=True, slots=True)
class MessagesRoute:
    """``GET …/messages``."""

    box: MessageBox
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=MessagesQuery, resp=answers(MessagesTold), tags=TAGS, operation_id="list_messages"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List the messages of a company, newest first."""
        query: MessagesQuery = request.context.query
        states = [query.state] if query.state else []
        before = Place.read(query.before) if query.before else None
        page = await self.box.page(slug, states, before, query.limit)
        told = MessagesTold(
            items=[message_told(one) for one in page.messages],
            next=str(page.next) if page.next else None,
        )
        response.media = told.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class MessageRoute:
    """``GET`` and ``PATCH …/messages/{sid}``."""

    box: MessageBox
    needs: ClassVar = {"GET": Need.READ, "PATCH": Need.EDIT}

    @spec.validate(resp=answers(MessageTold), tags=TAGS, operation_id="get_message")
    async def on_get(
        self, _request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Read the message of a call."""
        message = await self.box.get(slug, sid)
        if message is None:
            raise falcon.HTTPNotFound(description=NO_SUCH_MESSAGE)
        response.media = message_told(message).model_dump(mode="json")

    @spec.validate(
        json=MessageMark, resp=answers(MessageMarked), tags=TAGS, operation_id="mark_message"
    )
    async def on_patch(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Mark what became of a message."""
        wanted: MessageMark = request.context.json
        marked = await self.box.mark(slug, sid, wanted.state, by=visitor_of(request).by)
        if marked is None:
            raise falcon.HTTPNotFound(description=NO_SUCH_MESSAGE)
        told = MessageMarked(message=message_told(marked.message), was=marked.was)
        response.media = told.model_dump(mode="json")


def message_told(message: Message) -> MessageTold:
    """A message as the API tells it."""
    same = {
        name: getattr(message, name) for name in MessageTold.model_fields if hasattr(message, name)
    }
    recording = sid_of(message.recording) if message.recording else ""
    return MessageTold(**same | {"recording": recording, "note": note(message)})
