"""Clients of OpenAI's package, tuned for calls: connections are kept, and nothing is retried."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from clientsvia.providers.clients import Clients, Held
from clientsvia.providers.openai_rehearsal import rehearse
from clientsvia.providers.patience import Patience
from clientsvia.providers.public_address import system_resolve

if TYPE_CHECKING:
    import ssl

    import httpx2
    from openai import AsyncOpenAI

    from clientsvia.providers.accounts import Account
    from clientsvia.providers.public_address import Resolve

CONNECTIONS = 200
_NO_KEY = "none"  # the package wants one; servers without keys do not look at it


def openai_clients(
    patience: Patience | None = None,
    resolve: Resolve = system_resolve,
    tls: ssl.SSLContext | None = None,
) -> Clients[AsyncOpenAI]:
    """Clients for any account; nothing is imported before the first is asked for.

    ``tls`` is what certificates are judged by, the machine's usual authorities if None.
    """
    return Clients(_Maker(patience or Patience(), resolve, tls).make)


class _Maker:
    """Makes clients that share one TLS context, which takes 20 ms and more to load."""

    def __init__(self, patience: Patience, resolve: Resolve, tls: ssl.SSLContext | None) -> None:
        self._patience = patience
        self._resolve = resolve
        self._tls = tls
        self._rehearsed = False

    def make(self, account: Account) -> Held[AsyncOpenAI]:
        """A client of ``account``; blocks, and imports the package the first time."""
        # ElevenLabs' package brings httpx. OpenAI's looks whether it is there at every request, and
        # fails while another thread is half-way through importing it: so it comes whole, and first.
        import httpx  # noqa: F401, PLC0415 - see above
        import httpx2  # noqa: PLC0415 - PERF: 0.5 s and 30 MB, for those who have a key
        from openai import AsyncOpenAI  # noqa: PLC0415 - see above

        for name in ("openai", "httpx2", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)  # below, they tell what callers say
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
        if not self._rehearsed:
            self._rehearsed = rehearse() > 0
        http = self._http(account)
        own = {"Authorization": f"Bearer {account.api_key or _NO_KEY}"}
        client = AsyncOpenAI(
            api_key=account.api_key or _NO_KEY,
            base_url=account.base_url,
            max_retries=0,
            timeout=http.timeout,
            http_client=http,
            default_headers=own,
        )
        if account.key_place != "OPENAI_API_KEY":
            # The environment's are those of the platform's key, and refuse any other.
            client.organization = client.project = None
        return Held(client, partial(_knock, http, account.base_url), client.close)

    def _http(self, account: Account) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - as in make

        patience = self._patience
        limits = httpx2.Limits(
            max_connections=CONNECTIONS,
            max_keepalive_connections=CONNECTIONS,
            keepalive_expiry=patience.kept_s,
        )
        options: dict[str, Any] = {
            "timeout": httpx2.Timeout(patience.request_s, connect=patience.connect_s),
            "follow_redirects": False,
        }
        tls = self._tls or True
        if account.trusted:
            return httpx2.AsyncClient(verify=tls, limits=limits, **options)
        from clientsvia.providers.guarded_transport import (  # noqa: PLC0415 - as in make
            GuardedTransport,
        )

        inner = httpx2.AsyncHTTPTransport(verify=tls, limits=limits, trust_env=False)
        guarded = GuardedTransport(inner, self._resolve)
        return httpx2.AsyncClient(transport=guarded, trust_env=False, **options)


async def _knock(http: httpx2.AsyncClient, base_url: str) -> None:
    """A request without a key, whose answer does not matter: the connection stays."""
    await http.head(base_url)
