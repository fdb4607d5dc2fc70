"""Pages: templates, what all of them show, and the headers that go with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

import falcon
import falcon.asgi
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from clientsvia.admin.web.showing import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "clientsvia.admin"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # what is shown belongs to one company
}
TYPES = {".css": "text/css; charset=utf-8", ".js": falcon.MEDIA_JS, ".svg": "image/svg+xml"}


def _static_files() -> dict[str, bytes]:
    folder = resources.files(PACKAGE) / "static"
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@dataclass(frozen=True)
class Assets:
    """The style and the scripts, in memory; an address changes with its content."""

    files: Mapping[str, bytes] = field(default_factory=_static_files)

    @cached_property
    def version(self) -> str:
        """A word for all of them together: scripts import each other."""
        every = b"".join(name.encode() + content for name, content in sorted(self.files.items()))
        return hashlib.sha256(every).hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a page finds a file; raises KeyError when there is none."""
        self.files[name]
        return f"/static/{self.version}/{name}"


class Pages:
    """Draws templates; ``demo`` is told on every page."""

    def __init__(self, assets: Assets, *, demo: bool = False) -> None:
        self._environment = Environment(
            loader=PackageLoader(PACKAGE),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(FILTERS)
        self._environment.globals.update(asset=assets.address, demo=demo)

    def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        template: str,
        **values: Any,  # noqa: ANN401 - whatever the template shows
    ) -> None:
        """Answer with a page; it sees the visitor, the company in the path, and ``values``."""
        context = request.context
        about = {
            "visitor": getattr(context, "visitor", None),
            "stored": getattr(context, "stored", None),
            "path": request.path,
            "said": request.get_param("said", default=""),
        }
        response.content_type = falcon.MEDIA_HTML
        response.text = self._environment.get_template(template).render(about | values)
        for name, value in HEADERS.items():
            response.set_header(name, value)
