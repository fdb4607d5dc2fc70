"""What differs between two profiles of a company, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.companies.files import as_data
from clientsvia.companies.saving import KEYED, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientsvia.companies.profile import CompanyProfile


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; None stands for a field that is not set."""

    field: str
    before: Any
    after: Any


def changes_between(before: CompanyProfile, after: CompanyProfile) -> Sequence[Change]:
    """Every field that differs; of secrets only that they do."""
    return (*data_changes(as_data(before), as_data(after)), *secret_changes(before, after))


def data_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Change]:
    """The fields that differ between two profiles as plain data."""
    return tuple(_changes("", before, after))


def secret_changes(before: CompanyProfile, after: CompanyProfile) -> Iterator[Change]:
    """The secrets that differ, told without their values."""
    old, new = _tokens(before), _tokens(after)
    if old != new:
        yield Change("twilio.auth_tokens", old and "stored tokens", new and "other tokens")
    keys, others = keys_of(before), keys_of(after)
    for name in KEYED:
        if keys[name] != others[name]:
            was, becomes = keys[name] and "stored key", others[name] and "other key"
            yield Change(f"{name}.api_key", was, becomes)


def _tokens(profile: CompanyProfile) -> tuple[str, ...] | None:
    return (profile.twilio and profile.twilio.auth_tokens) or None


def _changes(path: str, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401 - JSON
    if before == after:
        return
    old, new = by_name(before), by_name(after)
    if old is None or new is None:
        yield Change(path, before, after)
        return
    for name in dict.fromkeys([*old, *new]):
        inner = f"{path}.{name}" if path else name
        yield from _changes(inner, old.get(name), new.get(name))


def by_name(value: Any) -> Mapping[str, Any] | None:  # noqa: ANN401 - JSON
    """A section as it is, a list of entries by id or number; None for other values."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        names = [item.get("id", item.get("number")) for item in value]
        if None not in names:
            return dict(zip(names, value, strict=True))
    return None
