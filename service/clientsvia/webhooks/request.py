"""Falcon's request with what webhooks need of it on the caller's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import falcon.asgi

if TYPE_CHECKING:
    from collections.abc import Mapping


class WebhookRequest(falcon.asgi.Request):
    """A request whose headers and whose body's first part can be had as they came."""

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
