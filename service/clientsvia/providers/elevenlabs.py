"""ElevenLabs: a sentence becomes the bytes of one clip."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from clientsvia.errors import ProviderFailed
from clientsvia.providers.accounts import elevenlabs_account
from clientsvia.providers.clients import Clients, Held
from clientsvia.providers.elevenlabs_errors import Party, broken, explained
from clientsvia.providers.patience import Patience

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

    import httpx
    from elevenlabs import AsyncElevenLabs
    from elevenlabs.types import VoiceSettings

    from clientsvia.companies.company import Company
    from clientsvia.providers.accounts import Account

FORMAT = "mp3_22050_32"
"""A telephone carries 8 kHz: this is a quarter of ElevenLabs' usual size, and Twilio plays it."""
CONNECTIONS = 50
LARGEST = 2 << 20  # bytes: eight minutes, which no sentence takes


class ElevenLabsVoice:
    """Speaks for companies with their own key and voice, else with the platform's."""

    def __init__(
        self,
        clients: Clients[AsyncElevenLabs],
        platform: Account,
        default_voice: str,
        default_model: str,
        patience: Patience | None = None,
    ) -> None:
        self._clients = clients
        self._platform = platform
        self._default_voice = default_voice
        self._default_model = default_model
        self._patience = patience or Patience()

    async def load(self) -> None:
        """Import all that speaking takes, where the platform has a key; once, before any call."""
        if self._platform.api_key:
            await self._clients.load(self._platform)

    def warm(self, company: Company) -> None:
        """Open a connection for the call that begins; returns at once and never raises."""
        try:
            account = elevenlabs_account(company, self._platform)
        except ProviderFailed:
            return  # which is told to whoever wants a clip
        self._clients.warm(account)

    async def synthesise(self, company: Company, text: str) -> bytes:
        """The whole sound of ``text`` in the company's voice, as MP3; raises ProviderFailed."""
        account = elevenlabs_account(company, self._platform)
        voice = company.voice.voice or self._default_voice
        model = company.voice.model or self._default_model
        party = Party(account, voice, model)
        async with self._clients.using(account) as client:
            chunks = client.text_to_speech.stream(
                voice,
                text=text,
                model_id=model,
                output_format=FORMAT,
                voice_settings=_settings(company),
                request_options={"max_retries": 0},
            )
            try:
                sound = await self._gathered(chunks, party)
            finally:
                await chunks.aclose()
        if not _is_mp3(sound):
            raise broken(party, "it sent no sound" if not sound else "it sent what is no MP3")
        return sound

    async def _gathered(self, chunks: AsyncIterator[bytes], party: Party) -> bytes:
        """Every chunk, none of which may be long in coming."""
        sound = bytearray()
        while len(sound) <= LARGEST:
            wait = self._patience.stall_s if sound else self._patience.first_s
            with explained(party, begun=bool(sound)):
                async with asyncio.timeout(wait):
                    chunk = await anext(chunks, None)
            if chunk is None:
                return bytes(sound)
            sound += chunk
        raise broken(party, "it sent more sound than any sentence has")


def _is_mp3(sound: bytes) -> bool:
    """Whether it begins as MP3 does: with an ID3 tag, or with a frame's eleven set bits."""
    return sound.startswith(b"ID3") or (sound[:1] == b"\xff" and sound[1:2] >= b"\xe0")


def _settings(company: Company) -> VoiceSettings:
    from elevenlabs.types import VoiceSettings  # noqa: PLC0415 - PERF: imported with the client

    voice = company.voice
    return VoiceSettings(
        stability=voice.stability, similarity_boost=voice.similarity, speed=voice.speed
    )


def elevenlabs_clients(
    patience: Patience | None = None, tls: ssl.SSLContext | None = None
) -> Clients[AsyncElevenLabs]:
    """Clients for any account; nothing is imported before the first is asked for.

    ``tls`` is what certificates are judged by, the machine's usual authorities if None.
    """
    return Clients(_Maker(patience or Patience(), tls).make)


class _Maker:
    """Makes clients that share one TLS context, which takes 20 ms and more to load."""

    def __init__(self, patience: Patience, tls: ssl.SSLContext | None) -> None:
        self._patience = patience
        self._tls = tls

    def make(self, account: Account) -> Held[AsyncElevenLabs]:
        """A client of ``account``; blocks, and imports the package the first time."""
        import httpx  # noqa: PLC0415 - PERF: 0.4 s, for those who have a key
        from elevenlabs import AsyncElevenLabs  # noqa: PLC0415 - see above
        from elevenlabs.types import VoiceSettings  # noqa: F401, PLC0415 - see above

        for name in ("httpx", "httpcore", "elevenlabs"):
            logging.getLogger(name).setLevel(logging.WARNING)  # they tell every request
        if self._tls is None:
            self._tls = httpx.create_ssl_context()
        patience = self._patience
        http = httpx.AsyncClient(
            verify=self._tls,
            timeout=patience.request_s,
            limits=httpx.Limits(
                max_connections=CONNECTIONS,
                max_keepalive_connections=CONNECTIONS,
                keepalive_expiry=patience.kept_s,
            ),
            event_hooks={"request": [partial(_hurry, patience.connect_s)]},
        )
        client = AsyncElevenLabs(
            base_url=account.base_url, api_key=account.api_key, httpx_client=http
        )
        _ = client.text_to_speech  # imported here rather than in a call
        return Held(client, partial(http.head, account.base_url), http.aclose)


async def _hurry(connect_s: float, request: httpx.Request) -> None:
    """The package has one time limit for everything; to connect is to take less."""
    request.extensions["timeout"]["connect"] = connect_s
