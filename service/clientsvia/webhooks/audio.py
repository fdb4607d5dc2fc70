"""``GET /audio/NAME``: the clips that answers name, for Twilio to fetch and keep."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.calls.clips import is_clip_name

if TYPE_CHECKING:
    from clientsvia.calls.ports import Clips

FOR_EVER = "public, max-age=31536000, immutable"
GONE = (
    "no clip has this name: clips that were not used for long are let go, and made again when "
    "their sentence is next spoken. The TwiML of an answer names those there are.\n"
)


@dataclass(frozen=True, slots=True)
class Audio:
    """Serves clips: who has no name of one gets none, and no list of them either."""

    clips: Clips

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, name: str
    ) -> None:
        """A clip's whole sound, or 304 where it is known already; HEAD gets the headers alone."""
        sound = await self.clips.get(name) if is_clip_name(name) else None
        if sound is None:
            response.status = falcon.HTTP_404
            response.content_type = falcon.MEDIA_TEXT
            response.cache_control = ["no-store"]
            response.text = GONE
            return
        response.etag = etag = hashlib.blake2b(sound, digest_size=16).hexdigest()
        response.set_header("Cache-Control", FOR_EVER)
        if not {"*", etag}.isdisjoint(request.if_none_match or ()):
            response.status = falcon.HTTP_304
            return
        response.content_type = content_type(sound)
        response.data = sound

    on_head = on_get


def content_type(sound: bytes) -> str:
    """What Twilio is told a sound is, by its first bytes: MP3, WAV, or else bare mu-law."""
    if sound.startswith(b"RIFF"):
        return "audio/wav"
    mpeg = sound.startswith(b"ID3") or (sound[:1] == b"\xff" and sound[1:2] >= b"\xe0")
    return "audio/mpeg" if mpeg else "audio/basic"
