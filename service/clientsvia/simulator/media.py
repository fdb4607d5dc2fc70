"""Audio files as Twilio fetches them: without call parameters, cached as their headers say."""

from __future__ import annotations

import io
import math
import re
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from clientsvia.simulator import address
from clientsvia.simulator.problems import Code, Refusal
from clientsvia.simulator.result import Fetch

if TYPE_CHECKING:
    from clientsvia.simulator.clock import Clock

ACCEPTED = frozenset(
    {"audio/mpeg", "audio/mp3", "audio/wav", "audio/wave", "audio/x-wav", "audio/aiff"}
    | {"audio/x-aifc", "audio/x-aiff", "audio/x-gsm", "audio/gsm", "audio/ulaw", "audio/basic"}
)
TELEPHONE_BYTES = 8_000.0
"""Bytes a second of mu-law, and of MP3 at 64 kbit/s."""
_MPEG1_LAYER3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_MPEG2_LAYER3 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_MAX_AGE = re.compile(r"max-age=(\d+)")


@dataclass(frozen=True, slots=True)
class Clip:
    """A file as it was fetched; ``fresh_until`` is in seconds of the call."""

    body: bytes
    content_type: str
    seconds: float
    etag: str
    last_modified: str
    fresh_until: float


class Media:
    """Fetches files and keeps them."""

    def __init__(
        self, session: aiohttp.ClientSession, clock: Clock, *, public: str, listener: str
    ) -> None:
        self._session = session
        self._clock = clock
        self._public = public
        self._listener = listener
        self._clips: dict[str, Clip] = {}
        self.fetches: list[Fetch] = []

    async def clip(self, url: str) -> Clip:
        """The file at ``url``, from the cache while it is fresh; raises Refusal."""
        known = self._clips.get(url)
        if known is not None and self._clock.now() < known.fresh_until:
            self.fetches.append(Fetch(url, 0))
            return known
        try:
            clip = await self._fetched(url, known)
        except TimeoutError as error:
            raise Refusal(Code.TIMEOUT, f"no audio in time from {url}", url) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Refusal(Code.RETRIEVAL, f"cannot get the audio {url}: {error}", url) from error
        self._clips[url] = clip
        return clip

    async def _fetched(self, url: str, known: Clip | None) -> Clip:
        headers = {"User-Agent": "TwilioProxy/1.1", "Accept": "audio/*"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        reached = URL(address.moved(address.without_fragment(url), self._public, self._listener))
        timeout = aiohttp.ClientTimeout(total=15, sock_connect=5)
        async with self._session.get(reached, headers=headers, timeout=timeout) as response:
            self.fetches.append(Fetch(url, response.status))
            body = await response.read()
            return self._judged(url, known, response, body)

    def _judged(
        self, url: str, known: Clip | None, response: aiohttp.ClientResponse, body: bytes
    ) -> Clip:
        if response.status >= 400:  # noqa: PLR2004 - where HTTP's errors begin
            raise Refusal(Code.STATUS, f"the audio {url} answered HTTP {response.status}", url)
        content_type = response.content_type
        if response.status == 304 and known is not None:  # noqa: PLR2004 - "not modified"
            body, content_type = known.body, known.content_type
        elif content_type not in ACCEPTED:
            raise Refusal(Code.CONTENT_TYPE, f"{url} is {content_type}, not audio", url)
        return Clip(
            body=body,
            content_type=content_type,
            seconds=seconds_of(body, content_type),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            fresh_until=self._clock.now() + _fresh_for(response),
        )


def _fresh_for(response: aiohttp.ClientResponse) -> float:
    """Seconds a file is played again without asking: for ever when its headers say nothing."""
    cache_control = response.headers.get("cache-control", "")
    if not cache_control and not {"etag", "last-modified"} & {k.lower() for k in response.headers}:
        return math.inf
    found = _MAX_AGE.search(cache_control)
    if found is None or "no-store" in cache_control or "no-cache" in cache_control:
        return 0.0
    return float(found[1])


def seconds_of(body: bytes, content_type: str) -> float:
    """How long a file plays, by its own header where it has a readable one."""
    if content_type.endswith(("wav", "wave")):
        try:
            with wave.open(io.BytesIO(body)) as sound:
                return float(sound.getnframes() / sound.getframerate())
        except (wave.Error, EOFError, ZeroDivisionError):
            return len(body) / TELEPHONE_BYTES
    rate = _mpeg_bytes_a_second(body) if content_type in {"audio/mpeg", "audio/mp3"} else 0.0
    return len(body) / (rate or TELEPHONE_BYTES)


def _mpeg_bytes_a_second(body: bytes) -> float:
    """The rate named in the first frame of an MP3, or 0 when none is found near its start."""
    for at in range(min(len(body) - 3, 4096)):
        # Eleven set bits begin a frame; version and bit rate follow.
        if body[at] == 0xFF and body[at + 1] & 0xE6 == 0xE2:  # noqa: PLR2004 - layer 3
            rates = _MPEG1_LAYER3 if body[at + 1] & 0x18 == 0x18 else _MPEG2_LAYER3  # noqa: PLR2004
            return rates[body[at + 2] >> 4] * 125.0
    return 0.0
