from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.front_door import FrontDoor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

HEADS = frozenset({"", "companies", "sign-in"})


def noting(name: str, seen: list[str]) -> Callable[[Any, Any, Any], Awaitable[None]]:
    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(name)

    return app


@pytest.mark.parametrize(
    ("path", "served_by"),
    [
        ("/", "people"),
        ("/companies/acme", "people"),
        ("/sign-in", "people"),
        ("/api/twilio/voice", "calls"),
        ("/voice", "calls"),
        ("//companies", "people"),
        ("/health/ready", "calls"),
        ("/companiesx", "calls"),
    ],
)
async def test_people_are_led_to_their_pages_and_all_else_to_what_answers_calls(
    path: str, served_by: str
) -> None:
    seen: list[str] = []
    door = FrontDoor(noting("calls", seen), noting("people", seen), HEADS)

    await door({"type": "http", "path": path}, lambda: None, lambda _: None)  # type: ignore[arg-type,return-value]

    assert seen == [served_by]


async def test_the_servers_own_beginning_and_end_are_for_what_answers_calls() -> None:
    seen: list[str] = []

    await FrontDoor(noting("calls", seen), noting("people", seen), HEADS)(
        {"type": "lifespan"},
        lambda: None,  # type: ignore[arg-type,return-value]
        lambda _: None,  # type: ignore[arg-type,return-value]
    )

    assert seen == ["calls"]
