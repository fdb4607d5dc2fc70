"""The sound of a recording, for a page's player and for programs alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.guard import stored_of, visitor_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.admin.recordings import Listening


@dataclass(frozen=True, slots=True)
class Recording:
    """``…/calls/{sid}/recordings/{recording}``: Twilio's bytes as they come, or a range of them."""

    listening: Listening
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        sid: str,
        recording: str,
    ) -> None:
        """Stream it; nothing of it stays here."""
        await self.play(request, response, sid, recording)

    async def play(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        sid: str,
        recording: str,
    ) -> None:
        """Answer with the sound of a call's recording."""
        sound = await self.listening.open(
            stored_of(request).profile,
            sid,
            recording,
            by=visitor_of(request).by,
            byte_range=request.get_header("Range") or "",
        )
        response.content_type = sound.content_type
        response.set_header("Accept-Ranges", "bytes")
        response.set_header("Cache-Control", "private, no-store")
        response.set_header("X-Content-Type-Options", "nosniff")
        response.set_header("Content-Disposition", f'inline; filename="{recording}.mp3"')
        if sound.content_range:
            response.status = falcon.HTTP_206
            response.set_header("Content-Range", sound.content_range)
        if sound.length is not None:
            response.content_length = sound.length
        response.stream = cast(
            "AsyncIterator[bytes]", sound
        )  # falcon closes it, also when whoever listens hangs up
