"""JSON bodies that are judged by rules of their own, and not by a model of the description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    import falcon.asgi


async def sent_object(request: falcon.asgi.Request) -> dict[str, Any]:
    """The JSON object that was sent; raises InvalidProfile for anything else."""
    data: Any = await request.get_media(default_when_empty=None)
    if not isinstance(data, dict):
        raise refuse([Problem("", "", "the body must be a JSON object: send {…}")])
    return data
