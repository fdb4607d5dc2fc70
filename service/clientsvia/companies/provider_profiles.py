"""What a profile says about models, voices and what they may cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from clientsvia.companies.public_hosts import is_public_host
from clientsvia.companies.schedule import Part

if TYPE_CHECKING:
    from pydantic import ValidationInfo

DEFAULT_THRESHOLD = 0.45
"""The least knowledge score worth speaking; measured by tests/companies/test_knowledge.py."""

_URL = "https://models.example/v1"
_PLAIN_URL = re.compile(r"[A-Za-z0-9:/.\[\]_~%-]+")
ApiKey = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]*$", max_length=300)]


def public_url(url: str) -> str:
    """An address of the public Internet, asked by this service and sent a key; or empty."""
    try:
        parts = urlsplit(url)
        host, bare = parts.hostname or "", parts.port != 0 and parts.username is None
    except ValueError:
        host, bare = "", False
    if not url:
        return url
    if not (host and bare and url.startswith("https://") and _PLAIN_URL.fullmatch(url)):
        raise ValueError("is no such address: write https://, a host and a path, as in " + _URL)
    if not is_public_host(host):
        raise ValueError(
            f"{host!r} is this machine or a private network's, which no profile may reach: "
            f"name a host of the public Internet, as in {_URL}"
        )
    return url


class AiProfile(Part):
    """Which responder answers, and how; a knowledge answer below ``threshold`` is not spoken.

    ``api_key`` opens ``base_url`` where there is one, else OpenAI. None means the key that is
    stored, the empty text that there is to be none.
    """

    responder: Literal["auto", "openai", "compatible", "knowledge"] = "auto"
    model: str = Field(default="", max_length=100)
    temperature: float = Field(default=0.3, ge=0, le=2)
    threshold: float = Field(default=DEFAULT_THRESHOLD, ge=0, le=1)
    length: int = Field(default=200, ge=20, le=2000)
    base_url: Annotated[str, StringConstraints(max_length=300), AfterValidator(public_url)] = ""
    fallbacks: tuple[Literal["openai", "compatible", "knowledge"], ...] = ("knowledge",)
    api_key: ApiKey | None = Field(default=None, repr=False)

    @field_validator("fallbacks")
    @classmethod
    def _each_once(cls, items: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if len(set(items)) < len(items):
            raise ValueError("one of them stands here twice: keep one of each")
        responder = info.data.get("responder")
        if responder in items and responder != "knowledge":  # which stands there by default
            raise ValueError(f"{responder} is the responder already: take it out of the fallbacks")
        return items

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if "compatible" in {self.responder, *self.fallbacks} and not self.base_url:
            raise ValueError(f"compatible needs base_url: write the server's address, as in {_URL}")
        return self


class VoiceProfile(Part):
    """Whose voice speaks, and how; ``api_key`` as in AiProfile, for ElevenLabs."""

    provider: Literal["auto", "say", "elevenlabs"] = "auto"
    voice: str = Field(default="", max_length=100)
    model: str = Field(default="", max_length=100)
    stability: float = Field(default=0.5, ge=0, le=1)
    similarity: float = Field(default=0.75, ge=0, le=1)
    speed: float = Field(default=1.0, ge=0.7, le=1.2)
    api_key: ApiKey | None = Field(default=None, repr=False)


class SpendProfile(Part):
    """What providers may cost in a calendar month, 0 for no limit; what guesses may waste of it.

    An answer to a caller who goes on speaking takes about 700 tokens and 80 characters: half a
    cent, most of it for the voice. The defaults are some twenty such a call, four hundred a day.
    """

    monthly_usd: float = Field(default=0, ge=0, le=1_000_000)
    speculation_usd_per_call: float = Field(default=0.10, ge=0, le=1000)
    speculation_usd_per_day: float = Field(default=2.0, ge=0, le=100_000)
