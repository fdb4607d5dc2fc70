"""The webhook as Twilio meets it, on real servers that are as they should be, or are not."""

from __future__ import annotations

import socket
import ssl
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from twilio.request_validator import RequestValidator

from clientsvia.admin.diagnosis import Trouble
from clientsvia.admin.diagnosis import webhook as module
from clientsvia.admin.diagnosis.webhook import check_webhook
from tests.admin.diagnosis.setups import ACCOUNT, amiss, production
from tests.certificates import self_signed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from clientsvia.admin.diagnosis import Check, Setup
    from clientsvia.companies.company import Company


class Service:
    """As much of the service as is asked, with what it answers."""

    def __init__(self) -> None:
        self.ready: web.Response | None = None
        self.get_status = 405
        self.timing_status = 200
        self.token = ACCOUNT.tokens[0]
        self.forms: list[dict[str, Any]] = []
        self.app = web.Application()
        self.app.router.add_get("/health/ready", self.on_ready)
        self.app.router.add_get("/api/twilio/voice", self.on_get)
        self.app.router.add_post("/api/twilio/speech-timing-test", self.on_timing)

    async def on_ready(self, _request: web.Request) -> web.Response:
        return self.ready or web.json_response({"status": "ready", "companies": 1})

    async def on_get(self, _request: web.Request) -> web.Response:
        return web.Response(status=self.get_status)

    async def on_timing(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.forms.append(form)
        signature = request.headers.get("X-Twilio-Signature", "")
        genuine = RequestValidator(self.token).validate(str(request.url), form, signature)
        return web.Response(status=self.timing_status if genuine else 403)


@asynccontextmanager
async def served(service: Service, **options: Any) -> AsyncIterator[str]:
    server = TestServer(service.app, scheme="https" if options else "http")
    await server.start_server(**options)
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


async def look(setup: Setup) -> list[Check]:
    return [check async for check in check_webhook(setup)]


async def judged(service: Service, company: Company) -> list[Check]:
    async with served(service) as origin:
        return [check for check in await look(production(company, origin=origin)) if not check.well]


async def test_a_service_that_takes_signed_posts_is_well(demo: Company) -> None:
    service = Service()
    async with served(service) as origin:
        checks = await look(production(demo, origin=origin))
    assert amiss(checks) == []
    assert [check.what for check in checks] == ["service", "webhook URL", "demo, test POST"]
    assert service.forms[0]["Called"] == "+12395551212"
    assert service.forms[0]["AccountSid"] == ACCOUNT.sid


async def test_a_service_that_is_not_there_is_told(demo: Company) -> None:
    (check,) = await look(production(demo, origin="http://127.0.0.1:9"))
    assert check.found == "nothing answers at http://127.0.0.1:9 (ClientConnectorError)"
    assert "clientsvia serve" in check.remedy


async def test_the_demo_is_started_another_way() -> None:
    (check,) = await look(production(origin="http://127.0.0.1:9", demo=True))
    assert "make run" in check.remedy


async def test_a_name_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (check,) = await look(production(origin="https://nobody.example"))
    assert check.found == "nobody knows the name in https://nobody.example"


async def test_an_origin_that_is_no_address_is_told() -> None:
    assert amiss(await look(production(origin="answers.example"))) != []


async def test_a_certificate_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*self_signed(tmp_path))
    async with served(Service(), ssl=context) as origin:
        (check,) = await look(production(origin=origin))
    assert "the certificate" in check.found
    assert "self-signed" in check.found


async def test_a_service_that_does_not_answer_in_time_is_told(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        origin = f"http://127.0.0.1:{silent.getsockname()[1]}"
        (check,) = await look(production(demo, origin=origin))
    assert "within" in check.found


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text="<html>a parking page</html>"),
        web.json_response(["companies"]),
        web.Response(status=302, headers={"Location": "/elsewhere"}),
        web.Response(status=502),
    ],
    ids=["page", "json", "redirect", "proxy"],
)
async def test_something_else_at_the_origin_is_told(demo: Company, answer: web.Response) -> None:
    service = Service()
    service.ready = answer
    (check,) = await judged(service, demo)
    assert f"(HTTP {answer.status})" in check.found


async def test_a_service_without_its_companies_is_told(demo: Company) -> None:
    service = Service()
    service.ready = web.json_response({"status": "loading", "companies": 0}, status=503)
    (check,) = await judged(service, demo)
    assert check.found == "companies are not loaded"


@pytest.mark.parametrize(
    "told",
    [
        {"store": "failing: StoreUnavailable", "steps_not_stored": 0},
        {"store": "ok", "steps_not_stored": 7},
    ],
)
async def test_a_store_that_fails_beneath_the_service_is_told(
    demo: Company, told: dict[str, Any]
) -> None:
    service = Service()
    service.ready = web.json_response({"status": "ready", "companies": 1, **told})
    (check,) = await judged(service, demo)
    assert str(told["steps_not_stored"]) in check.found
    assert told["store"] in check.found


async def test_a_proxy_that_answers_for_the_webhook_is_told(demo: Company) -> None:
    service = Service()
    service.get_status = 404
    (check,) = await judged(service, demo)
    assert "answered with HTTP 404, not 405" in check.found


@pytest.mark.parametrize(
    ("status", "trouble", "found"),
    [
        (404, Trouble.COMPANY, "the running service does not know +12395551212"),
        (502, Trouble.WEBHOOK, "is answered with HTTP 502"),
    ],
)
async def test_a_test_post_that_is_not_answered_is_told(
    demo: Company, status: int, trouble: Trouble, found: str
) -> None:
    service = Service()
    service.timing_status = status
    (check,) = await judged(service, demo)
    assert check.trouble is trouble
    assert found in check.found


async def test_a_token_the_service_does_not_have_is_told_without_showing_it(demo: Company) -> None:
    service = Service()
    service.token = "another"
    (check,) = await judged(service, demo)
    assert "refuses what is signed" in check.found
    assert "canary" not in str(check)


async def test_without_a_token_no_test_post_is_sent(demo: Company) -> None:
    service = Service()
    async with served(service) as origin:
        silent = replace(demo, numbers=())
        await look(production(demo, origin=origin, platform=None))
        await look(production(silent, origin=origin))
    assert service.forms == []
