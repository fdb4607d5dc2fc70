"""What is wrong with a profile, field by field, each with a remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic_core import ErrorDetails

_SHOWN = 60
_SECRET = re.compile(r"twilio|token|secret|(?<!\[)key(?!words\b)")
_NEVER_SHOWN = frozenset({"extra_forbidden", "model_type", "dict_type"})

_REMEDIES = {
    "missing": "is missing: add it",
    "extra_forbidden": "is no field of a profile: check its spelling or remove it",
    "string_type": "must be text: put it in quotes",
    "string_pattern_mismatch": "has the wrong form: write {form}",
    "string_too_short": "must not be empty: write something or remove the field",
    "string_too_long": "is too long: shorten it to {max_length} characters",
    "too_long": "has too many entries: keep at most {max_length}",
    "tuple_type": "must be a list: start each entry with a dash",
    "dict_type": "must be a section with fields of its own",
    "model_type": "must be a section with fields of its own",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "greater_than_equal": "is too small: write at least {ge}",
    "less_than_equal": "is too large: write at most {le}",
    "date_from_datetime_parsing": "is no date: write it as 2026-12-24",
    "date_parsing": "is no date: write it as 2026-12-24",
    "datetime_parsing": "is no moment: write it as 2026-12-24T14:00:00-05:00",
    "datetime_from_date_parsing": "is no moment: write it as 2026-12-24T14:00:00-05:00",
    "timezone_aware": "has no offset from UTC: end it with one, as in 2026-12-24T14:00:00-05:00",
}

_FORMS = {
    "slug": "lower-case letters, digits and hyphens, as in gulf-breeze",
    "id": "lower-case letters, digits and hyphens, as in front-desk",
    "region": "two letters of a country, as in US",
    "voice": "a voice of Twilio's, as in Polly.Joanna-Neural",
    "language": "a language and country, as in en-US",
    "api_key": "the key as the provider shows it, without spaces",
    "account_sid": "AC and 32 hexadecimal digits, copied from the Twilio console",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong field: its file (may be empty), its path, what is wrong and what to do.

    ``plain`` is the text without the value that stands there, where that differs.
    """

    file: str
    field: str
    text: str
    plain: str = dataclass_field(default="", compare=False)

    @property
    def without_value(self) -> str:
        """What is wrong, for those to whom nothing that they sent is repeated."""
        return self.plain or self.text

    def __str__(self) -> str:
        """One line for people."""
        return ": ".join(part for part in (self.file, self.field, self.text) if part)


def check(data: Any, file: str = "") -> tuple[CompanyProfile | None, Sequence[Problem]]:  # noqa: ANN401 - a file's
    """A profile, or else every problem that keeps ``data`` from being one."""
    try:
        return CompanyProfile.model_validate(data), ()
    except ValidationError as error:
        return None, problems_of(error, file)


def problems_of(error: ValidationError, file: str = "") -> Sequence[Problem]:
    """Every field that pydantic refuses."""
    return [
        Problem(file, _path(details["loc"]), *_texts(details))
        for details in error.errors(include_url=False)
    ]


def refuse(problems: Iterable[Problem]) -> InvalidProfile:
    """The exception that lists the problems, one a line."""
    listed = tuple(problems)
    return InvalidProfile("\n".join(map(str, listed)), listed)


def _path(location: tuple[int | str, ...]) -> str:
    """A location as people write it: ``knowledge[3].answer``."""
    path = ""
    # A wrong key is pydantic's "[key]" under the key itself.
    for part in location if location[-1:] != ("[key]",) else location[:-1]:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _texts(details: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and the same without the value."""
    context = details.get("ctx", {})
    form = _FORMS.get(str((details["loc"] or ("",))[-1]), "what matches {pattern}")
    if details["type"] == "value_error":
        text = str(context["error"])
        return text, _unquoted(text, details["input"])
    remedy = _REMEDIES.get(details["type"], details["msg"]).format_map({**context, "form": form})
    value = details["input"]
    if isinstance(value, str | int | float) and not _may_be_secret(details):
        return f"{_short(value)} {remedy}", remedy
    return remedy, remedy


def _unquoted(text: str, value: Any) -> str:  # noqa: ANN401 - whatever was sent
    """A rule's text without the values it quotes."""
    for leaf in sorted(map(repr, _leaves(value)), key=len, reverse=True):
        text = text.replace(leaf, "it")
    return text


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Every text in a value, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)


def _may_be_secret(details: ErrorDetails) -> bool:
    """Whether a token may stand there, if only by a slip, as in a field that does not exist."""
    named = any(_SECRET.search(str(part).lower()) for part in details["loc"])
    return named or details["type"] in _NEVER_SHOWN


def _short(value: float | str) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
