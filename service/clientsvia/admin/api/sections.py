"""``/api/v1/companies/{slug}/profile/SECTION``: each part of a profile by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import answers, spec
from clientsvia.admin.api.etags import expected_tag, give_tag
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies.profile import AgentProfile
from clientsvia.companies.routing_profiles import AfterHoursProfile, RoutingProfile, UrgentProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi
    from pydantic import BaseModel

    from clientsvia.admin.editing import Editor

SECTIONS: Mapping[str, type[BaseModel]] = {
    "agent": AgentProfile,
    "after_hours": AfterHoursProfile,
    "routing": RoutingProfile,
    "urgent": UrgentProfile,
}
"""The parts of a profile that hold no secret, and are read as they are written."""


def section_resource(name: str, model: type[BaseModel]) -> type[SectionResource]:
    """The resource of one section, with its own model in the description."""

    class Section(SectionResource):
        section: ClassVar = name

        @spec.validate(resp=answers(model), tags=["profile"], operation_id=f"get_{name}")
        async def on_get(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            """Read this section; its ETag is what an edit begins with."""
            self.give(request, response)

        @spec.validate(
            json=model,
            resp=answers(model, edits=True),
            tags=["profile"],
            operation_id=f"put_{name}",
        )
        async def on_put(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            """Put this section in place of the stored one; in force on the next webhook."""
            await self.replace(request, response, slug)

    return Section


@dataclass(frozen=True, slots=True)
class SectionResource:
    """What every section does alike."""

    editor: Editor
    section: ClassVar[str]
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "PUT": Need.EDIT}

    def give(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Answer with the section as it is stored, and its tag."""
        profile = stored_of(request).profile
        give_tag(response, self.editor.tag(profile, [self.section]))
        response.media = getattr(profile, self.section).model_dump(mode="json")

    async def replace(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Save the section that was sent, and answer with it."""
        sent: Any = request.context.json.model_dump()
        saved = await self.editor.edit(
            slug,
            {self.section: sent},
            expected=expected_tag(request),
            by=visitor_of(request).by,
            whole=True,
        )
        request.context.stored = saved
        self.give(request, response)
