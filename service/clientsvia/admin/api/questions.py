"""``/api/v1/companies/{slug}/questions``: what callers asked and found no answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import AwareDatetime, Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.questions import questions
from clientsvia.admin.web.guard import stored_of
from clientsvia.companies.snapshot import compile_company

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.calls.ports import CallLog, Clock


class QuestionsQuery(ApiModel):
    """Of how many days; the list goes on after the ``next`` that the part before gave."""

    days: int = Field(30, ge=1, le=3650)
    before: AwareDatetime | None = None
    limit: int = Field(50, ge=1, le=200)


class Question(ApiModel):
    """As it was asked last, in the call of that time; alike ones are counted as one."""

    text: str
    count: int
    last_at: datetime
    call_sid: str
    answered_now: bool


class Questions(ApiModel):
    """The newest first; ``next`` is null at the end."""

    items: list[Question]
    next: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionsRoute:
    """``GET`` alone: an answer is an entry of the company's knowledge."""

    log: CallLog
    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=QuestionsQuery,
        resp=answers(Questions),
        tags=["figures"],
        operation_id="list_questions",
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List questions without an answer, and whether the company's own data has one by now."""
        wanted: QuestionsQuery = request.context.query
        now = self.clock.now()
        company = compile_company(stored_of(request), now)
        since = now - timedelta(days=wanted.days)
        limit = wanted.limit
        found = await questions(self.log, company, since, before=wanted.before, limit=limit + 1)
        response.media = {
            "items": [asdict(one) for one in found[:limit]],
            "next": found[limit - 1].last_at if len(found) > limit else None,
        }
