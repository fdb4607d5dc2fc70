"""Requests to the webhook server, sent, signed, waited for and repeated as Twilio does."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

import aiohttp
from twilio.request_validator import RequestValidator
from yarl import URL

from clientsvia.simulator import address
from clientsvia.simulator.problems import Code, Refusal
from clientsvia.simulator.result import Exchange

if TYPE_CHECKING:
    from clientsvia.simulator.clock import Clock
    from clientsvia.simulator.parameters import Identifiers

ACCEPTED = "text/xml, application/xml, text/html"
REDIRECTS = 10
LARGEST = 1_048_576
"""Bytes of an answer that are read at all."""
_CONNECT_FAILURES = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_AGAIN_AS_GET = frozenset({301, 302, 303})
_AGAIN_ALIKE = frozenset({307, 308})


@dataclass(frozen=True, slots=True)
class Request:
    """A webhook to be requested; ``purpose`` says why, for the record."""

    purpose: str
    url: str
    parameters: dict[str, str] = field(default_factory=dict)
    method: str = "POST"
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``url`` is where it came from, after HTTP redirects."""

    url: str
    status: int
    content_type: str
    headers: dict[str, str]
    body: bytes


class Webhooks:
    """The line to one server; ``public`` is the origin it believes in, ``listener`` where it is."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        clock: Clock,
        identifiers: Identifiers,
        *,
        token: str | None,
        public: str,
        listener: str,
    ) -> None:
        self._session = session
        self._clock = clock
        self._identifiers = identifiers
        self._validator = RequestValidator(token) if token else None
        self._public = public
        self._listener = listener
        self.exchanges: list[Exchange] = []

    async def request(self, request: Request) -> Answer:
        """The answer with a status below 400; raises Refusal otherwise."""
        for _ in range(REDIRECTS + 1):
            if not address.usable(request.url):
                raise Refusal(Code.RETRIEVAL, f"{request.url!r} is no HTTP address", request.url)
            answer = await self._delivered(request)
            target = answer.headers.get("location")
            if answer.status not in _AGAIN_AS_GET | _AGAIN_ALIKE or not target:
                return answer
            method = request.method if answer.status in _AGAIN_ALIKE else "GET"
            request = Request(
                request.purpose, urljoin(request.url, target), request.parameters, method
            )
        raise Refusal(Code.REDIRECTS, f"more than {REDIRECTS} HTTP redirects", request.url)

    async def _delivered(self, request: Request) -> Answer:
        """One delivery, repeated where Twilio repeats it, recorded once."""
        patience = address.patience(request.url)
        headers = self._headers(request)
        at, began = self._clock.now(), time.perf_counter()
        attempts, answer, refusal = 0, None, None
        while attempts <= patience.retries:
            attempts += 1
            left = patience.total - (time.perf_counter() - began)
            answer, refusal, kind = await self._attempt(request, headers, patience, left)
            if kind not in patience.retried:
                break
        took = (time.perf_counter() - began) * 1000
        self.exchanges.append(_exchange(request, headers, answer, at, took, attempts))
        if refusal is not None or answer is None:
            raise refusal or Refusal(Code.RETRIEVAL, "no answer", request.url)
        return answer

    async def _attempt(
        self, request: Request, headers: dict[str, str], patience: address.Patience, left: float
    ) -> tuple[Answer | None, Refusal | None, str]:
        """The answer, or why there is none, and of what kind the failure is (empty when none)."""
        url = address.without_fragment(request.url)
        try:
            answer = await self._exchange(request, headers, patience, left)
        except TimeoutError as error:
            kind = "ct" if isinstance(error, _CONNECT_FAILURES) else "rt"
            return None, Refusal(Code.TIMEOUT, f"no answer in time from {url}", request.url), kind
        except (aiohttp.ClientError, OSError, ValueError) as error:
            reason = str(error) or type(error).__name__
            kind = "ct" if isinstance(error, _CONNECT_FAILURES) else "other"
            return None, Refusal(Code.RETRIEVAL, f"cannot get {url}: {reason}", request.url), kind
        if answer.status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            message = f"{url} answered HTTP {answer.status}"
            refusal = Refusal(Code.STATUS, message, request.url)
            return answer, refusal, f"{answer.status // 100}xx"
        return answer, None, ""

    async def _exchange(
        self, request: Request, headers: dict[str, str], patience: address.Patience, left: float
    ) -> Answer:
        target, body = _target(request)
        reached = address.moved(target, self._public, self._listener)
        timeout = aiohttp.ClientTimeout(
            total=max(left, 0.001), sock_connect=patience.connect, sock_read=patience.read
        )
        async with self._session.request(
            request.method,
            URL(reached, encoded=True),
            data=body,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            content = await response.content.read(LARGEST)
            while len(content) < LARGEST and not response.content.at_eof():
                content += await response.content.read(LARGEST - len(content))
            return Answer(
                target if request.method == "POST" else address.without_fragment(request.url),
                response.status,
                response.headers.get("content-type", ""),
                {name.lower(): value for name, value in response.headers.items()},
                content,
            )

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {
            "User-Agent": "TwilioProxy/1.1",
            "Accept": ACCEPTED,
            "I-Twilio-Idempotency-Token": self._identifiers.idempotency_token(),
        }
        if request.method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        if address.origin(request.url) == address.origin(self._public) != self._listener:
            headers["Host"] = urlsplit(self._public).netloc.rpartition("@")[2]
            headers["X-Forwarded-Proto"] = URL(self._public).scheme
        if user := address.credentials(request.url):
            headers["Authorization"] = aiohttp.encode_basic_auth(*user)
        if self._validator and request.signed:
            headers["X-Twilio-Signature"] = self._signature(self._validator, request)
        return headers

    @staticmethod
    def _signature(validator: RequestValidator, request: Request) -> str:
        target, _ = _target(request)
        parameters = request.parameters if request.method == "POST" else {}
        return str(validator.compute_signature(address.signed_form(target), parameters))


def _target(request: Request) -> tuple[str, bytes | None]:
    """Where a request goes, and with what body."""
    if request.method == "POST":
        return address.without_fragment(request.url), urlencode(request.parameters).encode()
    return address.with_query(request.url, request.parameters), None


def _exchange(
    request: Request,
    headers: dict[str, str],
    answer: Answer | None,
    at: float,
    took: float,
    attempts: int,
) -> Exchange:
    return Exchange(
        at=at,
        purpose=request.purpose,
        method=request.method,
        url=request.url,
        parameters=request.parameters,
        headers=headers,
        status=answer.status if answer else None,
        content_type=answer.content_type if answer else "",
        body=answer.body if answer else b"",
        duration_ms=took,
        attempts=attempts,
    )
