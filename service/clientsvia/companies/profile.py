"""A company's profile as people write it: what is imported, exported and stored."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from clientsvia.companies.company import AfterHoursPolicy, Availability
from clientsvia.companies.provider_profiles import AiProfile, SpendProfile, VoiceProfile
from clientsvia.companies.schedule import Part, Schedule
from clientsvia.errors import InvalidNumber
from clientsvia.telephony import numbers as telephone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import ValidationInfo

_EXAMPLE = "write it with its country code, for example +12395551212"
STORED = {"stored": True}
"""The context in which a stored profile is read: what is refused of late does not undo it."""

_E164_LENGTH = 16  # with its plus sign
_DEAR_KINDS = frozenset({"premium_rate", "personal_number"})  # both may cost a fortune a minute

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=63)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Keywords = Annotated[tuple[Annotated[Line, Field(max_length=80)], ...], Field(max_length=40)]


def slugify(text: str) -> str:
    """A readable id made of a text's ASCII letters and digits; empty when it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))[:63].rstrip("-")


def _in_e164(raw: str, region: str | None) -> str:
    try:
        return telephone.normalize(raw, region)
    except InvalidNumber:
        return raw


def _e164(raw: str) -> str:
    try:
        number = telephone.normalize(raw, None)
    except InvalidNumber as error:
        raise ValueError(f"{raw!r} is not a valid number ({error.reason}): {_EXAMPLE}") from None
    if len(number) > _E164_LENGTH:
        raise ValueError(f"{raw!r} has more than E.164's 15 digits: name one that Twilio can call")
    return number


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


E164 = Annotated[str, AfterValidator(_e164)]


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


class TargetProfile(Part):
    """A person or department a call may be passed to."""

    id: Id
    name: Line
    number: E164
    keywords: Keywords = ()
    availability: Availability = Availability.OPEN

    @field_validator("number")
    @classmethod
    def _affordable(cls, number: str, info: ValidationInfo) -> str:
        if info.context == STORED:
            return number
        kind = telephone.parse(number).kind
        if kind in _DEAR_KINDS:
            raise ValueError(f"is a {kind.replace('_', '-')} number: name an ordinary one")
        return number


class AfterHoursProfile(Part):
    """What a call gets while the company is closed; ``forward`` rings ``target``."""

    policy: AfterHoursPolicy = AfterHoursPolicy.MESSAGE
    target: str | None = None


class LimitsProfile(Part):
    """What one call, and one caller, may use."""

    call_seconds: int = Field(default=600, ge=30, le=14_400)
    turns: int = Field(default=40, ge=1, le=500)
    recording_seconds: int = Field(default=120, ge=5, le=3_600)
    calls_per_caller: int = Field(default=3, ge=1, le=100)


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
    active: bool = True
    time_zone: str
    region: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z]{2}$"), AfterValidator(str.upper)
    ] = "US"
    address: str = Field(default="", max_length=300)
    numbers: tuple[NumberEntry, ...] = Field(default=(), max_length=1000)
    greeting: str = Field(default="", max_length=1000)
    agent: AgentProfile = AgentProfile()
    ai: AiProfile = AiProfile()
    voice: VoiceProfile = VoiceProfile()
    spend: SpendProfile = SpendProfile()
    hours: Schedule = Schedule()
    knowledge: tuple[KnowledgeEntry, ...] = Field(default=(), max_length=20_000)
    targets: tuple[TargetProfile, ...] = Field(default=(), max_length=500)
    after_hours: AfterHoursProfile = AfterHoursProfile()
    limits: LimitsProfile = LimitsProfile()
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
            _in_e164(item, region)
            if isinstance(item, str)
            else {**item, "number": _in_e164(item["number"], region)}
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

    @field_validator("after_hours")
    @classmethod
    def _target_exists(
        cls, after_hours: AfterHoursProfile, info: ValidationInfo
    ) -> AfterHoursProfile:
        if "targets" not in info.data:
            return after_hours
        known = [target.id for target in info.data["targets"]]
        forwards = after_hours.policy is AfterHoursPolicy.FORWARD
        if (forwards or after_hours.target is not None) and after_hours.target not in known:
            raise ValueError(
                f"no target has the id {after_hours.target!r}: write one of {', '.join(known)}"
                if known
                else "needs a target to forward to: add one under targets"
            )
        return after_hours
