"""Twilio's recordings: streamed to whoever may hear them, and deleted with what was written down.

A recording's address comes with a webhook, so it is never asked as it stands: only its SIDs are
taken from it, and only Twilio's own hosts, or the one API of the settings, ever get a token.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from clientsvia.admin.ports import Sound
from clientsvia.errors import (
    InvalidInput,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    RecordingGone,
)
from clientsvia.providers.twilio_client import TIMEOUT_S, UNAUTHORIZED, TwilioClient, no_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import httpx2

    from clientsvia.companies.company import TwilioAccount

_PATH = re.compile(
    r"/2010-04-01/Accounts/(AC[0-9a-f]{32})/Recordings/(RE[0-9a-f]{32})(?:\.(?:mp3|wav|json))?",
    re.IGNORECASE,
)
_TWILIO = re.compile(r"api(?:\.[a-z0-9-]+){0,2}\.twilio\.com")
_STORES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
"""Where Twilio itself sends those who fetch a sound; they get no token."""
_RANGE = re.compile(r"bytes=\d{0,15}-\d{0,15}")
_SOUNDS = ("audio/", "application/octet-stream", "binary/octet-stream")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_NO_SUCH_RANGE = 416
_NOT_FOUND = 20404
_MOST_REDIRECTS = 3
_STATUS = "see https://status.twilio.com, and try again later"
_ELSEWHERE = "this recording's address is not that of the account at Twilio: nothing is fetched"


class TwilioRecordings:
    """Asks the API at ``api`` with a client of its own, made when the first sound is wanted."""

    def __init__(self, api: str, timeout_s: float = TIMEOUT_S) -> None:
        self._api = api.rstrip("/")
        self._timeout_s = timeout_s
        self._client: httpx2.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def open(self, account: TwilioAccount, url: str, byte_range: str = "") -> Sound:
        """The recording as MP3, from Twilio's first byte on; ``close`` it in any case."""
        base, sid = self._found(account, url)
        address = f"{base}/2010-04-01/Accounts/{account.sid}/Recordings/{sid}.mp3"
        headers = {"range": byte_range} if _RANGE.fullmatch(byte_range) else {}
        for token in account.tokens:
            answer = await self._get(address, headers, (account.sid, token))
            if answer.status_code != UNAUTHORIZED:
                return await self._sound(answer, headers)
            await answer.aclose()
        raise no_token(account)

    async def delete(self, account: TwilioAccount, url: str) -> None:
        """Delete a recording and its transcriptions; one that is gone is as good as deleted."""
        base, sid = self._found(account, url)

        def work(client: Any) -> None:  # noqa: ANN401 - the package has no types
            recording = client.recordings(sid)
            for written in recording.transcriptions.list():
                recording.transcriptions(written.sid).delete()
            recording.delete()

        with suppress(RecordingGone):
            await TwilioClient(base, self._timeout_s, _gone).ask(account, work)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    def _found(self, account: TwilioAccount, url: str) -> tuple[str, str]:
        """Whom to ask for a recording, and its SID; raises InvalidInput for any other address."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise InvalidInput(_ELSEWHERE) from None
        named = _PATH.fullmatch(parts.path)
        at_twilio = parts.scheme == "https" and port is None and _TWILIO.fullmatch(host) is not None
        here = f"{parts.scheme}://{parts.netloc}" == self._api
        if named is None or named[1] != account.sid or not (at_twilio or here) or "@" in url:
            raise InvalidInput(_ELSEWHERE)
        # What is recorded in a region of Twilio's is kept there; a gateway stands before them all.
        own = _TWILIO.fullmatch(urlsplit(self._api).hostname or "") is not None
        return (f"https://{host}" if own else self._api), named[2]

    async def _sound(self, answer: httpx2.Response, headers: Mapping[str, str]) -> Sound:
        """What was answered, after Twilio's redirects; raises what explains any other answer."""
        import httpx2  # noqa: PLC0415 - it is there by now

        for _ in range(_MOST_REDIRECTS):
            if answer.status_code not in _REDIRECTS:
                break
            await answer.aclose()
            following = urljoin(str(answer.request.url), answer.headers.get("location", ""))
            answer = await self._get(self._allowed(following), headers)
        status, kind = answer.status_code, answer.headers.get("content-type", "")
        if status in {httpx2.codes.OK, httpx2.codes.PARTIAL_CONTENT} and kind.startswith(_SOUNDS):
            return Sound(
                chunks=_chunks(answer),
                content_type=kind if kind.startswith("audio/") else "audio/mpeg",
                length=_length(answer),
                content_range=answer.headers.get("content-range", ""),
                let_go=answer.aclose,
            )
        await answer.aclose()
        if status in _GONE:
            raise RecordingGone("Twilio has no such recording", "it was deleted there")
        if status == _NO_SUCH_RANGE:
            raise InvalidInput("the recording is shorter: ask for a range within it, or for all")
        raise ProviderBroken(f"Twilio answers HTTP {status} instead of a sound", _STATUS)

    def _allowed(self, url: str) -> str:
        """An address Twilio leads to; raises ProviderBroken where it keeps no sounds."""
        parts = urlsplit(url)
        stored = parts.scheme == "https" and f".{parts.hostname}".endswith(_STORES)
        if stored or url.startswith(f"{self._api}/"):
            return url
        raise ProviderBroken("Twilio leads to an address that is not its own", _STATUS)

    async def _get(
        self, url: str, headers: Mapping[str, str], auth: tuple[str, str] | None = None
    ) -> httpx2.Response:
        client = await self._made()
        import httpx2  # noqa: PLC0415 - it is there by now

        try:
            request = client.build_request("GET", url, headers=dict(headers))
            return await client.send(request, auth=auth, stream=True)
        except httpx2.TimeoutException:
            found = f"Twilio does not answer within {self._timeout_s:.0f} s"
            raise ProviderTimeout(found, _STATUS) from None
        except (httpx2.TransportError, httpx2.InvalidURL, OSError) as error:
            found = f"{self._api} cannot be reached ({type(error).__name__})"
            remedy = "see that this machine may reach it, and set HTTPS_PROXY where there is one"
            raise ProviderUnreachable(found, remedy) from None

    async def _made(self) -> httpx2.AsyncClient:
        async with self._making:
            if self._client is None:
                self._client = await asyncio.to_thread(self._make)
        return self._client

    def _make(self) -> httpx2.AsyncClient:
        import httpx2  # noqa: PLC0415 - PERF: for those who listen to a recording

        sent = {"user-agent": "ClientsVia", "accept-encoding": "identity"}
        return httpx2.AsyncClient(timeout=self._timeout_s, follow_redirects=False, headers=sent)


async def _chunks(answer: httpx2.Response) -> AsyncIterator[bytes]:
    """The sound's bytes; raises ProviderFailed where it breaks off."""
    import httpx2  # noqa: PLC0415 - it is there by now

    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    except httpx2.TransportError as error:
        found = f"the recording broke off ({type(error).__name__})"
        raise ProviderBroken(found, "listen to it again") from None
    finally:
        await answer.aclose()


def _length(answer: httpx2.Response) -> int | None:
    text = answer.headers.get("content-length", "")
    return int(text) if text.isdecimal() else None


def _gone(code: int, found: str) -> ProviderFailed | None:
    return RecordingGone(found, "it was deleted there") if code == _NOT_FOUND else None
