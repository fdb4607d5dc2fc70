"""Middleware that asks of every page and route who opens it, and whether they may."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

import falcon
import falcon.asgi
import structlog

from clientsvia.admin.access.visitor import Need, Visitor
from clientsvia.admin.web.rate_limit import RateLimit
from clientsvia.admin.web.sent import MOST_BYTES, refuse_large, sent_form, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.companies.ports import Companies, StoredProfile

API = "/api/"
SIGN_IN = "/sign-in"
FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - the name of a header
BEARER = "Bearer "
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

NOT_FOUND = "there is nothing here, or it is not yours to see: go back, or sign in as somebody else"
NOT_YOURS = "your role does not allow this: ask an owner of the company"
FOREIGN_FORM = "this form came from another page: open it here again, and send it once more"

log = structlog.get_logger(__name__)


class Recognises(Protocol):
    """Tells who a visitor is, by a session's token or by an API token."""

    async def visitor(self, token: str, /) -> Visitor | None:
        """Whose it is; None when it is over, or none of ours."""


def visitor_of(request: falcon.asgi.Request) -> Visitor:
    """Who asks; only where the resource's need is above NOTHING."""
    visitor: Visitor = request.context.visitor
    return visitor


def stored_of(request: falcon.asgi.Request) -> StoredProfile:
    """The company in the path, as it is stored at this moment."""
    stored: StoredProfile = request.context.stored
    return stored


def is_api(request: falcon.asgi.Request) -> bool:
    """Whether a program asks, which is answered in JSON."""
    return bool(request.path.startswith(API))


def cookie_name(origin: str) -> str:
    """Of the session's cookie: ``__Host-`` binds it to this host and to HTTPS."""
    return "__Host-session" if origin.startswith("https://") else "session"


@dataclass(frozen=True, slots=True)
class Guard:
    """Falcon's middleware; every resource says in ``needs`` what each method asks, by name."""

    sessions: Recognises
    tokens: Recognises
    companies: Companies
    origin: str
    limit: RateLimit = field(default_factory=RateLimit)

    async def process_resource(
        self,
        request: falcon.asgi.Request,
        _response: falcon.asgi.Response,
        resource: Any,  # noqa: ANN401 - falcon's
        params: Mapping[str, Any],
    ) -> None:
        """Go on, or raise the HTTP error that says why not."""
        refuse_large(request, getattr(resource, "most_bytes", MOST_BYTES))
        need = needed(resource, request.method)
        visitor = request.context.visitor = await self._visitor(request)
        request.context.stored = None
        if need > Need.NOTHING:
            if visitor is None:
                raise self._stranger(request)
            if not visitor.session:
                self.limit.take(f"{visitor.user_id} {visitor.name}")
            slug = str(params.get("slug", ""))
            if slug:
                await self._enter(request, visitor, slug)
            if not visitor.may(need, slug) or _beyond(visitor, need, request.method):
                raise falcon.HTTPForbidden(description=NOT_YOURS)
        if request.method not in SAFE:
            await self._own_form(request, visitor)

    async def _enter(self, request: falcon.asgi.Request, visitor: Visitor, slug: str) -> None:
        """A foreign company is as good as none: nobody learns which there are."""
        stored = await self.companies.get(slug) if visitor.sees(slug) else None
        if stored is None:
            raise falcon.HTTPNotFound(description=NOT_FOUND)
        request.context.stored = stored

    async def _visitor(self, request: falcon.asgi.Request) -> Visitor | None:
        given = request.get_header("Authorization") or ""
        if given.startswith(BEARER):
            return await self.tokens.visitor(given.removeprefix(BEARER).strip())
        token = request.cookies.get(cookie_name(self.origin), "")
        return await self.sessions.visitor(token) if token else None

    def _stranger(self, request: falcon.asgi.Request) -> falcon.HTTPError | falcon.HTTPSeeOther:
        if is_api(request):
            return falcon.HTTPUnauthorized(
                description="send an API token as 'Authorization: Bearer cv_…', made under Account",
                headers={"WWW-Authenticate": "Bearer"},
            )
        wanted = request.relative_uri if request.method in SAFE else "/"
        return falcon.HTTPSeeOther(f"{SIGN_IN}?next={quote(wanted, safe='')}")

    async def _own_form(self, request: falcon.asgi.Request, visitor: Visitor | None) -> None:
        """A cookie goes along with whatever page made the browser send it; a token does not."""
        if visitor is not None and not visitor.session:
            return
        origin = request.get_header("Origin") or ""
        if urlsplit(origin).netloc != request.get_header("Host"):
            log.warning("a form of another page was refused", path=request.path)
            raise falcon.HTTPForbidden(description=FOREIGN_FORM)
        if visitor is None:
            return
        given = request.get_header(TOKEN_HEADER) or text_of(await sent_form(request), FORM_TOKEN)
        if not hmac.compare_digest(given.encode(), visitor.form_token.encode()):
            raise falcon.HTTPForbidden(description=FOREIGN_FORM)


def _beyond(visitor: Visitor, need: Need, method: str) -> bool:
    """Whether a token that was made for less would change its user's account.

    It could make another token that may do more, or choose a password.
    """
    bounded = visitor.at_most < Need.MANAGE or visitor.only is not None
    return bounded and need <= Need.ACCOUNT and method not in SAFE


def needed(resource: Any, method: str) -> Need:  # noqa: ANN401 - falcon's
    """What a resource asks for a method; HEAD is as good as GET, and what is not there is a 405."""
    needs: Mapping[str, Need] = resource.needs
    return needs.get("GET" if method == "HEAD" else method, Need.NOTHING)
