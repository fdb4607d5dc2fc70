"""``/api/v1/companies/{slug}/knowledge``: entries, found, written and imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.etags import expected_tag, give_tag
from clientsvia.admin.knowledge import entries_of, entry_of
from clientsvia.admin.knowledge_import import planned
from clientsvia.admin.web.guard import NOT_FOUND, stored_of, visitor_of
from clientsvia.companies.knowledge_files import Kind

if TYPE_CHECKING:
    from clientsvia.admin.knowledge import KnowledgeBook
    from clientsvia.admin.knowledge_import import Intake, KnowledgeImport

TAGS = ["knowledge"]


class WrittenEntry(ApiModel):
    """A question with its answer; what is wrong with one is told field by field."""

    question: str
    answer: str
    keywords: list[str] = Field(default=[])
    category: str = ""


class NewEntry(WrittenEntry):
    """The same; its ``id`` is made of the question where it brings none."""

    id: str = ""


class StoredEntry(WrittenEntry):
    """The same, with the id it has."""

    id: str


class Found(ApiModel):
    """Those that have every word of ``q``, from ``before`` on, which ``next`` gave."""

    q: str = Field(default="", max_length=500)
    limit: int = Field(default=50, ge=1, le=200)
    before: int = Field(default=0, ge=0)


class EntryList(ApiModel):
    """Some of the entries, how many there are, and where the next ones begin."""

    items: list[StoredEntry]
    total: int
    next: int | None


class Given(ApiModel):
    """A text with entries; ``replace`` removes those it does not name, ``dry_run`` only tells."""

    text: str = Field(min_length=1, max_length=1_000_000)
    kind: Kind | None = None
    replace: bool = False
    dry_run: bool = False


class Taken(ApiModel):
    """What a text changes, by the ids of the entries."""

    kind: Kind
    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: int


@dataclass(frozen=True, slots=True)
class KnowledgeRoute:
    """``/api/v1/companies/{slug}/knowledge``."""

    book: KnowledgeBook
    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    @spec.validate(query=Found, resp=answers(EntryList), tags=TAGS, operation_id="list_knowledge")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List the entries, or those that have every word of ``q``."""
        asked: Found = request.context.query
        profile = stored_of(request).profile
        found = entries_of(profile, asked.q, start=asked.before, limit=asked.limit)
        items = [one.model_dump(mode="json") for one in found.entries]
        response.media = {"items": items, "total": found.total, "next": found.next}

    @spec.validate(
        json=NewEntry,
        resp=answers(StoredEntry, status=201),
        tags=TAGS,
        operation_id="add_knowledge",
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Add an entry; in force on the next webhook."""
        by = visitor_of(request).by
        entry = await self.book.add(slug, request.context.json.model_dump(), by=by)
        response.status = falcon.HTTP_201
        response.media = entry.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class EntryRoute:
    """``/api/v1/companies/{slug}/knowledge/entries/{entry}``."""

    book: KnowledgeBook
    needs: ClassVar = {"GET": Need.READ, "PUT": Need.EDIT, "DELETE": Need.EDIT}

    @spec.validate(resp=answers(StoredEntry), tags=TAGS, operation_id="get_knowledge")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, entry: str
    ) -> None:
        """Read one entry; its ETag is what an edit begins with."""
        profile = stored_of(request).profile
        found = entry_of(profile, entry)
        if found is None:
            raise falcon.HTTPNotFound(description=NOT_FOUND)
        give_tag(response, self.book.tag(profile, entry))
        response.media = found.model_dump(mode="json")

    @spec.validate(
        json=WrittenEntry,
        resp=answers(StoredEntry, edits=True),
        tags=TAGS,
        operation_id="put_knowledge",
    )
    async def on_put(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, entry: str
    ) -> None:
        """Put another question and answer in an entry's place."""
        _there(request, entry)
        data: dict[str, Any] = request.context.json.model_dump()
        expected, by = expected_tag(request), visitor_of(request).by
        saved = await self.book.replace(slug, entry, data, expected=expected, by=by)
        response.media = saved.model_dump(mode="json")

    @spec.validate(
        resp=answers(StoredEntry, edits=True), tags=TAGS, operation_id="remove_knowledge"
    )
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, entry: str
    ) -> None:
        """Take an entry away; the answer is that entry, and adding it again undoes this."""
        _there(request, entry)
        expected, by = expected_tag(request), visitor_of(request).by
        gone = await self.book.remove(slug, entry, expected=expected, by=by)
        response.media = gone.model_dump(mode="json")


def _there(request: falcon.asgi.Request, entry: str) -> None:
    if entry_of(stored_of(request).profile, entry) is None:
        raise falcon.HTTPNotFound(description=NOT_FOUND)


@dataclass(frozen=True, slots=True)
class KnowledgeImportRoute:
    """``POST /api/v1/companies/{slug}/knowledge/import``."""

    intake: KnowledgeImport
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(
        json=Given,
        resp=answers(Taken, edits=True),
        tags=TAGS,
        operation_id="import_knowledge",
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Take in entries from CSV, YAML, JSON, Markdown or plain text.

        If-Match takes the ETag of a dry run.
        """
        given: Given = request.context.json
        profile = stored_of(request).profile
        if given.dry_run:
            give_tag(response, self.intake.tag(profile))
            plan = planned(profile, given.text, kind=given.kind, replace=given.replace)
        else:
            plan = await self.intake.take_in(
                slug,
                given.text,
                kind=given.kind,
                replace=given.replace,
                expected=expected_tag(request),
                by=visitor_of(request).by,
            )
        response.media = _told(plan)


def _told(plan: Intake) -> dict[str, Any]:
    return {
        "kind": plan.kind,
        "added": [one.id for one in plan.added],
        "changed": [one.id for one in plan.changed],
        "removed": [one.id for one in plan.removed],
        "unchanged": plan.unchanged,
    }
