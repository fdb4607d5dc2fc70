"""The Knowledge tab: what the company can answer, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.knowledge import entries_of, entry_of
from clientsvia.admin.questions import questions
from clientsvia.admin.web.forms import REMOVE, Field, Form, Kind, view
from clientsvia.admin.web.guard import NOT_FOUND, stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import ChangedMeanwhile, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.drafts import Drafts
    from clientsvia.admin.knowledge import KnowledgeBook
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.calls.ports import CallLog
    from clientsvia.companies.problems import Problem
    from clientsvia.companies.profile import KnowledgeEntry

PAGE = 50
ASKED = 20  # questions without an answer, the newest: each that is answered makes room for another
ASKED_SINCE = timedelta(days=30)
ENTRY = Form(
    (
        Field("question", "Question", "As a caller would ask it.", required=True),
        Field("answer", "Answer", "As it is spoken.", Kind.AREA, rows=5, required=True),
        Field(
            "keywords",
            "Keywords",
            "Other words callers use, with commas between them.",
            Kind.LIST,
        ),
        Field("category", "Category", "For your own order; it is not spoken."),
    )
)


@dataclass(frozen=True, slots=True)
class KnowledgePage:
    """``/companies/{slug}/knowledge``: the entries, what they answer, and what is missing."""

    pages: Pages
    drafts: Drafts
    log: CallLog
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Fifty entries, the answer to ``ask``, and what callers asked in vain."""
        await self.show(request, response)

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        *,
        removed: KnowledgeEntry | None = None,
    ) -> None:
        """The page, with an entry that was just removed above it."""
        stored = stored_of(request)
        words, ask = request.get_param("q", default=""), request.get_param("ask", default="")
        start = request.get_param_as_int("start", min_value=0, default=0)
        company = await self.drafts.company(stored)
        since = self.drafts.clock.now() - ASKED_SINCE
        self.pages.show(
            request,
            response,
            "knowledge.html",
            found=entries_of(stored.profile, words, start=start, limit=PAGE),
            words=words,
            step=PAGE,
            removed=removed,
            ask=ask,
            told=await self.drafts.answer(stored, ask) if ask.strip() else None,
            asked=await questions(self.log, company, since, limit=ASKED),
            days=ASKED_SINCE.days,
        )


class _EntryForm:
    """What the pages of a new entry and of one that is there do alike."""

    def __init__(self, listed: KnowledgePage, book: KnowledgeBook) -> None:
        self._listed = listed
        self._pages = listed.pages
        self._book = book

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        texts: Mapping[str, str],
        *,
        tag: str = "",
        problems: Sequence[Problem] = (),
        entry: str = "",
        theirs: object = (),
    ) -> None:
        form = view(ENTRY, texts, tag, problems)
        values: dict[str, Any] = {"form": form, "entry": entry, "theirs": theirs}
        self._pages.show(request, response, "knowledge_entry.html", **values)


class NewEntryPage(_EntryForm):
    """``/companies/{slug}/knowledge/new``; ``?question=`` is what a caller asked."""

    needs: ClassVar = {"GET": Need.EDIT, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """An empty form."""
        names = [one.name for one in ENTRY.fields]
        self._show(request, response, {name: request.get_param(name, default="") for name in names})

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Add it, with the id it had where it was removed by a slip."""
        sent = await sent_form(request)
        data = ENTRY.patch(sent, {}) | ({"id": text_of(sent, "id")} if text_of(sent, "id") else {})
        try:
            await self._book.add(slug, data, by=visitor_of(request).by)
        except InvalidProfile as refused:
            response.status = falcon.HTTP_422
            self._show(request, response, ENTRY.sent(sent), problems=refused.problems)
        else:
            raise falcon.HTTPSeeOther(f"/companies/{slug}/knowledge?said=saved")


class EntryPage(_EntryForm):
    """``/companies/{slug}/knowledge/entries/{entry}``."""

    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, entry: str
    ) -> None:
        """The entry as it is stored."""
        profile = stored_of(request).profile
        stored = _found(request, entry)
        tag = self._book.tag(profile, entry)
        self._show(request, response, ENTRY.typed(stored.model_dump()), tag=tag, entry=entry)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, entry: str
    ) -> None:
        """Save it, or take it away: then the list is shown, with a button that undoes it."""
        sent = await sent_form(request)
        try:
            if REMOVE in sent:
                await self._remove(request, response, sent, entry)
                return
            await self._book.replace(
                slug,
                entry,
                ENTRY.patch(sent, {}),
                expected=text_of(sent, "tag"),
                by=visitor_of(request).by,
            )
        except InvalidProfile as refused:
            response.status = falcon.HTTP_422
            texts, tag = ENTRY.sent(sent), text_of(sent, "tag")
            self._show(request, response, texts, tag=tag, problems=refused.problems, entry=entry)
        except ChangedMeanwhile:
            self._collide(request, response, sent, entry)
        else:
            raise falcon.HTTPSeeOther(f"/companies/{slug}/knowledge?said=saved")

    async def _remove(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent],
        entry: str,
    ) -> None:
        slug, by = stored_of(request).profile.slug, visitor_of(request).by
        if entry_of(stored_of(request).profile, entry) is None:  # the page was loaded again
            raise falcon.HTTPSeeOther(f"/companies/{slug}/knowledge")
        gone = await self._book.remove(slug, entry, expected=text_of(sent, "tag"), by=by)
        request.context.stored = await self._book.companies.get(slug)
        await self._listed.show(request, response, removed=gone)

    def _collide(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent],
        entry: str,
    ) -> None:
        """Both versions beside each other; what is sent next replaces the one shown."""
        profile = stored_of(request).profile
        theirs, mine = ENTRY.typed(_found(request, entry).model_dump()), ENTRY.sent(sent)
        differing = [
            (one.label, theirs[one.name], mine.get(one.name, ""))
            for one in ENTRY.fields
            if theirs[one.name] != mine.get(one.name, "")
        ]
        response.status = falcon.HTTP_409
        tag = self._book.tag(profile, entry)
        self._show(request, response, mine, tag=tag, entry=entry, theirs=differing)


def _found(request: falcon.asgi.Request, entry: str) -> KnowledgeEntry:
    found = entry_of(stored_of(request).profile, entry)
    if found is None:
        raise falcon.HTTPNotFound(description=NOT_FOUND)
    return found
