"""A company's profile as people write it: what is imported, exported and stored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from clientsvia.companies.contact_profiles import CallersProfile, NotifyProfile, callers_in_region
from clientsvia.companies.fields import E164, STORED, Id, Keywords, Line, in_e164, slugify
from clientsvia.companies.provider_profiles import AiProfile, SpendProfile, VoiceProfile
from clientsvia.companies.routing_profiles import (
    AccountProfile,
    AfterHoursProfile,
    RoutingProfile,
    TargetProfile,
    UrgentProfile,
    refused_numbers,
    unknown_targets,
)
from clientsvia.companies.schedule import Part, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import ValidationInfo

    _Naming = AfterHoursProfile | RoutingProfile | UrgentProfile | AccountProfile


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


class NumberEntry(Part):
    """A number of the company; calls to one that is not active get a kind sentence."""

    number: E164
    active: bool = True

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        return data if isinstance(data, dict) else {"number": data}


class AgentProfile(Part):
    """Who answers, and the voice and language Twilio speaks and hears in."""

    name: Line = "Ava"
    personality: str = Field(default="", max_length=2000)
    instructions: str = Field(default="", max_length=8000)
    voice: Annotated[
        str,
        StringConstraints(
            pattern=r"^(?:man|woman|Polly\.[^\W\d_]+(?:-Neural|-Generative)?|Google\.[\w-]+)$"
        ),
    ] = "Polly.Joanna-Neural"
    language: Annotated[
        str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$")
    ] = "en-US"


class KnowledgeEntry(Part):
    """One question the company can answer; ``id`` is made of the question when left out."""

    id: Id
    question: Line
    answer: str = Field(min_length=1, max_length=2000)
    keywords: Keywords = ()
    category: str = Field(default="", max_length=80)

    @model_validator(mode="before")
    @classmethod
    def _with_id(cls, data: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        if (
            not isinstance(data, dict)
            or data.get("id")
            or not isinstance(data.get("question"), str)
        ):
            return data
        return {**data, "id": slugify(data["question"])}


class LimitsProfile(Part):
    """What one call, and one caller, may use."""

    call_seconds: int = Field(default=600, ge=30, le=14_400)
    turns: int = Field(default=40, ge=1, le=500)
    recording_seconds: int = Field(default=120, ge=5, le=3_600)
    calls_per_caller: int = Field(default=3, ge=1, le=100)


class PrivacyProfile(Part):
    """How long what callers said and left is kept: ``retention_days`` days, 0 for ever."""

    retention_days: int = Field(default=90, ge=0, le=3650)


class TwilioProfile(Part):
    """The Twilio account of the company's numbers; no tokens mean those that are stored."""

    account_sid: Annotated[str, StringConstraints(pattern=r"^AC[0-9a-fA-F]{32}$")]
    auth_tokens: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        default=(), max_length=4, repr=False
    )


_Identified = TypeVar("_Identified", KnowledgeEntry, TargetProfile)


class CompanyProfile(Part):
    """Everything the owner of a company sets; equal profiles make equal companies."""

    slug: Id
    name: Line
    time_zone: str
    region: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z]{2}$"), AfterValidator(str.upper)
    ] = "US"
    address: str = Field(default="", max_length=300)
    numbers: tuple[NumberEntry, ...] = Field(default=(), max_length=1000)
    greeting: str = Field(default="", max_length=1000)
    disclosure: str = Field(default="", max_length=500)
    agent: AgentProfile = AgentProfile()
    ai: AiProfile = AiProfile()
    voice: VoiceProfile = VoiceProfile()
    spend: SpendProfile = SpendProfile()
    hours: Schedule = Schedule()
    knowledge: tuple[KnowledgeEntry, ...] = Field(default=(), max_length=20_000)
    targets: tuple[TargetProfile, ...] = Field(default=(), max_length=500)
    after_hours: AfterHoursProfile = AfterHoursProfile()
    routing: RoutingProfile = RoutingProfile()
    urgent: UrgentProfile = UrgentProfile()
    account: AccountProfile = AccountProfile()
    callers: CallersProfile = CallersProfile()
    notify: NotifyProfile = NotifyProfile()
    limits: LimitsProfile = LimitsProfile()
    privacy: PrivacyProfile = PrivacyProfile()
    twilio: TwilioProfile | None = None

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"{value!r} is no time zone: write an IANA name such as America/New_York"
            ) from None
        return value

    @field_validator("numbers", "targets", mode="before")
    @classmethod
    def _in_region(cls, items: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - a file's
        """National numbers become E.164 where the region is known; what cannot is refused later."""
        region = info.data.get("region")
        if not isinstance(items, list | tuple):
            return items
        return [
            in_e164(item, region)
            if isinstance(item, str)
            else {**item, "number": in_e164(item["number"], region)}
            if isinstance(item, dict) and isinstance(item.get("number"), str)
            else item
            for item in items
        ]

    @field_validator("numbers")
    @classmethod
    def _numbers_once(cls, items: tuple[NumberEntry, ...]) -> tuple[NumberEntry, ...]:
        if twice := _repeated(item.number for item in items):
            raise ValueError(f"{', '.join(twice)} stands here twice: keep one of each")
        return items

    @field_validator("knowledge", "targets")
    @classmethod
    def _ids_once(cls, items: tuple[_Identified, ...]) -> tuple[_Identified, ...]:
        if twice := _repeated(item.id for item in items):
            raise ValueError(f"the id {', '.join(twice)} stands here twice: give each its own")
        return items

    @field_validator("targets")
    @classmethod
    def _each_rings_known_ones(cls, items: tuple[TargetProfile, ...]) -> tuple[TargetProfile, ...]:
        if wrong := unknown_targets(items):
            raise ValueError(wrong)
        return items

    @field_validator("targets")
    @classmethod
    def _numbers_may_be_rung(
        cls, items: tuple[TargetProfile, ...], info: ValidationInfo
    ) -> tuple[TargetProfile, ...]:
        own = (entry.number for entry in info.data.get("numbers", ()))
        region = info.data.get("region", "")
        if info.context != STORED and (wrong := refused_numbers(items, region, own)):
            raise ValueError(wrong)
        return items

    @field_validator("after_hours", "routing", "urgent", "account")
    @classmethod
    def _target_exists(cls, part: _Naming, info: ValidationInfo) -> _Naming:
        named, known = part.named, [target.id for target in info.data.get("targets", ())]
        if "targets" in info.data and named is not None and named not in known:
            raise ValueError(
                f"no target has the id {named!r}: write one of {', '.join(known)}"
                if known
                else "needs a target to ring: add one under targets"
            )
        return part

    @field_validator("callers", mode="before")
    @classmethod
    def _callers_in_region(cls, callers: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - a file's
        return callers_in_region(callers, info.data.get("region"))

    @model_validator(mode="before")
    @classmethod
    def _once_switched_off(cls, data: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        """A profile written before there was ``account`` says ``active``."""
        if not isinstance(data, dict) or "active" not in data:
            return data
        rest = {name: value for name, value in data.items() if name != "active"}
        off = str(data["active"]).lower() == "false"
        return {"account": {"state": "suspended"}, **rest} if off else rest
