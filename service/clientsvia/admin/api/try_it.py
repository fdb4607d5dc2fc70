"""``/api/v1/companies/{slug}/try-it``: a call that nobody makes, and a logged one played again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.replay import as_data
from clientsvia.admin.trials import Ring
from clientsvia.admin.try_it import TEXT_LENGTH, Act, Move
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.transports.text_token import LONGEST

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.admin.trials import Trials
    from clientsvia.admin.try_it import Tried

_TYPED = 100  # characters of a number or a moment


class TryItRing(ApiModel):
    """Who calls which number, and when; without a number the first one, without a moment now."""

    called: Annotated[str, Field(max_length=_TYPED)] = ""
    caller: Annotated[str, Field(max_length=_TYPED)] = ""
    at: Annotated[str, Field(max_length=_TYPED)] = ""
    unverified: bool = False


class TryItMove(ApiModel):
    """What happens next; ``state`` is that of the last step."""

    state: Annotated[str, Field(max_length=LONGEST)]
    act: Act
    text: Annotated[str, Field(max_length=TEXT_LENGTH)] = ""


class TryItStep(ApiModel):
    """What came of it; ``stages`` in nanoseconds. ``moves`` may follow, none once it is over."""

    event: dict[str, Any]
    answered: dict[str, Any]
    reply: dict[str, Any]
    stages: dict[str, int]
    whispers: list[dict[str, Any]]
    at: datetime
    moves: list[Act]
    state: str


class ReplayAsked(ApiModel):
    """When the call is to have come in; at its own moment where none is given."""

    at: Annotated[str, Field(max_length=_TYPED)] = ""


class ReplaySide(ApiModel):
    """What came of a turn; ``stages`` in nanoseconds."""

    said: list[str]
    source: str
    why: str
    outcome: str
    next: str
    rung: list[str] | None
    stages: dict[str, int]


class ReplayPair(ApiModel):
    """One event of the call, then and now; ``differences`` names what is not as it was."""

    event: dict[str, Any]
    at: datetime
    then: ReplaySide | None
    now: ReplaySide
    differences: list[str]


class ReplayedCall(ApiModel):
    """A call played again; ``parted`` says why not to the end."""

    call_sid: str
    company: str
    at: datetime
    pairs: list[ReplayPair]
    parted: str
    same: bool


@dataclass(frozen=True, slots=True)
class TryItRoute:
    """A conversation begins."""

    trials: Trials
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(
        json=TryItRing, resp=answers(TryItStep), tags=["try it"], operation_id="ring_try_it"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Ring as somebody, at any moment: nobody is rung, nothing is kept."""
        typed = Ring(**request.context.json.model_dump())
        user = visitor_of(request).user_id
        response.media = _step(await self.trials.ring(stored_of(request), user, typed))


@dataclass(frozen=True, slots=True)
class TryItMovesRoute:
    """A conversation goes on."""

    trials: Trials
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(
        json=TryItMove, resp=answers(TryItStep), tags=["try it"], operation_id="move_try_it"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Say something, press keys, be silent, hang up, or end a ring."""
        sent = request.context.json
        move, user = Move(sent.act, sent.text), visitor_of(request).user_id
        response.media = _step(await self.trials.go_on(stored_of(request), user, sent.state, move))


@dataclass(frozen=True, slots=True)
class ReplayRoute:
    """A call of the log, with today's settings."""

    trials: Trials
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(
        json=ReplayAsked, resp=answers(ReplayedCall), tags=["try it"], operation_id="replay_call"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, sid: str
    ) -> None:
        """Play a call again, beside what happened then."""
        stored = stored_of(request)
        call = await self.trials.call(stored, sid)
        response.media = as_data(await self.trials.again(stored, call, request.context.json.at))


def _step(tried: Tried) -> dict[str, Any]:
    return asdict(tried)
