"""How a company stands: its checklist, going live, and the other states."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.account_states import in_state, live_as
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.editing import change
from clientsvia.admin.going_live import without_fallback
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies.problems import Problem, refuse
from clientsvia.companies.routing import AccountState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import falcon.asgi

    from clientsvia.admin.going_live import Item
    from clientsvia.admin.overview import Overviews
    from clientsvia.companies.ports import Companies


class ChecklistItem(ApiModel):
    """One line: ``remedy`` is empty when it is well; what is not ``required`` is advice."""

    what: str
    found: str
    remedy: str
    required: bool
    well: bool


class Checklist(ApiModel):
    """What keeps a company from going live: ``left`` is how much is to be mended first."""

    state: AccountState
    left: int
    items: list[ChecklistItem]


class ChecklistQuery(ApiModel):
    """Whether Twilio is asked about the numbers, which may take seconds."""

    twilio: bool = False


class LiveQuery(ApiModel):
    """Whether it goes live though nobody answers while this host is down."""

    without_fallback: bool = False


class StateToTake(ApiModel):
    """Another state: ``forwarding`` rings ``target``, ``suspended`` says ``sentence`` or ours."""

    state: Literal["active", "forwarding", "suspended"]
    target: str | None = None
    sentence: str = ""


class StateTaken(ApiModel):
    """How a company stands."""

    state: AccountState
    target: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ChecklistResource:
    """``/api/v1/companies/{slug}/checklist``."""

    overviews: Overviews
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(
        query=ChecklistQuery,
        resp=answers(Checklist),
        tags=["standing"],
        operation_id="get_checklist",
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read what a company still needs to go live."""
        stored = stored_of(request)
        items = await self.overviews.items(stored, ask_twilio=request.context.query.twilio)
        response.media = _checklist(stored.profile.account.state, items)


@dataclass(frozen=True, slots=True)
class LiveResource:
    """``/api/v1/companies/{slug}/live``."""

    overviews: Overviews
    companies: Companies
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    @spec.validate(
        query=LiveQuery, resp=answers(Checklist), tags=["standing"], operation_id="go_live"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Go through the checklist and go live, or hear in a 422 what is to be mended first."""
        stored = stored_of(request)
        items = await self.overviews.items(stored, ask_twilio=True)
        if request.context.query.without_fallback:
            items = without_fallback(items)
        if stops := [item for item in items if item.stops]:
            raise refuse(Problem("", one.what, f"{one.found}: {one.remedy}") for one in stops)
        state: str = stored.profile.account.state
        if state == "setup":
            by = visitor_of(request).by
            state = (
                await change(self.companies, slug, live_as(stored), by=by)
            ).profile.account.state
        response.media = _checklist(state, items)


@dataclass(frozen=True, slots=True)
class StateResource:
    """``/api/v1/companies/{slug}/state``; ``checked`` where companies go live by a checklist."""

    companies: Companies
    checked: bool
    needs: ClassVar[Mapping[str, Need]] = {"PUT": Need.MANAGE}

    @spec.validate(
        json=StateToTake, resp=answers(StateTaken), tags=["standing"], operation_id="put_state"
    )
    async def on_put(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Suspend a company, forward its calls, or resume: in force on the next webhook."""
        sent: StateToTake = request.context.json
        alter = in_state(sent.model_dump(), checked=self.checked)
        saved = await change(self.companies, slug, alter, by=visitor_of(request).by)
        response.media = saved.profile.account.model_dump()


def _checklist(state: str, items: Sequence[Item]) -> dict[str, Any]:
    return {
        "state": state,
        "left": sum(item.stops for item in items),
        "items": [asdict(item) | {"well": item.well} for item in items],
    }
