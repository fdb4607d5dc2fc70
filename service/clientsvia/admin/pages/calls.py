"""The Calls tab: the calls of a company, one of them, and those under way."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlencode

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.call_list import OUTCOMES, CallsAsked, page_of, wanted
from clientsvia.admin.call_view import call_view
from clientsvia.admin.calls_now import live_calls
from clientsvia.admin.latency_bars import LEGEND, bars_of
from clientsvia.admin.recordings import sid_of
from clientsvia.admin.web.guard import stored_of
from clientsvia.calls.log_queries import Place

if TYPE_CHECKING:
    from clientsvia.admin.call_view import CallView
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.companies.company import Company
    from clientsvia.companies.directory import Directory
    from clientsvia.inbox.ports import Messages

PAGE = 50
TURNS_SHOWN = 100
NO_SUCH_CALL = "there is no such call, or its time is over: go back to the list of calls"


@dataclass(frozen=True, slots=True)
class CallsPage:
    """``/companies/{slug}/calls``: found by day, caller, words and outcome, newest first."""

    pages: Pages
    log: CallLog
    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The list, and above it the calls under way."""
        profile, now = stored_of(request).profile, self.clock.now()
        asked = CallsAsked(**{one.name: _typed(request, one.name) for one in fields(CallsAsked)})
        found, before = wanted(profile, asked, now), _typed(request, "before")
        if found.wrong:
            response.status = falcon.HTTP_422
        page = await page_of(self.log, found.calls, Place.read(before) if before else None, PAGE)
        later = urlencode({**asked.typed, "before": str(page.next)}) if page.next else ""
        live = await live_calls(
            self.log, now, slug, call_seconds=profile.limits.call_seconds, limit=20
        )
        self.pages.show(
            request,
            response,
            "calls.html",
            page=page,
            asked=asked,
            wrong=found.wrong,
            later=later,
            first=not before,
            live=live,
            now=now,
            outcomes=OUTCOMES,
        )


@dataclass(frozen=True, slots=True)
class LiveCallsPage:
    """``/companies/{slug}/calls/live``: the calls under way alone."""

    pages: Pages
    log: CallLog
    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The calls under way at this moment."""
        now, seconds = self.clock.now(), stored_of(request).profile.limits.call_seconds
        live = await live_calls(self.log, now, slug, call_seconds=seconds)
        self.pages.show(request, response, "live_calls.html", live=live, now=now, outcomes=OUTCOMES)


@dataclass(frozen=True, slots=True)
class CallPage:
    """``/companies/{slug}/calls/{sid}``: what was said on a call, from what, and how fast."""

    pages: Pages
    log: CallLog
    messages: Messages
    directory: Directory
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """The call, as far as it is written down by now."""
        view = await view_in(self.log, self.messages, self.directory, slug, sid)
        self.pages.show(
            request,
            response,
            "call.html",
            view=view,
            bars=bars_of(view.turns),
            legend=LEGEND,
            sid_of=sid_of,
            outcomes=OUTCOMES,
        )


async def view_in(
    log: CallLog, messages: Messages, directory: Directory, slug: str, sid: str
) -> CallView:
    """A call of a company; raises 404 when there is none."""

    async def company_of(_slug: str) -> Company | None:
        return directory.by_slug(slug)

    view = await call_view(log, messages, company_of, sid, company=slug, limit=TURNS_SHOWN)
    if view is None:
        raise falcon.HTTPNotFound(description=NO_SUCH_CALL)
    return view


def _typed(request: falcon.asgi.Request, name: str) -> str:
    """A word of the address, without spaces around it."""
    return str(request.get_param(name, default="")).strip()
