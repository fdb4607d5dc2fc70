"""A test webhook, sent to the real service and to servers that are no such thing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from clientsvia.admin.diagnosis import Setup
from clientsvia.admin.webhook_test import Verdict, send_test
from clientsvia.calls.probe import PROBE_CALL
from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import InvalidInput
from tests.admin.diagnosis.setups import production
from tests.providers.twilio_api import SID, TOKEN
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from clientsvia.companies.company import Company

NUMBER = "+12395551212"
TWIML = "<Response><Say>Hello.</Say><Gather/></Response>"


async def test_a_test_signed_as_twilio_signs_is_answered_and_another_is_refused(
    tmp_path: Path, demo: Company
) -> None:
    signed = {"validate_signatures": "1", "twilio_account_sid": SID, "twilio_auth_tokens": TOKEN}
    with serving(tmp_path, **signed) as service:
        account = TwilioAccount(SID, (TOKEN,))
        setup = Setup(service.origin, demo=True, signed=True, platform=account)
        told = await send_test(setup, demo)
        assert told.well, told
        assert told.signed
        assert (told.number, told.status, told.then) == (NUMBER, 200, "listens")
        assert "automated assistant" in " ".join(told.heard)
        stranger = replace(setup, platform=replace(account, tokens=("another",)))
        refused = await send_test(stranger, demo)
        assert refused.status == 403
        assert "CLIENTSVIA_PUBLIC_ORIGIN" in refused.remedy


async def test_no_test_is_logged_or_seen_but_calls_are(tmp_path: Path, demo: Company) -> None:
    with serving(tmp_path) as service:
        setup = Setup(service.origin, demo=True, signed=False)
        for _ in range(3):
            assert (await send_test(setup, demo)).well
        call = await service.call()
        service.stop()
        (logged,) = service.clientsvia("calls")
    assert logged["call_sid"] == call.call_sid != PROBE_CALL


@asynccontextmanager
async def answering(**answer: Any) -> AsyncIterator[Setup]:
    async def on_post(_request: web.Request) -> web.Response:
        return web.Response(**answer)

    app = web.Application()
    app.router.add_post("/api/twilio/voice", on_post)
    async with TestServer(app) as server:
        yield Setup(str(server.make_url("")).rstrip("/"), demo=True, signed=False)


async def judged(company: Company, **answer: Any) -> Verdict:
    async with answering(**answer) as setup:
        return await send_test(setup, company, NUMBER)


async def test_what_is_heard_and_what_follows_is_told(demo: Company) -> None:
    told = await judged(demo, text=TWIML, content_type="text/xml")
    assert (told.heard, told.then, told.signed) == (("Hello.",), "listens", False)
    assert told.well


@pytest.mark.parametrize(
    ("answer", "found", "remedy"),
    [
        ({"status": 404}, "does not know +12395551212", "CLIENTSVIA_STORE"),
        ({"status": 502}, "HTTP 502", "a proxy may stand in between"),
        ({"status": 302}, "HTTP 302", "a proxy may stand in between"),
        ({"text": "<html/>", "content_type": "text/html"}, "error 12300", "a proxy"),
        ({"text": "<Response>", "content_type": "text/xml"}, "error 12100", "a proxy"),
        ({"text": "", "content_type": "text/xml"}, "error 11770", "a proxy"),
    ],
)
async def test_what_twilio_could_not_use_is_told_with_its_remedy(
    demo: Company, answer: dict[str, Any], found: str, remedy: str
) -> None:
    told = await judged(demo, **answer)
    assert found in told.found
    assert remedy in told.remedy


async def test_nobody_there_is_told(demo: Company) -> None:
    told = await send_test(Setup("http://127.0.0.1:9", demo=True, signed=False), demo)
    assert told.status == 0
    assert "nothing answers" in told.found


async def test_without_a_number_or_a_token_there_is_no_test(demo: Company) -> None:
    with pytest.raises(InvalidInput, match="in service"):
        await send_test(production(demo), demo, "+12395559999")
    with pytest.raises(InvalidInput, match="auth token"):
        await send_test(production(demo, platform=None), demo)
