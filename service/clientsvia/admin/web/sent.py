"""What a browser sent with a form, read once and bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

MOST_BYTES = 1_000_000
"""How large a body may be where its resource does not say ``most_bytes``."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form; without a name, none was chosen."""

    name: str
    content: bytes


Sent = str | list[str] | SentFile


def refuse_large(request: falcon.asgi.Request, most: int) -> None:
    """Raise 413 for a body over ``most`` bytes, 411 for one that does not say how large it is."""
    if request.get_header("Transfer-Encoding") and request.content_length is None:
        raise falcon.HTTPLengthRequired(description="send a Content-Length with the body")
    if (request.content_length or 0) > most:
        raise falcon.HTTPContentTooLarge(
            description=f"it is larger than {most / 1_000_000:g} MB: send less at once"
        )


async def sent_form(request: falcon.asgi.Request) -> Mapping[str, Sent]:
    """The fields of a form, however it was encoded; empty for any other body."""
    kept: Mapping[str, Sent] | None = getattr(request.context, "sent", None)
    if kept is None:
        kept = request.context.sent = await _read(request)
    return kept


def text_of(form: Mapping[str, Sent], name: str) -> str:
    """A field's text without spaces around it; the last one where it came more than once."""
    value = form.get(name, "")
    if isinstance(value, list):
        value = value[-1]
    return value.strip() if isinstance(value, str) else ""


async def _read(request: falcon.asgi.Request) -> Mapping[str, Sent]:
    kind = (request.content_type or "").partition(";")[0].strip().lower()
    if kind == falcon.MEDIA_URLENCODED:
        form: Mapping[str, Sent] = await request.get_media(default_when_empty={})
        return form
    if kind != falcon.MEDIA_MULTIPART:
        return {}
    parts: dict[str, Sent] = {}
    async for name, value in _parts(request):
        earlier = parts.get(name)
        if isinstance(value, SentFile) or earlier is None or isinstance(earlier, SentFile):
            parts[name] = value
        else:
            parts[name] = [*([earlier] if isinstance(earlier, str) else earlier), value]
    return parts


async def _parts(request: falcon.asgi.Request) -> AsyncIterator[tuple[str, str | SentFile]]:
    async for part in await request.get_media():
        if part.filename is not None:
            yield str(part.name), SentFile(part.filename, await part.get_data())
        else:
            yield str(part.name), await part.get_text()
