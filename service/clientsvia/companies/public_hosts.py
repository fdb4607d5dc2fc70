"""Which hosts an address in a profile may name: those of the public Internet alone."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_INNER_NAMES = (".local", ".localhost", ".internal", ".localdomain", ".home.arpa", ".intranet")
# The parsers of some libraries read 2130706433, 0x7f.1 and 0177.0.0.1 as 127.0.0.1.
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)")
_LABELS = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
# Python counts some of these as global.
_REFUSED = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # Azure's host of the machine, behind a public address
            "192.0.0.0/24",  # of protocols; Oracle's metadata among them
            "192.88.99.0/24",
            "2001::/23",  # of protocols; Teredo, which leads to any address of version 4
            "2001:db8::/32",
            "2002::/16",  # 6to4, which does as well
            "3fff::/20",
        ),
    )
)
_UNICAST_6 = IPv6Network("2000::/3")


def is_public_address(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether an IP address is one of the public Internet's, and of one machine.

    False for this machine, private, shared and link-local networks, cloud metadata, multicast,
    and for addresses that hide another within, but for one of version 4 written as version 6;
    raises ValueError for what is no address.
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public_address(found.ipv4_mapped)
        if found not in _UNICAST_6:
            return False
    special = found.is_multicast or found.is_reserved or any(found in net for net in _REFUSED)
    return found.is_global and not special


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
