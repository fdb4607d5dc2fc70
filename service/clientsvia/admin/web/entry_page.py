"""A page whose form edits one entry of a list in a profile, or adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.editing import merged
from clientsvia.admin.web.form_page import FormPage, as_plain
from clientsvia.admin.web.forms import REMOVE
from clientsvia.admin.web.guard import NOT_FOUND, stored_of
from clientsvia.companies.problems import Problem, refuse
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile


class EntryPage(FormPage):
    """``entries`` is the list's path in the profile, ``key`` what tells its entries apart.

    The last part of the page's address is an entry's key; without one, an entry is added. What is
    wrong with the whole of an entry is told beside its field ``whole``.
    """

    entries: ClassVar[str]
    key: ClassVar[str] = "id"
    whole: ClassVar[str]

    @classmethod
    def parts(cls) -> set[str]:
        """The profile's field that the list stands in."""
        return {cls.entries.partition(".")[0]}

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        entry: str = "",
    ) -> None:
        """The entry as it is stored, or an empty form."""
        self._choose(request, entry)
        await super().on_get(request, response, slug)

    async def on_post(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        entry: str = "",
    ) -> None:
        """Save the entry, or take it away."""
        self._choose(request, entry)
        await super().on_post(request, response, slug)

    def data_of(self, profile: CompanyProfile, request: falcon.asgi.Request) -> dict[str, Any]:
        """The entry as plain data; empty for a new one, or one that was taken away meanwhile."""
        found = self.find(self.listed(profile), request)
        return {} if found is None else dict(self.listed(profile)[found])

    def patch(self, request: falcon.asgi.Request, sent: Mapping[str, Sent]) -> dict[str, Any]:
        """The list with this entry as it was typed, or without it."""
        profile = stored_of(request).profile
        listed = list(self.listed(profile))
        found = self.find(listed, request)
        place = slice(len(listed), None) if found is None else slice(found, found + 1)
        listed[place] = [] if REMOVE in sent else [self._typed(request, sent, profile)]
        return self._nested(listed)

    def _typed(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], profile: CompanyProfile
    ) -> dict[str, Any]:
        before = self.data_of(profile, request)
        typed = self.form_of(request).patch(sent, before)
        return self.finished(merged(before, typed), profile, sent)

    def finished(
        self,
        entry: dict[str, Any],
        profile: CompanyProfile,
        sent: Mapping[str, Sent],
    ) -> dict[str, Any]:
        """The entry with what follows from what was typed."""
        return entry

    async def save(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], slug: str
    ) -> StoredProfile:
        """Save it, and tell what is wrong with it by the fields of this form."""
        try:
            return await super().save(request, sent, slug)
        except InvalidProfile as refused:
            raise refuse(self._by_field(request, refused.problems)) from None

    def listed(self, profile: CompanyProfile) -> Sequence[Mapping[str, Any]]:
        """All entries, as plain data."""
        value: Any = as_plain(profile, self.parts())
        for part in self.entries.split("."):
            value = value[part]
        listed: Sequence[Mapping[str, Any]] = value
        return listed

    def find(self, listed: Sequence[Mapping[str, Any]], request: falcon.asgi.Request) -> int | None:
        """Where the entry stands that the address names; None for a new one."""
        wanted = request.context.entry
        return next((n for n, one in enumerate(listed) if one[self.key] == wanted), None)

    def _choose(self, request: falcon.asgi.Request, entry: str) -> None:
        request.context.entry = entry
        if entry and self.find(self.listed(stored_of(request).profile), request) is None:
            raise falcon.HTTPNotFound(description=NOT_FOUND)

    def _nested(self, listed: list[Any]) -> dict[str, Any]:
        value: Any = listed
        for part in reversed(self.entries.split(".")):
            value = {part: value}
        nested: dict[str, Any] = value
        return nested

    def _by_field(
        self, request: falcon.asgi.Request, problems: Sequence[Problem]
    ) -> Sequence[Problem]:
        listed = self.listed(stored_of(request).profile)
        place = self.find(listed, request)
        own = f"{self.entries}[{(len(listed) if place is None else place) + 1}]"
        return [_relative(one, own, self.whole) for one in problems]


def _relative(problem: Problem, own: str, whole: str) -> Problem:
    """A problem by its field of this entry; what is wrong elsewhere stays as it is."""
    if problem.field == own:
        return Problem(problem.file, whole, problem.text)
    return Problem(problem.file, problem.field.removeprefix(f"{own}."), problem.text)
