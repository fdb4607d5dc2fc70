"""Routes of the JSON API that read and edit a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.section_models import SECTIONS
from clientsvia.admin.api.sections import section_resource
from clientsvia.admin_app.routes import API

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    for name, section in SECTIONS.items():
        routes.add(f"{API}/profile/{name}", section_resource(section)(routes.editor))
