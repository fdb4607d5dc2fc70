"""Callers a company knows, and how its owner hears of calls, as a call sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from clientsvia.companies.shifts import Shift


class CallerPolicy(StrEnum):
    """What callers of some kind get."""

    ANSWER = "answer"
    MESSAGE = "message"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """A caller by number in E.164."""

    number: str
    name: str
    notes: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Callers:
    """Known callers by number, and what those get who hide or feign theirs."""

    known: Mapping[str, KnownCaller]
    greet_by_name: bool
    anonymous: CallerPolicy
    unverified: CallerPolicy


@dataclass(frozen=True, slots=True)
class Notify:
    """Where the owner hears of calls; ``quiet`` and ``digest`` are on the company's clock."""

    email: tuple[str, ...]
    sms: tuple[str, ...]
    sms_from: str | None
    webhook: str
    quiet: Shift | None
    digest: time | None
    missed: bool
