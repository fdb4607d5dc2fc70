"""Wrong fields of a script, each in a line that says what to do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import ValidationError


def explained(error: ValidationError, source: str, fields: Mapping[str, Collection[str]]) -> str:
    """Every wrong field of ``error``, a line each; ``fields`` are the known ones by section."""
    lines = [f"  {_place(detail['loc'])}: {_remedy(detail, fields)}" for detail in error.errors()]
    return "\n".join([f"{source} cannot be used:", *lines])


def _place(location: tuple[int | str, ...]) -> str:
    place = ""
    for part in location:
        place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else part
    return place or "script"


def _remedy(detail: Mapping[str, Any], fields: Mapping[str, Collection[str]]) -> str:
    if detail["type"] != "extra_forbidden":
        return str(detail["msg"]).removeprefix("Value error, ")
    location = detail["loc"]
    section = str(location[0]) if len(location) > 1 else ""
    known = sorted(fields.get(section, ()))
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    if close:
        return f"unknown; did you mean {close[0]}?"
    return f"unknown; use one of {', '.join(known)}"
