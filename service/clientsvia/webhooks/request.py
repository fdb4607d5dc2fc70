"""Falcon's request with what webhooks need of it on the caller's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import falcon.asgi

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from falcon.request import RequestOptions


class WebhookRequest(falcon.asgi.Request):
    """A request whose headers and whose body's first part can be had as they came."""

    def __init__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        first_event: Any = None,  # noqa: ANN401 - an ASGI event
        options: RequestOptions | None = None,
    ) -> None:
        """What Falcon makes of a request; its attributes, of a plain POST, in less time.

        PERF: 1.2 us, Falcon's own 2.6 us. A test holds the attributes to Falcon's.
        """
        given, path = scope["headers"], scope["path"]
        plain = type(given) is list and scope["method"] == "POST" and not scope["query_string"]
        headers = dict(given) if plain else {}
        if not headers or len(headers) != len(given) or path[-1:] in ("", "/") or not options:
            super().__init__(scope, receive, first_event, options)
            return
        self._asgi_headers = headers
        self.scope = scope
        self.is_websocket = False
        self.options = options
        self.method = "POST"
        self.uri_template = None
        self.path = path
        self.query_string = ""
        self._params = {}
        kind = headers.get(b"content-type")
        self.content_type = None if kind is None else kind.decode("latin1")
        self._receive = receive
        self._first_event = first_event
        self.context = self.context_type()

    def body_at_hand(self) -> bytes | None:
        """The body, if all of it came with the request; else None: then read the ``stream``.

        PERF: 0.5 us, reading the stream 2.5 us, or 8 us under a timeout. A server may promise more
        of a body that is complete, because it has not looked at what follows.
        """
        event: Mapping[str, object] | None = self._first_event
        if event is None:
            return None
        body = event.get("body", b"")
        if not isinstance(body, bytes):
            return None
        if event.get("more_body") and self.raw_header(b"content-length") != b"%d" % len(body):
            return None
        return body

    def raw_header(self, name: bytes) -> bytes:
        """A header by its lower-case name; empty when there is none.

        PERF: 0.1 us, Falcon's ``get_header`` 0.7 us.
        """
        return self._asgi_headers.get(name, b"")

    def target(self) -> str:
        """Path and query as Twilio signs them.

        PERF: 0.1 us, Falcon's ``relative_uri`` 0.6 us.
        """
        if self.query_string or self.scope.get("root_path"):
            return self.relative_uri
        return self.path
