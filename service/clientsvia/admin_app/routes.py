"""Adding resources to the application for people, and what they are built of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import falcon.asgi

from clientsvia.errors import ConfigurationError

if TYPE_CHECKING:
    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

App = falcon.asgi.App[Any, Any]

COMPANY = "/companies/{slug}"
API = "/api/v1/companies/{slug}"


@dataclass(frozen=True, slots=True)
class Routes:
    """An application, and what its resources are built of; ``heads`` begin its paths."""

    app: App
    pages: Pages
    editor: Editor
    settings: Settings
    services: Services
    heads: set[str] = field(default_factory=set)

    def add(self, template: str, resource: Any) -> None:  # noqa: ANN401 - falcon's
        """Add a resource; raises ConfigurationError when it does not say what a method needs."""
        methods = {name[3:].upper() for name in dir(resource) if name.startswith("on_")}
        if unsaid := methods - resource.needs.keys():
            named = ", ".join(sorted(unsaid))
            raise ConfigurationError(f"{template} says not what {named} asks: write it in needs")
        self.heads.add(template.split("/")[1])
        self.app.add_route(template, resource)
