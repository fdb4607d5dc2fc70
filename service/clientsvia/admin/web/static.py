"""``GET /static/VERSION/NAME``: the style and the scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.rendering import TYPES

if TYPE_CHECKING:
    from clientsvia.admin.web.rendering import Assets


@dataclass(frozen=True, slots=True)
class Static:
    """Files that never change under their address."""

    assets: Assets
    needs: ClassVar = {"GET": Need.NOTHING}

    async def on_get(
        self,
        _request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        version: str,
        name: str,
    ) -> None:
        """The file; one of an older version is gone."""
        content = self.assets.files.get(name)
        if content is None or version != self.assets.version:
            raise falcon.HTTPNotFound(description="this file is of another version: load the page")
        response.content_type = TYPES[PurePath(name).suffix]
        response.data = content
        response.set_header("Cache-Control", "public, max-age=31536000, immutable")
        response.set_header("X-Content-Type-Options", "nosniff")
