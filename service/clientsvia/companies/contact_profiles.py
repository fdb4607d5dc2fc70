"""What a profile says about callers it knows, and how its owner hears of calls."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
import re
from collections import Counter
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from clientsvia.companies.fields import E164, CallerNumber, in_e164
from clientsvia.companies.provider_profiles import public_url
from clientsvia.companies.schedule import Part, ShiftText

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+"
)

Policy = Literal["answer", "message", "refuse"]
"""What callers of some kind get: what all get, the message box, or a sentence and no more."""


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError(f"{text!r} is no e-mail address: write it as office@example.com")
    return text


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Url = Annotated[str, Field(max_length=300), AfterValidator(public_url)]


class CallerProfile(Part):
    """A caller the company knows; one who is ``blocked`` hears a sentence and no more."""

    number: CallerNumber
    name: Annotated[str, Field(max_length=100), StringConstraints(strip_whitespace=True)] = ""
    notes: str = Field(default="", max_length=2000)
    blocked: bool = False


class CallersProfile(Part):
    """Who calls: those who are known, and what callers get who hide or whose number is not theirs.

    ``greet_by_name`` is for companies that do not mind that a number can be feigned.
    """

    known: tuple[CallerProfile, ...] = Field(default=(), max_length=10_000)
    greet_by_name: bool = False
    anonymous: Policy = "answer"
    unverified: Policy = "answer"

    @field_validator("known")
    @classmethod
    def _each_once(cls, known: tuple[CallerProfile, ...]) -> tuple[CallerProfile, ...]:
        counts = Counter(caller.number for caller in known)
        if twice := sorted(number for number, count in counts.items() if count > 1):
            raise ValueError(f"{', '.join(twice)} stands here twice: keep one of each")
        return known


class NotifyProfile(Part):
    """Where the owner hears of messages and missed transfers, and when not.

    ``sms_from`` is a number of the company's Twilio account. In ``quiet`` hours, on the company's
    clock, only what is urgent is sent at once. ``digest`` is the time of a daily summary.
    """

    email: tuple[Email, ...] = Field(default=(), max_length=20)
    sms: tuple[E164, ...] = Field(default=(), max_length=20)
    sms_from: E164 | None = None
    webhook: Url = ""
    quiet: ShiftText | None = None
    digest: dt.time | None = None
    missed: bool = True

    @model_validator(mode="after")
    def _has_a_sender(self) -> Self:
        if self.sms and self.sms_from is None:
            raise ValueError("needs sms_from: a number of the company's that may send messages")
        return self


def callers_in_region(data: Any, region: str | None) -> Any:  # noqa: ANN401 - whatever a file holds
    """Known callers' national numbers in E.164; what cannot be is refused later."""
    known = data.get("known") if isinstance(data, dict) else None
    if not isinstance(known, list | tuple):
        return data
    mended = [
        {**item, "number": in_e164(item["number"], region)}
        if isinstance(item, dict) and isinstance(item.get("number"), str)
        else item
        for item in known
    ]
    return {**data, "known": mended}
