"""Whatever fails, the caller is served: errors as TwiML, with the remedy in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import falcon
import falcon.asgi
import structlog

from clientsvia.calls.events import Failed
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Decision
from clientsvia.errors import InvalidForm, RequestRefused
from clientsvia.webhooks.exchange import APOLOGY, send

if TYPE_CHECKING:
    from clientsvia.calls.ports import Clock, Transport
    from clientsvia.webhooks.inbound import Inbound
    from clientsvia.webhooks.switchboard import Line

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The error handlers of the application."""

    origin: str
    transport: Transport
    clock: Clock

    def install(self, app: falcon.asgi.App[Any, Any]) -> None:
        """Handle every error of ``app``."""
        app.add_error_handler(Exception, self.broken)
        app.add_error_handler(falcon.HTTPError, self.http)
        app.add_error_handler(InvalidForm, self.invalid)
        app.add_error_handler(RequestRefused, self.refused)

    async def invalid(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: InvalidForm,
        _params: dict[str, object],
    ) -> None:
        """A body that is no form, too large or too slow."""
        log.warning("an unusable request", path=request.path, reason=str(error))
        response.status = error.status
        send(response, APOLOGY)

    async def refused(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: RequestRefused,
        _params: dict[str, object],
    ) -> None:
        """A request that is not from who it says: nothing is done for it."""
        inbound: Inbound | None = getattr(request.context, "inbound", None)
        log.warning(
            "a request was refused",
            path=request.path,
            reason=error.reason,
            call=inbound.call_sid if inbound else "",
            account=inbound.account_sid if inbound else "",
            called=inbound.called if inbound else "",
        )
        response.status = falcon.HTTP_403
        send(response, APOLOGY)

    async def http(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: falcon.HTTPError,
        _params: dict[str, object],
    ) -> None:
        """A path or method that does not exist, with what to use instead."""
        response.status = error.status
        for name, value in dict(error.headers or {}).items():
            response.set_header(name, value)
        response.content_type = falcon.MEDIA_TEXT
        remedy = self._remedy(request, error)
        response.text = f"{remedy}\n"
        log.warning(
            "a request that is none", path=request.path, method=request.method, remedy=remedy
        )

    async def broken(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        error: Exception,
        _params: dict[str, object],
    ) -> None:
        """Something of ours broke: the caller leaves a message, the log gets the traceback."""
        log.error("a webhook broke", path=request.path, exc_info=error)
        response.status = falcon.HTTP_200
        line: Line | None = getattr(request.context, "line", None)
        send(response, APOLOGY if line is None else self._message(line, error))

    def _message(self, line: Line, error: Exception) -> bytes:
        try:
            event = Failed(type(error).__name__)
            decision = decide(event, line.company, line.call, self.clock.now())
            if isinstance(decision, Decision):
                return self.transport.render(decision.reply, line.company, line.call.sid)
        except Exception:  # the last resort must not break as well
            log.exception("even taking a message broke")
        return APOLOGY

    def _remedy(self, request: falcon.asgi.Request, error: falcon.HTTPError) -> str:
        if isinstance(error, falcon.HTTPMethodNotAllowed):
            allowed = dict(error.headers or {}).get("Allow", "")
            if "POST" not in allowed:
                return f"{request.method} is not for {request.path}: use {allowed}"
            return (
                f"{request.method} is not for {request.path}: set the HTTP method to POST at "
                "Console -> Phone Numbers -> Manage -> Active Numbers -> the number -> "
                f"Voice Configuration, with the URL {self.origin}{request.path}"
            )
        if isinstance(error, falcon.HTTPNotFound):
            return (
                f"nothing is at {request.path}: the webhook URL of a number is "
                f"{self.origin}/api/twilio/voice"
            )
        return f"{error.title}: {error.description or 'see the log of the service'}"
