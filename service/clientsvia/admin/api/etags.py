"""``ETag`` and ``If-Match``: an edit says what it began with, and never overwrites another's."""

from __future__ import annotations

import falcon
import falcon.asgi

_HOW = "send If-Match with the ETag of what you changed, or If-Match: * to put yours in its place"


def give_tag(response: falcon.asgi.Response, tag: str) -> None:
    """Answer with a tag."""
    response.set_header("ETag", f'"{tag}"')


def expected_tag(request: falcon.asgi.Request) -> str:
    """The tag an edit begins with, or ``*``; raises 428 without one."""
    given = (request.get_header("If-Match") or "").strip()
    if not given:
        raise falcon.HTTPPreconditionRequired(description=_HOW)
    return given if given == "*" else given.removeprefix("W/").strip('"')
