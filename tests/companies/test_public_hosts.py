"""No profile leads this service to machines that are not public."""

from __future__ import annotations

import pytest

from clientsvia.companies.public_hosts import is_public_address, is_public_host

NOT_PUBLIC = """
    127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1
    192.0.0.192 168.63.129.16 224.0.0.1 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fd00:ec2::254 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::7f00:1
    64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:1:2::1
""".split()
NO_PUBLIC_NAMES = """
    localhost LOCALHOST localhost. api.localhost printer.local metadata.google.internal
    nas.home.arpa intranet router.localdomain 2130706433 0x7f000001 127.1 0x7f.1 0177.0.0.1
    a.0x7f example.com/.. user@example.com exa%6dple.com ex*mple.com example..com .example.com
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_of_inner_networks_are_not_public(address: str) -> None:
    assert not is_public_address(address)
    assert not is_public_host(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public_address(address)
    assert is_public_host(address)


@pytest.mark.parametrize("host", [*NO_PUBLIC_NAMES, "", " ", "fe80::1%eth0"])
def test_names_of_inner_networks_are_not_public(host: str) -> None:
    assert not is_public_host(host)


@pytest.mark.parametrize("host", ["api.example.com", "API.Example.COM.", "xn--bcher-kva.example"])
def test_names_of_the_internet_are(host: str) -> None:
    assert is_public_host(host)


def test_what_is_no_address_is_told_apart() -> None:
    with pytest.raises(ValueError, match="example"):
        is_public_address("example.com")
