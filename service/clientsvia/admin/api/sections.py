"""``/api/v1/companies/{slug}/profile/SECTION``: each part of a profile by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi
import orjson
from pydantic import RootModel
from pydantic_core import PydanticUndefined

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.bodies import sent_object
from clientsvia.admin.api.description import answers, spec
from clientsvia.admin.api.etags import expected_tag, give_tag
from clientsvia.admin.api.secrets import KEY, TOKENS, with_key, with_tokens
from clientsvia.admin.web.guard import NOT_YOURS, stored_of, visitor_of
from clientsvia.companies.problems import Problem, refuse
from clientsvia.companies.profile import CompanyProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.api.section_models import Section
    from clientsvia.admin.editing import Editor


class MergePatch(RootModel[dict[str, Any]]):
    """What changes of a section (RFC 7396): null puts back what a field is without being set."""


def section_resource(section: Section) -> type[SectionResource]:
    """The resource of one section, with its own models in the description.

    Profiles are judged by their own rules, which know a remedy for each field: spectree describes.
    """
    name, need, given = section.name, section.need, answers(section.given)
    edited = answers(section.given, edits=True)

    class ReadSection(SectionResource):
        part: ClassVar = section
        needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

        @spec.validate(
            resp=given, tags=["profile"], operation_id=f"get_{name}", skip_validation=True
        )
        async def on_get(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            """Read this section; its ETag is what an edit begins with."""
            self.give(response, stored_of(request).profile)

    if need is None:
        return ReadSection
    changing = {**ReadSection.needs, "PUT": need, "PATCH": need}

    class OneSection(ReadSection):
        needs: ClassVar[Mapping[str, Need]] = changing

        @spec.validate(
            json=section.sent,
            resp=edited,
            tags=["profile"],
            operation_id=f"put_{name}",
            skip_validation=True,
        )
        async def on_put(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            """Put this section in place of the stored one; in force on the next webhook."""
            await self.change(request, response, slug, whole=True)

        @spec.validate(
            json=MergePatch,
            resp=edited,
            tags=["profile"],
            operation_id=f"patch_{name}",
            skip_validation=True,
        )
        async def on_patch(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            """Change what is sent of this section; in force on the next webhook."""
            await self.change(request, response, slug, whole=False)

    return OneSection


@dataclass(frozen=True, slots=True)
class SectionResource:
    """What every section does alike."""

    editor: Editor
    part: ClassVar[Section]

    def give(self, response: falcon.asgi.Response, profile: CompanyProfile) -> None:
        """Answer with the section of a profile, and its tag."""
        give_tag(response, self.editor.tag(profile, self.part.fields))
        response.content_type = falcon.MEDIA_JSON
        response.data = orjson.dumps(self.part.read(profile))

    async def change(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        *,
        whole: bool,
    ) -> None:
        """Save what was sent, and answer with the section as it is then."""
        expected = expected_tag(request)
        data = await sent_object(request)
        if self.part.secret == KEY:
            data = with_key(data)
        if self.part.secret in data and not visitor_of(request).may(Need.MANAGE, slug):
            raise falcon.HTTPForbidden(description=NOT_YOURS)
        saved = await self.editor.edit(
            slug,
            self._patch(data, stored_of(request).profile, whole=whole),
            expected=expected,
            by=visitor_of(request).by,
            whole=whole,
        )
        self.give(response, saved.profile)

    def _patch(
        self, data: Mapping[str, Any], stored: CompanyProfile, *, whole: bool
    ) -> dict[str, Any]:
        """What was sent, as fields of the profile."""
        if self.part.secret == TOKENS:
            data = with_tokens(data, stored)
            if "account_sid" in data and data["account_sid"] is None:
                return {"twilio": None}
        if self.part.flat:
            return {self.part.name: dict(data)}
        if unknown := data.keys() - set(self.part.fields):
            text = f"is no field of {self.part.name}: name {', '.join(self.part.fields)}"
            raise refuse(Problem("", name, text) for name in sorted(unknown))
        return {**(_defaults(self.part, data) if whole else {}), **data}


def _defaults(section: Section, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields of a section are without being sent; raises where one must be."""
    empty = {name: CompanyProfile.model_fields[name].get_default() for name in section.fields}
    left_out = [name for name in section.fields if name not in data]
    if missing := [name for name in left_out if empty[name] is PydanticUndefined]:
        raise refuse(Problem("", name, "is missing: add it") for name in missing)
    return {name: empty[name] for name in left_out}
