"""Addresses a company names itself: of the public Internet alone, whatever its names resolve to."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientsvia.companies.public_hosts import is_public_address
from clientsvia.errors import ProviderUnreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
    """The addresses of a host, for a port; raises OSError when it has none."""

HTTPS_PORT = 443
_FIELD = "ai.base_url"


def https_host(url: str, field: str = _FIELD) -> tuple[str, int]:
    """Host and port of an https address; raises ProviderUnreachable for any other.

    ``field`` is where in a profile it stands.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
    except ValueError:
        host, port = "", 0
        parts = urlsplit("")
    if parts.scheme != "https" or not host or parts.username is not None:
        raise ProviderUnreachable(f"{field} is no https address", _remedy(field))
    return host, port


async def public_addresses(
    host: str, port: int, resolve: Resolve, field: str = _FIELD
) -> Sequence[str]:
    """What ``host`` resolves to, in order; raises ProviderUnreachable unless all are public.

    The connection is to be made to one of these, for the next answer may be another.
    """
    try:
        addresses = await resolve(host, port)
    except (OSError, UnicodeError):
        addresses = []
    if not addresses:
        raise ProviderUnreachable(f"nobody knows the name {host}", _remedy(field))
    if not all(is_public(address) for address in addresses):
        raise ProviderUnreachable(f"{host} is this machine or a private network's", _remedy(field))
    return addresses


def _remedy(field: str) -> str:
    return f"let {field} name a server of the public Internet, by https"


def is_public(address: str) -> bool:
    """Whether a resolved address is one of the public Internet's; anything else is not."""
    try:
        return is_public_address(address.partition("%")[0])
    except ValueError:
        return False


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses the machine's resolver gives."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
