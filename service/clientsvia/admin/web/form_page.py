"""A page whose form edits part of a profile: what every tab of settings does alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.forms import ADD, view
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.errors import ChangedMeanwhile, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.forms import Form, FormView
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.problems import Problem
    from clientsvia.companies.profile import CompanyProfile

CONFLICT = "409 Conflict"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying: what the template shows of it, or what is wrong with what was typed."""

    shown: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


class FormPage:
    """Shows ``form`` in ``template``, and saves what is sent; subclasses name both."""

    form: ClassVar[Form]
    template: ClassVar[str]
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.EDIT}

    def __init__(self, pages: Pages, editor: Editor) -> None:
        self._pages = pages
        self._editor = editor

    @classmethod
    def parts(cls) -> set[str]:
        """The profile's fields that the form edits."""
        names = [one.name for one in cls.form.fields] + [one.name for one in cls.form.groups]
        return {name.partition(".")[0] for name in names}

    def form_of(self, request: falcon.asgi.Request) -> Form:
        """The form, where it depends on the company, as for choices among its targets."""
        return self.form

    def data_of(self, profile: CompanyProfile, request: falcon.asgi.Request) -> dict[str, Any]:
        """What the form shows, as plain data: the profile, where it is no entry of one."""
        return as_plain(profile, self.parts())

    def patch(self, request: falcon.asgi.Request, sent: Mapping[str, Sent]) -> dict[str, Any]:
        """The profile's fields as they were typed."""
        data = self.data_of(stored_of(request).profile, request)
        return self.form_of(request).patch(sent, data)

    def afterwards(self, request: falcon.asgi.Request) -> str:
        """Where people are led once it is saved."""
        return request.path

    async def extras(
        self,
        request: falcon.asgi.Request,
        stored: StoredProfile,
    ) -> Mapping[str, Any]:
        """What the template shows beside the form."""
        return {}

    async def tried(self, request: falcon.asgi.Request, sent: Mapping[str, Sent]) -> Tried | None:
        """What a button shows that tries what was typed, and saves nothing; None for others."""
        return None

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
    ) -> None:
        """The form as it is stored."""
        profile, form = stored_of(request).profile, self.form_of(request)
        texts = form.typed(self.data_of(profile, request))
        await self._show(request, response, view(form, texts, self._tag(profile)))

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Save it and show it again, or say what is wrong with all that was typed in place."""
        sent, form = await sent_form(request), self.form_of(request)
        if ADD in sent:
            shown = view(form, form.sent(sent), text_of(sent, "tag"), more=text_of(sent, ADD))
            await self._show(request, response, shown)
            return
        if (tried := await self.tried(request, sent)) is not None:
            texts, tag = form.sent(sent), text_of(sent, "tag")
            shown = view(form, texts, tag, tried.problems)
            await self._show(request, response, shown, **tried.shown)
            return
        stored = stored_of(request)
        try:
            saved = await self.save(request, sent, slug)
        except InvalidProfile as refused:
            response.status = falcon.HTTP_422
            shown = view(form, form.sent(sent), text_of(sent, "tag"), refused.problems)
            await self._show(request, response, shown)
        except ChangedMeanwhile:
            response.status = CONFLICT
            await self._collide(request, response, sent)
        else:
            said = "unchanged" if saved.revision == stored.revision else "saved"
            raise falcon.HTTPSeeOther(f"{self.afterwards(request)}?said={said}")

    async def save(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], slug: str
    ) -> StoredProfile:
        """Save what was sent."""
        return await self._editor.edit(
            slug,
            self.patch(request, sent),
            expected=text_of(sent, "tag"),
            by=visitor_of(request).by,
            parts=self.parts(),  # a secret that is left alone is in no patch
        )

    async def _collide(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sent: Mapping[str, Sent],
    ) -> None:
        """Both versions beside each other; what is sent next replaces the one shown."""
        profile, form = stored_of(request).profile, self.form_of(request)
        theirs, mine = form.typed(self.data_of(profile, request)), form.sent(sent)
        labels = {one.name: one.label for one in form.fields}
        differing = [
            (labels.get(name, name), theirs.get(name, ""), mine.get(name, ""))
            for name in dict.fromkeys([*theirs, *mine])
            if name in theirs | labels and theirs.get(name, "") != mine.get(name, "")
        ]
        shown = view(form, mine, self._tag(profile))
        await self._show(request, response, shown, theirs=differing)

    def _tag(self, profile: CompanyProfile) -> str:
        return self._editor.tag(profile, self.parts())

    async def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        form: FormView,
        theirs: object = (),
        **more: Any,  # noqa: ANN401 - whatever the template shows
    ) -> None:
        extras = await self.extras(request, stored_of(request))
        values = {"form": form, "theirs": theirs, **extras, **more}
        self._pages.show(request, response, self.template, **values)


def as_plain(profile: CompanyProfile, parts: set[str] | None = None) -> dict[str, Any]:
    """A profile, or these fields of it, as plain data; not to be shown whole: it has secrets."""
    return profile.model_dump(mode="json", include=parts)
