"""Whatever fails, people get a page and programs get JSON, each with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import falcon
import falcon.asgi
import structlog

from clientsvia.admin.web.guard import is_api
from clientsvia.errors import (
    ChangedMeanwhile,
    ClientsViaError,
    InvalidInput,
    InvalidProfile,
    ProviderFailed,
    RecordingGone,
    SignInRefused,
    StoreUnavailable,
)

if TYPE_CHECKING:
    from clientsvia.admin.web.rendering import Pages

BROKEN = (
    "something of ours broke: nothing of yours was changed; try again, and tell whoever runs the "
    "service when it stays so"
)
_STATUS: tuple[tuple[type[ClientsViaError], str], ...] = (
    (ChangedMeanwhile, falcon.HTTP_412),
    (InvalidInput, falcon.HTTP_422),
    (RecordingGone, falcon.HTTP_404),
    (ProviderFailed, falcon.HTTP_502),
    (StoreUnavailable, falcon.HTTP_503),
)
_TITLES = {
    403: "Not allowed",
    404: "Not found",
    405: "Not that way",
    412: "Changed meanwhile",
    413: "Too large",
    422: "Something is to be mended",
    429: "Too many at once",
    502: "A provider failed",
    503: "The store does not answer",
}

log = structlog.get_logger(__name__)


class PeoplesTrouble:
    """The error handlers of the application for people."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def install(self, app: falcon.asgi.App[Any, Any]) -> None:
        """Handle every error of ``app``."""
        app.add_error_handler(Exception, self.broken)
        app.add_error_handler(falcon.HTTPError, self.http)
        app.add_error_handler(ClientsViaError, self.ours)

    async def http(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: falcon.HTTPError,
        _params: dict[str, object],
    ) -> None:
        """What the guard and the router refuse."""
        for name, value in dict(error.headers or {}).items():
            response.set_header(name, value)
        self._tell(request, response, error.status, error.description or error.title or "")

    async def ours(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: ClientsViaError,
        _params: dict[str, object],
    ) -> None:
        """What our own rules refuse, in their words."""
        status = next((s for kind, s in _STATUS if isinstance(error, kind)), falcon.HTTP_500)
        if isinstance(error, SignInRefused) and error.retry_after:
            status = falcon.HTTP_429
            response.set_header("Retry-After", str(int(error.retry_after)))
        problems = error.problems if isinstance(error, InvalidProfile) else ()
        told = [{"field": one.field, "message": one.without_value} for one in problems]
        plain = "; ".join(f"{one['field']}: {one['message']}".lstrip(": ") for one in told)
        self._tell(request, response, status, plain or str(error), told)

    async def broken(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: Exception,
        _params: dict[str, object],
    ) -> None:
        """Something of ours broke: the log gets the traceback."""
        log.error("a page broke", path=request.path, exc_info=error)
        self._tell(request, response, falcon.HTTP_500, BROKEN)

    def _tell(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        status: str | int,
        text: str,
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        code = falcon.http_status_to_code(status)
        response.status = falcon.code_to_http_status(code)
        title = _TITLES.get(code) or falcon.code_to_http_status(code)[4:]
        if is_api(request):
            response.text = None
            response.content_type = falcon.MEDIA_JSON
            response.media = {"title": title, "detail": text, "errors": errors or []}
            return
        self._pages.show(request, response, "error.html", title=title, text=text)
