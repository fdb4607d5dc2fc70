"""Every route of an application, from its own router."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.admin_app import create_admin_app
from clientsvia.settings import load_settings
from clientsvia.wiring import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def routes_of(app: Any) -> Mapping[str, Any]:
    """The resources by their templates, such as ``/companies/{slug}/agent``."""
    found: dict[str, Any] = {}

    def collect(nodes: Sequence[Any], prefix: str) -> None:
        for node in nodes:
            path = f"{prefix}/{node.raw_segment}"
            if node.resource is not None:
                found[path] = node.resource
            collect(node.children, path)

    collect(app._router._roots, "")  # noqa: SLF001 - falcon has no public list of routes
    return found


def peoples_routes() -> Mapping[str, Any]:
    """Those of the application for people."""
    settings = load_settings(demo=True, store="memory:")
    app, _ = create_admin_app(settings, build(settings, [b"k" * 32]))
    return routes_of(app)
