from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
async def test_the_demo_answers_this_machine(open_phone: OpenPhone, host: str) -> None:
    async with open_phone() as phone:
        assert (await phone.post("voice", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "abc.ngrok.example"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Forwarded-Host": "evil.example"},
        {"Via": "1.1 tunnel"},
    ],
)
async def test_the_demo_refuses_what_came_through_a_tunnel(
    open_phone: OpenPhone, headers: dict[str, str]
) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", headers=headers)
    assert answer.status_code == 403
    assert "CLIENTSVIA_PUBLIC_ORIGIN" in answer.text
