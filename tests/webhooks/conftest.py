"""The application with memory stores, called in process as Twilio calls it."""

from __future__ import annotations

from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from blockbuster import blockbuster_ctx
from falcon.testing import ASGIConductor
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from clientsvia.app import create_app
from clientsvia.companies.files import demo_profile
from clientsvia.settings import load_settings
from clientsvia.wiring import build
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from falcon.testing import Result

    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

    OpenPhone = Callable[..., AbstractAsyncContextManager["Phone"]]

ORIGIN = "https://answers.example"
FORM = "application/x-www-form-urlencoded"
PARAMETERS = {
    "CallSid": "CA" + "1" * 32,
    "AccountSid": "AC" + "2" * 32,
    "Called": "+12395551212",
    "Caller": "+12393334444",
    "CallStatus": "ringing",
}


@dataclass(frozen=True)
class Phone:
    """Sends webhooks to the application and reads what comes back."""

    conductor: ASGIConductor
    services: Services
    settings: Settings

    async def post(
        self, target: str, params: Mapping[str, str] | None = None, **options: Any
    ) -> Result:
        """POST a form to an endpoint or to an action URL of ours."""
        path = target.removeprefix(self.settings.origin)
        body = urlencode(PARAMETERS | dict(params or {}))
        headers = {"Content-Type": FORM} | options.pop("headers", {})
        host = headers.pop("Host", "127.0.0.1")
        route, _, query = path.partition("?")
        if not route.startswith("/"):
            route = f"/api/twilio/{route}"
        return await self.conductor.simulate_post(
            route,
            host=host,
            body=options.pop("body", body),
            headers=headers,
            query_string=query,
            **options,
        )

    async def say(self, document: Result, text: str, **params: str) -> Result:
        """Answer a Gather as a caller would, at the action it names."""
        gather = verb(document, "Gather")
        return await self.post(gather.attrib["action"], {"SpeechResult": text} | params)


async def signed(
    phone: Phone,
    url: str = f"{ORIGIN}/api/twilio/voice",
    params: Mapping[str, str] | None = None,
    token: str = "12345",
    changed: Mapping[str, str] | None = None,
) -> Result:
    """POST as Twilio does; ``changed`` is altered after signing."""
    fields = PARAMETERS | dict(params or {})
    signature = RequestValidator(token).compute_signature(url, fields)
    body = urlencode(fields | dict(changed or {}))
    headers = {"X-Twilio-Signature": signature, "Content-Type": FORM}
    path = url.partition("answers.example")[2]
    return await phone.post(path, body=body, headers=headers)


def twiml(result: Result) -> ET.Element:
    """The document, which must be TwiML."""
    assert result.headers["content-type"] == "text/xml; charset=utf-8"
    root = ET.fromstring(result.content)
    assert root.tag == "Response"
    return root


def verb(result: Result, name: str) -> ET.Element:
    """The first verb of this name."""
    found = twiml(result).find(f".//{name}")
    assert found is not None, result.text
    return found


def said(result: Result) -> str:
    """Everything the document says."""
    return " ".join(say.text or "" for say in twiml(result).iter("Say"))


@pytest.fixture
def open_phone() -> OpenPhone:
    """Open a phone line to an application of these settings and companies."""

    @asynccontextmanager
    async def opened(
        *, profiles: tuple[CompanyProfile, ...] = (), may_block: bool = False, **overrides: Any
    ) -> AsyncIterator[Phone]:
        defaults = {"demo": True, "store": "memory:", "clock_start": OPEN}
        settings = load_settings(**(defaults | overrides))
        services = build(settings, [b"k" * 32])
        await services.companies.save(list(profiles or (demo_profile(),)))
        app = create_app(settings, services)
        async with ASGIConductor(app) as conductor:
            # From here on a blocking call of ours in the event loop fails the test.
            with nullcontext() if may_block else blockbuster_ctx("clientsvia"):
                yield Phone(conductor, services, settings)

    return opened


@pytest.fixture
def production() -> dict[str, Any]:
    """Settings of a service that real calls reach, with one account for every company."""
    return {
        "demo": False,
        "clock_start": None,
        "public_origin": ORIGIN,
        "twilio_account_sid": PARAMETERS["AccountSid"],
        "twilio_auth_tokens": SecretStr("old-token,12345"),
    }
