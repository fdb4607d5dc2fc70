"""``/api/v1/companies/{slug}/history``, and what people did otherwise."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.lists import MOST_CURSOR, NumberedQuery
from clientsvia.admin.history import changes_by_putting_back, changes_of, put_back
from clientsvia.admin.web.guard import visitor_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.audit import AuditLog
    from clientsvia.companies.ports import Companies
    from clientsvia.companies.revisions import Revision

TAGS = ["history"]


class RevisionTold(ApiModel):
    """One change of a company: when, by whom, in which fields, which of them are secret."""

    revision: int
    at: datetime
    by: str
    fields: list[str]
    secrets: list[str]
    removed: bool


class RevisionsTold(ApiModel):
    """Changes, newest first."""

    items: list[RevisionTold]
    next: int | None


class Difference(ApiModel):
    """One field that differs; null stands for one that is not set."""

    field: str
    before: Any
    after: Any


class EditTold(RevisionTold):
    """A change with all that differs from the revision before."""

    before: int | None
    changes: list[Difference]


class PutBackWanted(ApiModel):
    """``expected`` is the company's revision that was looked at; a preview changes nothing."""

    expected: int = Field(ge=0, le=MOST_CURSOR)
    preview: bool = False


class PutBackTold(ApiModel):
    """What was changed by it, and the company's revision now."""

    revision: int
    changes: list[Difference]


class ActTold(ApiModel):
    """One thing that somebody did; ``company`` is empty where it was to none."""

    id: int
    at: datetime
    company: str
    by: str
    act: str
    subject: str
    detail: dict[str, Any]


class ActsTold(ApiModel):
    """What people did, newest first."""

    items: list[ActTold]
    next: int | None


@dataclass(frozen=True, slots=True)
class HistoryResource:
    """``/api/v1/companies/{slug}/history``."""

    companies: Companies
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=NumberedQuery, resp=answers(RevisionsTold), tags=TAGS, operation_id="list_changes"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The changes of the company, newest first."""
        asked = request.context.query
        found = await self.companies.revisions(slug, before=asked.before, limit=asked.limit + 1)
        shown = found[: asked.limit]
        response.media = {
            "items": [_told(one) for one in shown],
            "next": shown[-1].revision if len(found) > asked.limit else None,
        }


@dataclass(frozen=True, slots=True)
class RevisionResource:
    """``/api/v1/companies/{slug}/history/{revision}``."""

    companies: Companies
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(resp=answers(EditTold), tags=TAGS, operation_id="get_change")
    async def on_get(
        self,
        _request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        revision: int,
    ) -> None:
        """One change, field by field."""
        try:
            edit = await changes_of(self.companies, slug, revision)
        except InvalidInput as missing:
            raise falcon.HTTPNotFound(description=str(missing)) from None
        changes = [asdict(one) for one in edit.changes]
        response.media = _told(edit.revision) | {"before": edit.before, "changes": changes}


@dataclass(frozen=True, slots=True)
class PutBackResource:
    """``/api/v1/companies/{slug}/history/{revision}/put-back``."""

    companies: Companies
    needs: ClassVar = {"POST": Need.MANAGE}

    @spec.validate(
        json=PutBackWanted,
        resp=answers(PutBackTold, edits=True),
        tags=TAGS,
        operation_id="put_back_change",
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, revision: int
    ) -> None:
        """Make the company what it was then; secrets, account and state stay as they are."""
        sent = request.context.json
        changes = await changes_by_putting_back(self.companies, slug, revision)
        now = sent.expected
        if not sent.preview:
            saved = await put_back(
                self.companies, slug, revision, expected=now, by=visitor_of(request).by
            )
            now = saved.revision
        response.media = {"revision": now, "changes": [asdict(one) for one in changes]}


@dataclass(frozen=True, slots=True)
class ActsResource:
    """``/api/v1/history``: what people did in every company, and outside them."""

    audit: AuditLog
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.OPERATE}

    @spec.validate(
        query=NumberedQuery, resp=answers(ActsTold), tags=TAGS, operation_id="list_all_acts"
    )
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """What people did that changed no profile, newest first."""
        await self.give(request, response, None)

    async def give(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str | None
    ) -> None:
        """Answer with the acts of a company, or of all."""
        asked = request.context.query
        found = await self.audit.entries(slug, before=asked.before, limit=asked.limit + 1)
        shown = found[: asked.limit]
        response.media = {
            "items": [asdict(one) for one in shown],
            "next": shown[-1].id if len(found) > asked.limit else None,
        }


@dataclass(frozen=True, slots=True)
class CompanyActsResource:
    """``/api/v1/companies/{slug}/acts``."""

    acts: ActsResource
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(query=NumberedQuery, resp=answers(ActsTold), tags=TAGS, operation_id="list_acts")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """What people did in the company that changed no profile, newest first."""
        await self.acts.give(request, response, slug)


def _told(one: Revision) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "at": one.at,
        "by": one.by,
        "fields": list(one.fields),
        "secrets": list(one.secrets),
        "removed": one.removed,
    }
