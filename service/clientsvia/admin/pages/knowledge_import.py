"""Taking in knowledge from a file or a pasted text, in two steps: see it, then do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.knowledge_import import planned
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import MOST_BYTES, SentFile, sent_form, text_of
from clientsvia.companies.knowledge_files import Kind
from clientsvia.companies.problems import Problem, refuse
from clientsvia.errors import ChangedMeanwhile, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.knowledge_import import Intake, KnowledgeImport
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

SHOWN = 50
KINDS = (
    ("", "Tell by how it looks"),
    (Kind.CSV, "A table (CSV)"),
    (Kind.YAML, "YAML or JSON"),
    (Kind.MARKDOWN, "Markdown"),
    (Kind.TEXT, "Plain text"),
)


@dataclass(frozen=True, slots=True)
class KnowledgeImportPage:
    """``/companies/{slug}/knowledge/import``."""

    pages: Pages
    intake: KnowledgeImport
    needs: ClassVar = {"GET": Need.EDIT, "POST": Need.EDIT}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """A file, or a box to paste into."""
        self._show(request, response, dict.fromkeys(("text", "kind", "mode"), ""))

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Show what it would change, or do it where that was seen."""
        sent = await sent_form(request)
        fields = {name: text_of(sent, name) for name in ("text", "kind", "mode")}
        replace = fields["mode"] == "replace"
        kind = Kind(fields["kind"]) if fields["kind"] in set(Kind) else None
        profile, text = stored_of(request).profile, fields["text"]
        try:
            if "_import" not in sent:
                name, text = _text(sent)
                plan = planned(profile, text, name=name, kind=kind, replace=replace)
                fields |= {"text": text, "kind": plan.kind}
                self._show(request, response, fields, plan=plan)
                return
            by, tag = visitor_of(request).by, text_of(sent, "tag")
            await self.intake.take_in(slug, text, kind=kind, replace=replace, expected=tag, by=by)
        except InvalidProfile as refused:
            response.status = falcon.HTTP_422
            errors = [("text", f"{one.field} {one.text}") for one in refused.problems]
            self._show(request, response, fields, errors=errors)
        except ChangedMeanwhile as changed:
            response.status = falcon.HTTP_409
            plan = planned(profile, text, kind=kind, replace=replace)
            self._show(request, response, fields, plan=plan, errors=[("text", str(changed))])
        else:
            raise falcon.HTTPSeeOther(f"/companies/{slug}/knowledge?said=saved")

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        fields: Mapping[str, str],
        *,
        plan: Intake | None = None,
        errors: object = (),
    ) -> None:
        self.pages.show(
            request,
            response,
            "knowledge_import.html",
            fields=fields,
            kinds=KINDS,
            plan=plan,
            errors=errors,
            shown=SHOWN,
            most=MOST_BYTES,
            tag=self.intake.tag(stored_of(request).profile),
        )


def _text(sent: Mapping[str, Sent]) -> tuple[str, str]:
    """The file's name and text where one was chosen, else what was pasted."""
    file = sent.get("file")
    if not isinstance(file, SentFile) or not file.content:
        return "", text_of(sent, "text")
    try:
        return file.name, file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "is not text in UTF-8: save it as such, or paste it"
        raise refuse([Problem("", "The file", text)]) from None
