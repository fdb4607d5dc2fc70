"""A company as a call sees it: a frozen snapshot, compiled once from its profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientsvia.companies.contacts import Callers, Notify
    from clientsvia.companies.hours import Hours
    from clientsvia.companies.knowledge import Knowledge
    from clientsvia.companies.routing import Account, AfterHours, Routing, Target, Urgent


@dataclass(frozen=True, slots=True)
class Agent:
    """Who answers: name, manner, and the voice and language Twilio speaks and hears in."""

    name: str
    personality: str
    instructions: str
    voice: str
    language: str


@dataclass(frozen=True, slots=True)
class AiSettings:
    """Which responder answers, and how.

    ``responder`` is ``auto``, ``openai``, ``compatible`` or ``knowledge``; ``fallbacks`` answer in
    their order when it cannot. ``model`` and ``api_key`` are empty where the service's own are
    meant. ``length`` is in tokens, at most. ``threshold`` is the least score of a knowledge answer.
    """

    responder: str
    model: str
    temperature: float
    threshold: float
    length: int
    base_url: str
    fallbacks: tuple[str, ...]
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """Whose voice speaks: ``provider`` is ``auto``, ``say`` (Twilio) or ``elevenlabs``.

    ``voice``, ``model`` and ``api_key`` are empty where the service's own are meant.
    """

    provider: str
    voice: str
    model: str
    stability: float
    similarity: float
    speed: float
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SpendSettings:
    """What providers may cost: ``monthly_usd`` in US dollars a calendar month, 0 for no limit.

    The others are what speculation may throw away, in a call and in a day; 0 for none at all.
    """

    monthly_usd: float
    speculation_usd_per_call: float
    speculation_usd_per_day: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call, and one caller, may use."""

    call_seconds: int
    turns: int
    recording_seconds: int
    calls_per_caller: int


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """The account that signs a company's webhooks; several tokens while one is being rotated."""

    sid: str
    tokens: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Company:
    """Everything a call needs to know of the company that is called.

    ``revision`` grows with every change in the store; what was prepared under another is discarded.
    ``numbers`` are the E.164 numbers in service, ``inactive_numbers`` those switched off.
    ``disclosure`` is said after the greeting.
    """

    slug: str
    revision: int
    name: str
    account: Account
    numbers: tuple[str, ...]
    inactive_numbers: frozenset[str]
    region: str
    address: str
    greeting: str
    disclosure: str
    agent: Agent
    ai: AiSettings
    voice: VoiceSettings
    spend: SpendSettings
    hours: Hours
    knowledge: Knowledge
    targets: tuple[Target, ...]
    after_hours: AfterHours
    routing: Routing
    urgent: Urgent
    callers: Callers
    notify: Notify
    limits: Limits
    twilio: TwilioAccount | None

    def target(self, target_id: str | None) -> Target | None:
        """The transfer target of this id, or None."""
        for target in self.targets:
            if target.id == target_id:
                return target
        return None
