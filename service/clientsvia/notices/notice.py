"""Something that somebody must hear of, whatever channel carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class NoticeKind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    MISSED = "missed"
    URGENT = "urgent"
    DIGEST = "digest"
    USAGE = "usage"
    OPERATOR = "operator"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell the owner of ``company``, or with an empty one the operator.

    It is told once for each (``company``, ``key``). ``data`` is a JSON object of what the templates
    of its ``kind`` speak of. Nothing is sent before ``due``, in UTC; what is ``urgent`` is sent in
    quiet hours too.
    """

    company: str
    key: str
    kind: NoticeKind
    at: datetime
    due: datetime
    urgent: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
