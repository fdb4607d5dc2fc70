"""Which hosts an address in a profile may name: those of the public Internet alone."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_INNER_NAMES = (".local", ".localhost", ".internal", ".localdomain", ".home.arpa", ".intranet")
# The parsers of some libraries read 2130706433, 0x7f.1 and 0177.0.0.1 as 127.0.0.1.
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)")
_LABELS = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
# Python counts these as global. The second answers Azure's machines about themselves.
_NOT_PUBLIC_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))
_UNICAST_6 = IPv6Network("2000::/3")
_TUNNELS_6 = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # another address lies within


def is_public_address(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether an IP address is one of the public Internet's, and of one machine.

    False for this machine, private, shared and link-local networks, cloud metadata, multicast,
    and for addresses that hide another within; raises ValueError for what is no address.
    """
    found = ip_address(address)
    if not found.is_global or found.is_multicast:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    return found in _UNICAST_6 and not any(found in network for network in _TUNNELS_6)


def is_public_host(host: str) -> bool:
    """Whether a host's name or IP address may be one of the public Internet's.

    What a name leads to is known when it is resolved, and must be judged again there.
    """
    try:
        return is_public_address(host)
    except ValueError:
        name = host.lower().removesuffix(".")
        return (
            _LABELS.fullmatch(name) is not None
            and not name.endswith(_INNER_NAMES)
            and _NUMERIC.fullmatch(name) is None
        )
