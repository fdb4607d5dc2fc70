"""Companies, steps and entries as tests need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from clientsvia.calls.ports import LogEntry, Step
from clientsvia.companies.ports import Removed, StoredProfile
from clientsvia.companies.profile import CompanyProfile

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SID = "CA" + "1" * 32
OTHER_SID = "CA" + "2" * 32
ACCOUNT = "AC" + "a" * 32
OTHER_ACCOUNT = "AC" + "b" * 32


def company(slug: str = "acme", *numbers: str, **fields: Any) -> CompanyProfile:
    return CompanyProfile.model_validate(
        {
            "slug": slug,
            "name": slug.title(),
            "time_zone": "America/New_York",
            "numbers": list(numbers),
            **fields,
        }
    )


def changed_to(change: StoredProfile | Removed) -> CompanyProfile:
    """The profile of a change that is no removal."""
    assert isinstance(change, StoredProfile)
    return change.profile


def step(key: str = "1:heard", call_sid: str = SID, seconds: float = 0, **fields: Any) -> Step:
    given: dict[str, Any] = {
        "company": "acme",
        "turn": int(key.partition(":")[0]),
        "event": {"kind": "heard", "text": "do you fix pipes", "confidence": 0.9},
        "answered": {"said": ["Yes, we do."], "source": "knowledge:pipes"},
        "reply": b"<Response/>",
        "memory": {},
    }
    return Step(call_sid=call_sid, key=key, at=NOON + timedelta(seconds=seconds), **given | fields)


def entry(
    kind: str, call_sid: str = SID, seconds: float = 0, company: str = "acme", **data: Any
) -> LogEntry:
    return LogEntry(call_sid, company, kind, NOON + timedelta(seconds=seconds), data)


def ringing(call_sid: str = SID, seconds: float = 0, company: str = "acme") -> LogEntry:
    return entry(
        "ringing",
        call_sid,
        seconds,
        company,
        caller="+15551234567",
        called="+12395551212",
        status="ringing",
    )
