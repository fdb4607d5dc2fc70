from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from clientsvia.simulator.clock import VirtualClock
from clientsvia.simulator.parameters import Identifiers
from clientsvia.simulator.problems import Refusal
from clientsvia.simulator.webhooks import Request, Webhooks
from tests.simulator.webhook_server import answer, seeded, twiml

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.simulator.webhook_server import WebhookServer

TOKEN = "12345"
FORM = {"CallSid": "CA1", "Body": "héllo 😀 & more", "Empty": ""}


@asynccontextmanager
async def line(
    server: WebhookServer, *, public: str = "", token: str | None = TOKEN
) -> AsyncIterator[Webhooks]:
    async with aiohttp.ClientSession() as session:
        yield Webhooks(
            session,
            VirtualClock(),
            Identifiers(seeded(1)),
            token=token,
            public=public or server.origin,
            listener=server.origin,
        )


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_webhook_is_a_form_with_twilios_headers(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    async with line(server) as webhooks:
        found = await webhooks.request(Request("voice", server.url(), FORM))

    assert (found.status, found.content_type) == (200, "text/xml")
    asked = server.asked[0]
    assert (asked.method, asked.form) == ("POST", FORM)
    assert asked.headers["user-agent"] == "TwilioProxy/1.1"
    assert asked.headers["accept"] == "text/xml, application/xml, text/html"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert len(asked.headers["i-twilio-idempotency-token"]) == 36


@pytest.mark.parametrize("path", ["/voice", "/voice?turn=1&x=%2F+a%C3%A9", "/voice?e=#rc=2&rt=900"])
async def test_a_post_is_signed_as_twilio_python_checks_it(
    server: WebhookServer, path: str
) -> None:
    server.on("/voice", twiml())
    async with line(server) as webhooks:
        await webhooks.request(Request("voice", server.url(path), FORM))

    asked = server.asked[0]
    url = server.url("/voice" + (f"?{asked.query}" if asked.query else ""))
    assert asked.query == path.partition("?")[2].partition("#")[0]
    validator = RequestValidator(TOKEN)
    assert validator.validate(url, FORM, asked.headers["x-twilio-signature"])
    assert not validator.validate(url, {**FORM, "x": ""}, asked.headers["x-twilio-signature"])


async def test_a_get_carries_its_parameters_in_the_query_and_signs_that(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml())
    async with line(server) as webhooks:
        found = await webhooks.request(Request("voice", server.url("/voice?turn=1"), FORM, "GET"))

    asked = server.asked[0]
    assert asked.method == "GET"
    assert asked.query.startswith("turn=1&CallSid=CA1&Body=h%C3%A9llo+")
    url = server.url(f"/voice?{asked.query}")
    assert RequestValidator(TOKEN).validate(url, {}, asked.headers["x-twilio-signature"])
    assert found.url == server.url("/voice?turn=1")


async def test_without_a_token_nothing_is_signed(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    async with line(server, token=None) as webhooks:
        await webhooks.request(Request("voice", server.url(), FORM))
    assert "x-twilio-signature" not in server.asked[0].headers


async def test_a_public_address_is_signed_and_reached_as_through_a_proxy(
    server: WebhookServer,
) -> None:
    server.on("/voice", twiml())
    async with line(server, public="https://calls.example") as webhooks:
        found = await webhooks.request(Request("voice", "https://calls.example/voice?a=b", FORM))

    headers = server.asked[0].headers
    assert (headers["host"], headers["x-forwarded-proto"]) == ("calls.example", "https")
    url = "https://calls.example/voice?a=b"
    assert RequestValidator(TOKEN).validate(url, FORM, headers["x-twilio-signature"])
    assert found.url == url


async def test_user_and_password_authenticate_and_are_not_signed(server: WebhookServer) -> None:
    server.on("/voice", twiml())
    url = server.url().replace("http://", "http://me:secret@")
    async with line(server, public=url.removesuffix("/voice")) as webhooks:
        await webhooks.request(Request("voice", url, FORM))

    headers = server.asked[0].headers
    assert headers["authorization"].startswith("Basic ")
    assert RequestValidator(TOKEN).validate(server.url(), FORM, headers["x-twilio-signature"])


async def test_a_connect_failure_is_tried_once_more_and_is_11200(server: WebhookServer) -> None:
    url = f"http://127.0.0.1:{unused_port()}/voice"
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("voice", url, FORM))

    assert caught.value.code == 11200
    assert [(one.attempts, one.status) for one in webhooks.exchanges] == [(2, None)]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 503])
async def test_an_http_error_is_11217_and_is_not_tried_again(
    server: WebhookServer, status: int
) -> None:
    server.on("/voice", answer(status=status), twiml())
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("voice", server.url(), FORM))

    assert caught.value.code == 11217
    assert len(server.asked) == 1
    assert webhooks.exchanges[0].status == status


async def test_a_second_delivery_carries_the_same_idempotency_token(
    server: WebhookServer,
) -> None:
    server.on("/voice", answer(status=503), twiml())
    async with line(server) as webhooks:
        await webhooks.request(Request("voice", server.url("/voice#rc=1&rp=5xx"), FORM))

    tokens = [asked.headers["i-twilio-idempotency-token"] for asked in server.asked]
    assert len(tokens) == 2
    assert len(set(tokens)) == 1
    assert webhooks.exchanges[0].attempts == 2
    async with line(server) as webhooks:
        await webhooks.request(Request("voice", server.url(), FORM))
        await webhooks.request(Request("voice", server.url(), FORM))
    fresh = [asked.headers["i-twilio-idempotency-token"] for asked in server.asked[2:]]
    assert len(set(fresh)) == 2


@pytest.mark.parametrize("override", ["rt=100", "tt=100"])
async def test_an_answer_that_does_not_come_in_time_is_11205(
    server: WebhookServer, override: str
) -> None:
    async def sleeps(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)
        return web.Response()

    server.on("/voice", sleeps)
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("voice", server.url(f"/voice#{override}"), FORM))

    assert caught.value.code == 11205
    assert len(server.asked) == 1


async def test_a_connection_closed_without_an_answer_is_11200(server: WebhookServer) -> None:
    async def hangs_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    server.on("/voice", hangs_up)
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("voice", server.url(), FORM))
    assert caught.value.code == 11200


async def test_an_http_redirect_is_followed_with_get_and_signed_anew(
    server: WebhookServer,
) -> None:
    async def moves(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/moved?x=1")

    server.on("/voice", moves)
    server.on("/moved", twiml())
    async with line(server) as webhooks:
        found = await webhooks.request(Request("voice", server.url(), FORM))

    assert found.url == server.url("/moved?x=1")
    asked = server.at("/moved")[0]
    assert asked.method == "GET"
    url = server.url(f"/moved?{asked.query}")
    assert RequestValidator(TOKEN).validate(url, {}, asked.headers["x-twilio-signature"])


async def test_http_redirects_in_a_circle_end(server: WebhookServer) -> None:
    async def moves(_: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/voice")

    server.on("/voice", moves)
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("voice", server.url(), FORM))
    assert caught.value.code == 11215
    assert len(server.asked) == 11


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/x", "http://", "http://[/"])
async def test_an_address_that_is_none_is_11200(server: WebhookServer, url: str) -> None:
    async with line(server) as webhooks:
        with pytest.raises(Refusal) as caught:
            await webhooks.request(Request("gather", url, FORM))
    assert caught.value.code == 11200
