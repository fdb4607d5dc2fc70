"""What the operator is to hear of, counted in memory where it happens and told once an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.logs import without_secrets
from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from clientsvia.calls.ports import Clock
    from clientsvia.notices.ports import Outbox

AN_HOUR = timedelta(hours=1)
_LONGEST = 500


class Alarm(StrEnum):
    """What is wrong; each is told of a company at most once an hour."""

    SIGNATURE = "signature"
    FALLBACK = "fallback"


WHAT = {
    Alarm.SIGNATURE: "Webhooks are refused for their signature",
    Alarm.FALLBACK: "Twilio could not use an answer",
}


@dataclass(slots=True)
class _Counted:
    count: int
    since: datetime
    found: str
    remedy: str


class Alarms:
    """Counts by company and kind; what is counted within an hour of the last word waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[tuple[Alarm, str], _Counted] = {}
        self._told: dict[tuple[Alarm, str], datetime] = {}

    def note(self, alarm: Alarm, company: str, found: str, remedy: str) -> None:
        """Count it; returns at once and never raises."""
        counted = self._waiting.get((alarm, company))
        if counted is None:
            counted = _Counted(0, self._clock.now(), found, remedy)
            self._waiting[(alarm, company)] = counted
        counted.count += 1
        counted.found, counted.remedy = found, remedy

    @property
    def waiting(self) -> bool:
        """Whether anything has not been told."""
        return bool(self._waiting)

    async def flush(self, outbox: Outbox) -> None:
        """Put what may be told by now into the outbox; what that does not take waits on."""
        now = self._clock.now()
        for key, counted in list(self._waiting.items()):
            told = self._told.get(key)
            if told is not None and now < told + AN_HOUR:
                continue
            count = counted.count
            await outbox.add([_notice(*key, counted, now)])
            self._told[key] = now
            counted.count -= count
            if counted.count <= 0:  # else more was counted meanwhile
                del self._waiting[key]


def _notice(alarm: Alarm, company: str, counted: _Counted, now: datetime) -> Notice:
    data = {
        "what": WHAT[alarm],
        "company": company,
        "count": counted.count,
        "since": counted.since.isoformat(),
        "found": without_secrets(counted.found)[:_LONGEST],
        "remedy": counted.remedy,
    }
    key = f"{alarm}:{company}:{now:%Y-%m-%dT%H}"
    return Notice("", key, NoticeKind.OPERATOR, now, now, data=data)
