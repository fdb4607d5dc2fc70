"""``/api/v1/companies/{slug}/export`` and ``/import``: a company as a whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import falcon
import falcon.asgi
import orjson
from pydantic import RootModel

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.etags import expected_tag, give_tag
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies.files import as_data, as_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.etags import Tags
    from clientsvia.admin.transfer import Transfer

MEDIA_YAML = "application/yaml"
MOST_BYTES = 16_000_000


class ExportQuery(ApiModel):
    """As JSON, or as a YAML file for ``clientsvia company import``."""

    format: Literal["json", "yaml"] = "json"


class WholeProfile(RootModel[dict[str, Any]]):
    """A profile as docs/companies.md describes it, without secrets and what is only a default."""


class ImportQuery(ApiModel):
    """Whether it is only told what would change."""

    preview: bool = False


class ImportedChange(ApiModel):
    """One field that differs; of secrets only that they do."""

    field: str
    before: Any
    after: Any


class Imported(ApiModel):
    """What an import changed, or would."""

    company: str
    outcome: Literal["created", "changed", "unchanged"]
    saved: bool
    changes: list[ImportedChange]


@dataclass(frozen=True, slots=True)
class ExportResource:
    """The export."""

    tags: Tags
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(
        query=ExportQuery,
        resp=answers(WholeProfile),
        tags=["companies"],
        operation_id="export_company",
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read the whole profile without secrets: imported again, it changes nothing."""
        profile = stored_of(request).profile
        give_tag(response, self.tags.tag_of(profile))
        if request.context.query.format == "yaml":
            response.content_type = MEDIA_YAML
            response.text = as_yaml(profile)
        else:
            response.content_type = falcon.MEDIA_JSON
            response.data = orjson.dumps(as_data(profile))


@dataclass(frozen=True, slots=True)
class ImportResource:
    """The import; ``most_bytes`` as of a file."""

    transfer: Transfer
    tags: Tags
    most_bytes: ClassVar = MOST_BYTES
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.MANAGE}

    @spec.validate(
        query=ImportQuery,
        resp=answers(Imported, edits=True),
        tags=["companies"],
        operation_id="import_company",
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Put a whole profile in place of the stored one, sent as JSON or as application/yaml.

        Secrets that are not sent stay. With `preview=true` nothing is changed.
        """
        preview = request.context.query.preview
        expected = "*" if preview else expected_tag(request)
        stored = stored_of(request)
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        suffix = ".json" if kind == falcon.MEDIA_JSON else ".yaml"
        content = await request.stream.read()
        planned = await self.transfer.plan(stored.profile, content, suffix)
        if not preview:
            stored = await self.transfer.save(planned, expected=expected, by=visitor_of(request).by)
        give_tag(response, self.tags.tag_of(stored.profile))
        response.media = {
            "company": slug,
            "outcome": planned.outcome,
            "saved": not preview,
            "changes": [asdict(change) for change in planned.changes],
        }
