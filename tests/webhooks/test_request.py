from __future__ import annotations

from typing import Any

import pytest
from falcon.request import RequestOptions

from clientsvia.webhooks.request import WebhookRequest

FORM = (b"content-type", b"application/x-www-form-urlencoded")
EVENT = {"type": "http.request", "body": b"a=1", "more_body": True}


async def nothing() -> dict[str, Any]:
    raise AssertionError("nobody is to ask for more of the body")


def scope(*headers: tuple[bytes, bytes], **changed: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "POST",
        "path": "/api/twilio/voice",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"a.example"), FORM, *headers],
    } | changed


@pytest.mark.parametrize(
    "given",
    [
        scope(),
        scope(query_string=b"call=a.b&x=1"),
        scope(path=""),
        scope(path="/api/twilio/voice/"),
        scope(root_path="/behind"),
    ],
)
def test_its_target_is_the_relative_address_that_falcon_makes(given: dict[str, Any]) -> None:
    request = WebhookRequest(given, nothing, EVENT, RequestOptions())
    assert request.target() == request.relative_uri


def test_its_headers_are_had_by_their_lower_case_names() -> None:
    request = WebhookRequest(scope((b"x-twilio-signature", b"abc=")), nothing, EVENT)
    assert request.raw_header(b"x-twilio-signature") == b"abc="
    assert request.raw_header(b"x-other") == b""


def body_at_hand(event: dict[str, Any], *headers: tuple[bytes, bytes]) -> bytes | None:
    request = WebhookRequest(scope(*headers), nothing, event, RequestOptions())
    return request.body_at_hand()


def test_a_body_that_came_whole_is_at_hand_though_more_is_promised() -> None:
    assert body_at_hand(EVENT, (b"content-length", b"3")) == b"a=1"
    assert body_at_hand(EVENT | {"more_body": False}) == b"a=1"
    assert body_at_hand({"type": "http.request"}) == b""


def test_a_body_of_which_more_is_to_come_is_not_at_hand() -> None:
    assert body_at_hand(EVENT, (b"content-length", b"4")) is None
    assert body_at_hand(EVENT, (b"transfer-encoding", b"chunked")) is None
