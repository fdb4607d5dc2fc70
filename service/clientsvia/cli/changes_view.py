"""Changes of fields as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.table import Table

    from clientsvia.companies.changes import Change

_SHOWN = 60


def add_changes(table: Table, changes: Iterable[Change], *, first: Sequence[str] = ()) -> None:
    """Add a row for each change, behind the cells of ``first``, which stand in one row alone."""
    for change in changes:
        table.add_row(*first, escape(change.field), _short(change.before), _short(change.after))
        first = ("",) * len(first)


def _short(value: Any) -> str:  # noqa: ANN401 - whatever a profile holds
    text = (
        "" if value is None else value if isinstance(value, str) else orjson.dumps(value).decode()
    )
    return escape(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
