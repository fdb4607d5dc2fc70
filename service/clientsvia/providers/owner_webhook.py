"""Notices as webhooks: signed JSON, posted to the address a company names."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

from clientsvia.errors import ProviderFailed, ProviderTimeout, ProviderUnreachable, Undeliverable
from clientsvia.notices.wording import payload
from clientsvia.providers.public_address import system_resolve

if TYPE_CHECKING:
    import ssl

    import httpx2

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.signing import WebhookSecrets
    from clientsvia.providers.public_address import Resolve

CONNECT_S = 5.0
ANSWER_S = 15.0
_SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")
_REDIRECTS = range(300, 400)
_GONE = 410
_ANSWERED = range(200, 300)
_FIELD = "notify.webhook"
_ELSEWHERE = f"let {_FIELD} name an https address of the public Internet"


class WebhookCarrier:
    """Posts with a client of its own, which is made when the first webhook is sent."""

    def __init__(
        self,
        secrets: WebhookSecrets,
        clock: Clock,
        resolve: Resolve = system_resolve,
        tls: ssl.SSLContext | None = None,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._secrets = secrets
        self._clock = clock
        self._resolve = resolve
        self._tls = tls
        self._answer_s = answer_s
        self._client: httpx2.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def carry(self, delivery: Delivery, company: Company | None) -> str:
        """Post it, and return the status it was answered with."""
        slug = company.slug if company else ""
        body = orjson.dumps(payload(delivery.notice))
        timestamp = int(self._clock.now().timestamp())
        headers = self._secrets.headers(slug, delivery.id, timestamp, body)
        status = await self._post(delivery.address, body, headers)
        if status in _ANSWERED:
            return f"HTTP {status}"
        raise _refusal(status)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        client = await self._get()
        import httpx2  # noqa: PLC0415 - it is there by now

        sent = headers | {"content-type": "application/json", "user-agent": "ClientsVia"}
        try:
            # The answer's body is of no use: it is not read, however long it is.
            async with client.stream("POST", url, content=body, headers=sent) as response:
                return response.status_code
        except httpx2.TimeoutException:
            found = f"{_FIELD} does not answer within {self._answer_s:.0f} s"
            raise ProviderTimeout(found, "let it answer first and do its work later") from None
        except (httpx2.TransportError, OSError) as error:
            found = f"{_FIELD} cannot be reached ({type(error).__name__})"
            remedy = "see that it is running, and that its certificate is valid"
            raise ProviderUnreachable(found, remedy) from None
        except httpx2.InvalidURL:
            raise Undeliverable(f"{_FIELD} is no address", _ELSEWHERE) from None

    async def _get(self) -> httpx2.AsyncClient:
        async with self._making:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make)
        return self._client

    def _make(self) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - PERF: for those whose owner has a webhook

        from clientsvia.providers.guarded_transport import (  # noqa: PLC0415 - it imports that
            GuardedTransport,
        )

        tls = self._tls or httpx2.create_ssl_context()
        inner = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False)
        guarded = GuardedTransport(inner, self._resolve, _FIELD, _SIGNED)
        timeout = httpx2.Timeout(self._answer_s, connect=CONNECT_S)
        return httpx2.AsyncClient(
            transport=guarded, trust_env=False, timeout=timeout, follow_redirects=False
        )


def _refusal(status: int) -> ProviderFailed:
    found = f"{_FIELD} answers HTTP {status}"
    if status == _GONE:
        return Undeliverable(found, f"it is gone for good: set {_FIELD} to its new address")
    if status in _REDIRECTS:
        return ProviderFailed(found, f"redirects are not followed: set {_FIELD} to where it leads")
    return ProviderFailed(found, "it is tried again; see the log of what answers there")
