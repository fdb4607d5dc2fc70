"""The History tab: who changed what, putting it back, and what else people did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
import orjson

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.lists import MOST_CURSOR
from clientsvia.admin.history import changes_by_putting_back, changes_of, put_back
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import ChangedMeanwhile, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.companies.changes import Change
    from clientsvia.companies.ports import Companies

AT_ONCE = 50
MOST_FIELDS = 40
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """``/companies/{slug}/history``."""

    pages: Pages
    companies: Companies
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The changes of a company, newest first."""
        before = request.get_param_as_int("before", min_value=1, max_value=MOST_CURSOR)
        found = await self.companies.revisions(slug, before=before, limit=AT_ONCE + 1)
        self.pages.show(
            request,
            response,
            "history/changes.html",
            revisions=found[:AT_ONCE],
            more=found[AT_ONCE - 1].revision if len(found) > AT_ONCE else 0,
            before=before,
        )


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """``/companies/{slug}/history/{revision}``: one change, and putting back what was then."""

    pages: Pages
    companies: Companies
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.MANAGE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, revision: int
    ) -> None:
        """What it changed, and what putting it back would change now."""
        await self._show(request, response, slug, revision)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str, revision: int
    ) -> None:
        """Put it back, unless somebody changed the company since the page was opened."""
        expected = text_of(await sent_form(request), "expected")
        try:
            await put_back(
                self.companies,
                slug,
                revision,
                expected=int(expected) if expected.isascii() and expected.isdecimal() else 0,
                by=visitor_of(request).by,
            )
        except InvalidInput as refused:
            changed = isinstance(refused, ChangedMeanwhile)
            response.status = falcon.HTTP_409 if changed else falcon.HTTP_422
            await self._show(request, response, slug, revision, str(refused))
            return
        raise falcon.HTTPSeeOther(f"/companies/{slug}/history?said=put-back")

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        revision: int,
        refused: str = "",
    ) -> None:
        try:
            edit = await changes_of(self.companies, slug, revision)
        except InvalidInput as missing:
            raise falcon.HTTPNotFound(description=str(missing)) from None
        now = stored_of(request).revision
        impossible = ""
        back: Sequence[Change] = ()
        if revision != now and not edit.revision.removed:
            try:
                back = await changes_by_putting_back(self.companies, slug, revision)
            except InvalidInput as reason:
                impossible = str(reason)
        self.pages.show(
            request,
            response,
            "history/change.html",
            edit=edit,
            changes=_shown(edit.changes),
            now=now,
            back=_shown(back),
            most=MOST_FIELDS,
            impossible=impossible,
            manages=visitor_of(request).may(Need.MANAGE, slug),
            refused=refused,
        )


@dataclass(frozen=True, slots=True)
class ActsPage:
    """What people did that changed no profile; of one company, or for administrators of all."""

    pages: Pages
    audit: AuditLog
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.OPERATE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str | None = None
    ) -> None:
        """The list, newest first."""
        await self.show(request, response, slug, "history/all_acts.html")

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str | None,
        template: str,
    ) -> None:
        """Draw it with ``template``."""
        before = request.get_param_as_int("before", min_value=1, max_value=MOST_CURSOR)
        found = await self.audit.entries(slug, before=before, limit=AT_ONCE + 1)
        values: dict[str, Any] = {
            "entries": found[:AT_ONCE],
            "more": found[AT_ONCE - 1].id if len(found) > AT_ONCE else 0,
            "before": before,
        }
        self.pages.show(request, response, template, **values)


class CompanyActsPage(ActsPage):
    """``/companies/{slug}/history/acts``."""

    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str | None = None
    ) -> None:
        """The list, newest first."""
        await self.show(request, response, slug, "history/acts.html")


def _shown(changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Each field with both values as text, cut where they are long: a page stays light."""
    return [(one.field, _text(one.before), _text(one.after)) for one in changes]


def _text(value: Any) -> str:  # noqa: ANN401 - of any kind
    if value is None:
        return "(not set)"
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
