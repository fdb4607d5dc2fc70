"""Sessions in a browser: the cookie that names one, and where it is opened from."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import falcon
import falcon.asgi

from clientsvia.admin.access.own_account import Whence
from clientsvia.admin.access.signing_in import LONGEST
from clientsvia.admin.web.guard import cookie_name, visitor_of

if TYPE_CHECKING:
    from clientsvia.admin.access.visitor import Visitor

BY_SESSION = "sign in for this: an API token does not change the account it was made under"


def signed_in(request: falcon.asgi.Request) -> Visitor:
    """Who asks, in a session of their own; raises 403 for an API token, which could grow by it."""
    visitor = visitor_of(request)
    if not visitor.session:
        raise falcon.HTTPForbidden(description=BY_SESSION)
    return visitor


def whence_of(request: falcon.asgi.Request) -> Whence:
    """The network's address and the browser's own word.

    A proxy on this machine is believed: what it added last is who asked it.
    """
    address = request.remote_addr or ""
    told = (request.get_header("X-Forwarded-For") or "").rpartition(",")[2].strip()
    if told and _is_loopback(address) and _is_address(told):
        address = told
    return Whence(address, request.user_agent or "")


def next_of(wanted: str) -> str:
    """Where to go on: a path of our own that was asked for, else the start."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if own and not parts.netloc and wanted.isprintable() else "/"


def session_token_of(request: falcon.asgi.Request, origin: str) -> str:
    """The session the browser has, or empty."""
    return str(request.cookies.get(cookie_name(origin), ""))


def give_session(response: falcon.asgi.Response, origin: str, token: str) -> None:
    """Have the browser keep a session; scripts do not see it, and other sites do not send it."""
    _set(response, origin, token, int(LONGEST.total_seconds()), None)


def take_session(response: falcon.asgi.Response, origin: str) -> None:
    """Have the browser forget its session."""
    _set(response, origin, "", None, datetime.fromtimestamp(0, UTC))


def _set(
    response: falcon.asgi.Response,
    origin: str,
    token: str,
    seconds: int | None,
    until: datetime | None,
) -> None:
    response.set_cookie(
        cookie_name(origin),
        token,
        expires=until,
        max_age=seconds,
        path="/",
        secure=origin.startswith("https://"),
        http_only=True,
        same_site="Lax",  # a link in a mail leads to the page itself
    )


def _is_loopback(text: str) -> bool:
    return _is_address(text) and ip_address(text).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
