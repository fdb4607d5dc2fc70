"""``/api/v1/companies/{slug}/calls``: found, told turn by turn, and followed live."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import falcon
import falcon.asgi
from falcon.asgi import SSEvent
from pydantic import BaseModel, Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, Problem, answers, spec
from clientsvia.admin.api.lists import Query
from clientsvia.admin.api.messages import MessageTold, message_told
from clientsvia.admin.call_list import CallsAsked, page_of, wanted
from clientsvia.admin.pages.calls import view_in
from clientsvia.admin.pages.recording import Recording
from clientsvia.admin.recordings import sid_of
from clientsvia.admin.web.guard import stored_of
from clientsvia.calls.log_queries import Place
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from clientsvia.admin.call_view import CallView, TurnView
    from clientsvia.admin.live_feed import Live, LiveFeed
    from clientsvia.calls.ports import CallLog, Clock, LoggedCall
    from clientsvia.companies.directory import Directory
    from clientsvia.inbox.ports import Messages

TAGS = ["calls"]
RETRY_MS = 1000


class CallsQuery(Query):
    """Which calls: those of which all that is given is true; days are the company's, both whole."""

    text: Annotated[str, Field(max_length=200, description="Words said in one turn.")] = ""
    caller: Annotated[str, Field(max_length=40, description="A number, in any spelling.")] = ""
    outcome: Annotated[str, Field(max_length=40)] = ""
    since: date | None = None
    until: date | None = None
    recorded: bool = False
    live: bool = False
    before: Annotated[
        str | None, Field(max_length=200, description="The `next` of the answer before.")
    ] = None


class FollowQuery(BaseModel):
    """For how many ``seconds`` to follow; then ask anew, and show again that you may."""

    seconds: Annotated[int, Field(ge=1, le=60)] = 60


class CallLine(ApiModel):
    """A call in a list; ``caller`` and ``called`` are as Twilio sent them, times in UTC."""

    call_sid: str
    caller: str
    called: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    outcome: str


class CallLines(ApiModel):
    """Calls, newest first."""

    items: list[CallLine]
    next: str | None


class SegmentTold(ApiModel):
    """A piece of a turn's time; what is not ``ours`` is Twilio's and the caller's."""

    name: str
    nanoseconds: int
    ours: bool


class TurnTold(ApiModel):
    """What was heard, what was said to it, from what and why; ``recording`` is a SID."""

    key: str
    turn: int
    at: datetime
    who: str
    heard: str
    said: str
    source: str
    why: str
    outcome: str
    recording: str
    segments: list[SegmentTold]


class RouteTold(ApiModel):
    """Where such a call goes by today's settings, at its own moment."""

    at: datetime
    route: str
    why: str
    open: bool
    reason: str
    target: str | None


class CallTold(CallLine):
    """A call with its last turns; ``consent`` is what was disclosed when it began."""

    seconds: int | None
    consent: str
    turns: list[TurnTold]
    recordings: list[str]
    message: MessageTold | None
    route_today: RouteTold | None


@dataclass(frozen=True, slots=True)
class CallsRoute:
    """``GET …/calls``."""

    log: CallLog
    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(query=CallsQuery, resp=answers(CallLines), tags=TAGS, operation_id="list_calls")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List the calls of a company, newest first."""
        query: CallsQuery = request.context.query
        found = wanted(stored_of(request).profile, _asked(query), self.clock.now())
        if found.wrong:
            raise InvalidInput("; ".join(f"{name}: {text}" for name, text in found.wrong.items()))
        before = Place.read(query.before) if query.before else None
        page = await page_of(self.log, found.calls, before, query.limit)
        lines = CallLines(
            items=[CallLine(**_line(call)) for call in page.calls],
            next=str(page.next) if page.next else None,
        )
        response.media = lines.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class CallRoute:
    """``GET …/calls/{sid}``."""

    log: CallLog
    messages: Messages
    directory: Directory
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(resp=answers(CallTold), tags=TAGS, operation_id="get_call")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Read one call: what was said, from what, why, and where the time went."""
        view = await view_in(self.log, self.messages, self.directory, slug, sid)
        response.media = call_told(view).model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class LiveCallsRoute:
    """``GET …/calls/events``."""

    feed: LiveFeed
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(query=FollowQuery, resp=answers(), tags=TAGS, operation_id="follow_calls")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Follow the calls under way, as server-sent events.

        An event `calls` has them all as JSON: `call_sid`, `caller`, `called`, `started_at`,
        `outcome` and the count of `turns`. The stream ends after a minute: ask anew.
        """
        if self.feed.full:
            raise falcon.HTTPTooManyRequests(
                description="too many follow calls at once: ask for the list now and then instead",
                retry_after=60,
            )
        longest = stored_of(request).profile.limits.call_seconds
        watching = self.feed.watch(slug, longest, request.context.query.seconds)
        response.set_header("Cache-Control", "no-store")
        response.set_header("X-Accel-Buffering", "no")  # a proxy must not keep events back
        response.sse = _events(watching)


class RecordingRoute(Recording):
    """``GET …/calls/{sid}/recordings/{recording}``: as the pages play it."""

    @spec.validate(
        resp=answers(also={206: None, 502: Problem}), tags=TAGS, operation_id="get_recording"
    )
    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        sid: str,
        recording: str,
    ) -> None:
        """Listen to a recording, or with `Range` to a part of it, by the SID the call tells."""
        await self.play(request, response, sid, recording)


def call_told(view: CallView) -> CallTold:
    """A call as the API tells it."""
    route, target = view.route, view.route.route.target if view.route else None
    return CallTold(
        **_line(view.call),
        seconds=None if view.length is None else round(view.length.total_seconds()),
        consent=view.consent,
        turns=[_turn(turn) for turn in view.turns],
        recordings=[sid_of(url) for url in view.recordings],
        message=message_told(view.message) if view.message else None,
        route_today=route
        and RouteTold(
            at=route.at,
            route=str(route.route.kind),
            why=route.route.why,
            open=route.route.status.open,
            reason=route.route.status.reason,
            target=target.id if target else None,
        ),
    )


async def _events(watching: AsyncGenerator[Live | None]) -> AsyncIterator[SSEvent | None]:
    async with aclosing(watching):  # whoever hangs up makes room
        async for live in watching:
            told = None if live is None else [asdict(call) for call in live]
            yield None if told is None else SSEvent(event="calls", json=told, retry=RETRY_MS)


def _asked(query: CallsQuery) -> CallsAsked:
    return CallsAsked(
        query.text.strip(),
        query.caller.strip(),
        query.outcome,
        query.since.isoformat() if query.since else "",
        query.until.isoformat() if query.until else "",
        "on" if query.recorded else "",
        "on" if query.live else "",
    )


def _line(call: LoggedCall) -> dict[str, Any]:
    return {name: getattr(call, name) for name in CallLine.model_fields}


def _turn(turn: TurnView) -> TurnTold:
    known = {name: getattr(turn, name) for name in TurnTold.model_fields}
    segments = [SegmentTold(**asdict(one)) for one in turn.segments]
    recording = sid_of(turn.recording) if turn.recording else ""
    return TurnTold(**known | {"segments": segments, "recording": recording})
