"""HTTP to addresses that companies name; import it late, for it brings an HTTP client."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import httpx2

from clientsvia.providers.public_address import https_host, public_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clientsvia.providers.public_address import Resolve

RESOLVED_SECONDS = 60.0
_PASSED = frozenset(
    "host authorization accept accept-encoding connection content-type content-length "
    "transfer-encoding user-agent".split()
)


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Resolves a host, refuses what is not public, and connects to the very address it checked.

    Headers beyond those the API needs, and those ``passed``, stay here: the environment may add
    some of the operator's. ``field`` is where in a profile the address stands.
    Nothing is followed from here: redirects are the client's, which must not follow them.
    """

    def __init__(
        self,
        inner: httpx2.AsyncBaseTransport,
        resolve: Resolve,
        field: str = "ai.base_url",
        passed: Iterable[str] = (),
    ) -> None:
        self._inner = inner
        self._resolve = resolve
        self._field = field
        self._passed = _PASSED.union(passed)
        self._known: dict[tuple[str, int], tuple[float, Sequence[str]]] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it to the first of the host's addresses that takes a connection."""
        host, port = https_host(str(request.url), self._field)
        addresses = await self._addresses(host, port)
        try:
            for address in addresses[:-1]:
                try:
                    return await self._inner.handle_async_request(self._to(request, address, host))
                except (httpx2.ConnectError, httpx2.ConnectTimeout):
                    continue
            return await self._inner.handle_async_request(self._to(request, addresses[-1], host))
        except httpx2.TransportError:
            self._known.pop((host, port), None)
            raise

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        until, addresses = self._known.get((host, port), (0.0, ()))
        if monotonic() >= until:
            addresses = await public_addresses(host, port, self._resolve, self._field)
            self._known = {(host, port): (monotonic() + RESOLVED_SECONDS, addresses)}
        return addresses

    def _to(self, request: httpx2.Request, address: str, host: str) -> httpx2.Request:
        """The same to ``address``, for the certificate and the virtual host of ``host``."""
        return httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=[
                (name, value)
                for name, value in request.headers.raw
                if name.decode("ascii").lower() in self._passed
            ],
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
