"""With whose key a provider is asked, and where: the company's own goes before the platform's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientsvia.errors import KeyRefused

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

OPENAI_URL = "https://api.openai.com/v1"
ELEVENLABS_URL = "https://api.elevenlabs.io"


@dataclass(frozen=True, slots=True)
class Account:
    """A key, and the address it opens.

    ``trusted`` addresses are the operator's word; another may only be of the public Internet.
    ``key_place`` is where a person sets the key; it makes no difference between accounts.
    """

    base_url: str
    api_key: str = field(repr=False)
    trusted: bool = True
    key_place: str = field(default="", compare=False)

    @property
    def host(self) -> str:
        """Whose address it is, as a person knows them."""
        return self.base_url.partition("://")[2].partition("/")[0]


def openai_platform(api_key: str, base_url: str = "") -> Account:
    """The platform's account at OpenAI, from OPENAI_API_KEY and OPENAI_BASE_URL."""
    return Account(
        (base_url or OPENAI_URL).rstrip("/"), api_key.strip(), key_place="OPENAI_API_KEY"
    )


def elevenlabs_platform(api_key: str, base_url: str = "") -> Account:
    """The platform's account at ElevenLabs, from ELEVENLABS_API_KEY and ELEVENLABS_BASE_URL."""
    url = (base_url or ELEVENLABS_URL).rstrip("/")
    return Account(url, api_key.strip(), key_place="ELEVENLABS_API_KEY")


def openai_account(company: Company, platform: Account) -> Account:
    """Who pays for this company's answers from OpenAI; raises KeyRefused when nobody does.

    The company's key opens its ``ai.base_url`` where there is one, hence not OpenAI.
    """
    own = "" if company.ai.base_url else company.ai.api_key
    return _paid_by(own, f"ai.api_key in the profile of {company.slug}", platform)


def compatible_account(company: Company, platform: Account) -> Account:
    """The company's own server, never with the platform's key; else where the operator's is."""
    if not company.ai.base_url:
        return openai_account(company, platform)
    place = f"ai.api_key in the profile of {company.slug}"
    return Account(
        company.ai.base_url.rstrip("/"), company.ai.api_key, trusted=False, key_place=place
    )


def elevenlabs_account(company: Company, platform: Account) -> Account:
    """Who pays for this company's voice; raises KeyRefused when nobody does."""
    place = f"voice.api_key in the profile of {company.slug}"
    return _paid_by(company.voice.api_key, place, platform)


def _paid_by(own: str, place: str, platform: Account) -> Account:
    if own:
        return Account(platform.base_url, own, trusted=platform.trusted, key_place=place)
    if not platform.api_key:
        raise KeyRefused("there is no key", f"set {platform.key_place}, or {place}")
    return platform
