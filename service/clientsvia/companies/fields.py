"""The types of a profile's plain fields, with what is refused in them and why."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from clientsvia.errors import InvalidNumber
from clientsvia.telephony import numbers as telephone

STORED = {"stored": True}
"""The context in which a stored profile is read: what is refused of late does not undo it."""

_EXAMPLE = "write it with its country code, for example +12395551212"
_E164_LENGTH = 16  # with its plus sign

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=63)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Keywords = Annotated[tuple[Annotated[Line, Field(max_length=80)], ...], Field(max_length=40)]


def slugify(text: str) -> str:
    """A readable id made of a text's ASCII letters and digits; empty when it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))[:63].rstrip("-")


def in_e164(raw: str, region: str | None) -> str:
    """A number of this region in E.164; what is none is left as it is, and refused later."""
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


E164 = Annotated[str, AfterValidator(_e164)]


def _caller(raw: str) -> str:
    try:
        return telephone.normalize(raw, None, possible=True)
    except InvalidNumber as error:
        raise ValueError(f"{raw!r} is no number ({error.reason}): {_EXAMPLE}") from None


CallerNumber = Annotated[str, AfterValidator(_caller)]
"""A number in E.164 that may be nobody's: whom people block seldom shows one of their own."""
