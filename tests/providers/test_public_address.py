from __future__ import annotations

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.errors import ProviderUnreachable
from clientsvia.providers.public_address import (
    https_host,
    is_public,
    public_addresses,
    system_resolve,
)

PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104 - an address to be refused
    "10.0.0.8",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "not an address",
]
PUBLIC = ["8.8.8.8", "104.18.7.192", "2606:4700:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_or_metadata_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@given(st.sampled_from(["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16"]), st.data())
def test_a_private_address_stays_one_inside_any_address_of_version_6(
    network: str, data: st.DataObject
) -> None:
    inside = ip_network(network)
    number = data.draw(st.integers(int(inside[0]), int(inside[-1])))
    mapped = IPv6Address(0xFFFF << 32 | number)
    translated = IPv6Address((0x64FF9B << 96) | number)
    tunnelled = IPv6Address(0x2002 << 112 | number << 80)
    for address in (IPv4Address(number), mapped, translated, tunnelled):
        assert not is_public(str(address)), address


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1",
        "ftp://models.example",
        "https://user:secret@models.example/v1",
        "https://",
        "models.example",
        "https://[::1",
        "",
    ],
)
def test_only_plain_https_addresses_are_taken(url: str) -> None:
    with pytest.raises(ProviderUnreachable, match=r"ai\.base_url"):
        https_host(url)


def test_host_and_port_are_told() -> None:
    assert https_host("https://models.example/v1") == ("models.example", 443)
    assert https_host("https://[2606:4700::1]:8443/v1") == ("2606:4700::1", 8443)


async def answer(*addresses: str) -> list[str]:
    """Ask for a host that resolves to these."""

    async def resolve(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return list(addresses)

    return list(await public_addresses("models.example", 443, resolve))


async def test_one_private_address_among_public_ones_refuses_them_all() -> None:
    assert await answer("8.8.8.8", "8.8.4.4") == ["8.8.8.8", "8.8.4.4"]
    with pytest.raises(ProviderUnreachable, match="private network's"):
        await answer("8.8.8.8", "10.0.0.1")


async def test_a_name_nobody_knows_is_told() -> None:
    with pytest.raises(ProviderUnreachable, match="nobody knows"):
        await answer()


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1"])
async def test_every_spelling_of_this_machine_is_refused_by_what_it_resolves_to(
    host: str,
) -> None:
    with pytest.raises(ProviderUnreachable):
        await public_addresses(host, 443, system_resolve)
