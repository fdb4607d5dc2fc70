"""The Try it tab: a conversation in text, which goes on with what the page brings back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.talk import read_talk, step_lines, written_talk
from clientsvia.admin.trials import Ring
from clientsvia.admin.try_it import Act, Move
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.pages.talk import Line
    from clientsvia.admin.trials import Trials
    from clientsvia.admin.try_it import Tried
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

RING = "ring"
OVER: Mapping[str, Any] = {"kind": ""}


@dataclass(frozen=True, slots=True)
class TryItPage:
    """``/companies/{slug}/try-it``."""

    pages: Pages
    trials: Trials
    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Who is to call."""
        self._show(request, response, Ring(caller=request.get_param("caller", default="")))

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The next step, below all that was said."""
        sent = await sent_form(request)
        typed = _typed(sent)
        earlier = () if text_of(sent, "act") == RING else read_talk(text_of(sent, "talk"))
        try:
            tried = await self._step(request, sent, typed)
        except InvalidInput as refused:
            response.status = falcon.HTTP_422
            self._refuse(request, response, sent, str(refused), typed, earlier)
            return
        names = {target.id: target.name for target in stored_of(request).profile.targets}
        lines = (*earlier, *step_lines(tried, names))
        moves = {"state": tried.state, "next": tried.reply["next"] if tried.state else OVER}
        self._show(request, response, typed, earlier, lines, tried=tried, **moves)

    async def _step(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], typed: Ring
    ) -> Tried:
        stored, user, act = stored_of(request), visitor_of(request).user_id, text_of(sent, "act")
        if act == RING:
            return await self.trials.ring(stored, user, typed)
        if act not in list(Act):
            raise InvalidInput("nothing was chosen: press one of the buttons below")
        move = Move(Act(act), text_of(sent, "text"))
        return await self.trials.go_on(stored, user, text_of(sent, "state"), move)

    def _refuse(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent],
        why: str,
        typed: Ring,
        earlier: Sequence[Line],
    ) -> None:
        """The conversation stays where it was; nothing typed is lost."""
        state, user = text_of(sent, "state"), visitor_of(request).user_id
        follows = self.trials.follows(stored_of(request), user, state) if earlier else None
        moves = {"state": state, "next": follows} if follows else {}
        self._show(
            request,
            response,
            typed,
            earlier,
            earlier,
            error=why,
            text=text_of(sent, "text"),
            **moves,
        )

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        typed: Ring,
        earlier: Sequence[Line] = (),
        lines: Sequence[Line] = (),
        **values: Any,  # noqa: ANN401 - whatever the template shows
    ) -> None:
        empty = {"tried": None, "state": "", "next": OVER, "error": "", "text": ""}
        shown = {
            "ring": asdict(typed),
            "lines": lines,
            "earlier": len(earlier),
            "talk": written_talk(lines),
            "may_try": visitor_of(request).may(Need.EDIT, stored_of(request).profile.slug),
        }
        self.pages.show(request, response, "try_it.html", **empty | shown | values)


def _typed(sent: Mapping[str, Sent]) -> Ring:
    return Ring(
        text_of(sent, "called"),
        text_of(sent, "caller"),
        text_of(sent, "at"),
        "unverified" in sent,
    )
