"""When a company, a department or a person is there: one engine for routing, answers and "why?".

The wall clock of the company decides. Where clocks are set forward, a shift that begins in the
skipped hour begins when it is over; where they are set back, both passes of the repeated hour
count alike.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.companies import public_holidays
from clientsvia.companies.calendar import QUIET_DAYS, Calendar
from clientsvia.companies.clocks import next_change
from clientsvia.companies.days import ONE_DAY, Rule
from clientsvia.companies.shifts import DAY, HOUR
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from clientsvia.companies.days import Stretch
    from clientsvia.companies.schedule import Override, Schedule

YEARS_AHEAD = 1
_HORIZON = timedelta(days=366)
_TIMES = tuple(time(*divmod(minute, HOUR)) for minute in range(DAY))
_MINUTES = tuple(timedelta(minutes=count) for count in range(DAY + 1))
_NEVER = datetime.max.replace(tzinfo=UTC)


@value(frozen=True, slots=True)
class Status:
    """Open or not, which layer decided, why in one sentence, and when that ends.

    ``changes_at`` is the company's local time at which it opens or closes next, None when nothing
    changes within a year. ``label`` names the exception, holiday, season or override that decided.
    """

    open: bool
    rule: Rule
    reason: str
    changes_at: datetime | None
    label: str = ""


class Hours:
    """The compiled opening hours of one company, or of a target that has hours of its own.

    On special days a target is closed while ``company`` is, and while that is closed by hand.
    """

    __slots__ = ("_latest", "_memo", "_overrides", "calendar", "zone")

    def __init__(self, schedule: Schedule, time_zone: str, company: Hours | None = None) -> None:
        self.zone = ZoneInfo(time_zone)
        self.calendar: Calendar = Calendar(schedule, company.calendar if company else None)
        own = (schedule.override,) if schedule.override else ()
        self._overrides = (*own, *(company.closed_by_hand if company else ()))
        self._memo: tuple[datetime, datetime, Status] | None = None
        self._latest: tuple[datetime, datetime] = _NEVER, _NEVER

    def prepare(self, now: datetime) -> None:
        """Compile the years callers ask about; any other is compiled when first asked about.

        The holidays of a year are read from files: not while a caller waits.
        """
        this_year = self.local(now).year
        for year in range(this_year - 1, this_year + YEARS_AHEAD + 1):
            self.calendar.prepare(year)
            self.calendar.holiday_names(year)
            public_holidays.widely_known(year)

    @property
    def closed_by_hand(self) -> tuple[Override, ...]:
        """The overrides that close it, those that are over included."""
        return tuple(override for override in self._overrides if override.state == "closed")

    def local(self, now: datetime) -> datetime:
        """An aware moment on the company's clock."""
        # PERF: several ask for one moment in turn; going to the zone takes 0.5 µs each time.
        latest = self._latest
        if latest[0] is now:
            return latest[1]
        local = now.astimezone(self.zone)
        self._latest = now, local
        return local

    def status(self, now: datetime) -> Status:
        """Whether it is open at an aware moment, and why."""
        # PERF: between two changes the answer is the same; remembering it makes 0.3 µs of 2.5 µs.
        memo = self._memo
        if memo is not None and memo[0] <= now < memo[1]:
            return memo[2]
        now = now if now.tzinfo is UTC else now.astimezone(UTC)
        status, valid_until = self._decide(now)
        self._memo = (now, valid_until, status)
        return status

    def _decide(self, now: datetime) -> tuple[Status, datetime]:
        """The status, and the moment up to which all of it holds."""
        for override in self._overrides:
            if override.until is None or override.until > now:
                return self._overridden(override), override.until or _NEVER
        return self._scheduled(now)

    def _overridden(self, override: Override) -> Status:
        is_open = override.state == "open"
        changes_at = None
        if override.until is not None:
            after, _ = self._decide(override.until.astimezone(UTC))
            changes_at = self.local(override.until) if after.open != is_open else after.changes_at
        label = override.label or "set by hand"
        reason = f"{override.state}: {label} (override)"
        return Status(is_open, Rule.OVERRIDE, reason, changes_at, override.label)

    def _scheduled(self, now: datetime) -> tuple[Status, datetime]:
        local = self.local(now)
        here, turn = self._read(local)
        clocks_set = next_change(self.zone, now)
        # PERF: nearly always no clock is set before the turn, and it needs no look at another day.
        if turn is None or local.fold or now + (turn - local) >= clocks_set:
            change = self._change(now, clocks_set, is_open=here.open)
            turn = None if change is None else change.astimezone(self.zone)
        minutes = here.end - local.hour * HOUR - local.minute
        # PERF: one timedelta of all three takes 0.5 µs.
        begun = timedelta(0, local.second, local.microsecond)
        ends = now + (_MINUTES[minutes] - begun)
        status = Status(here.open, here.rule, here.reason, turn, here.label)
        return status, min(ends, clocks_set)

    def _change(self, now: datetime, clocks_set: datetime, *, is_open: bool) -> datetime | None:
        """The moment in UTC that ends a state, by the clock as it runs until it is set, and so on.

        Where clocks are set back the first minutes of what follows may be unlike those before.
        """
        at = now
        while True:
            local = at.astimezone(self.zone)
            stretch, turn = self._read(local)
            if stretch.open is not is_open:
                return at
            if turn is not None and (ends := at + (turn - local)) < clocks_set:
                return ends
            if turn is None and clocks_set - at > ONE_DAY:
                return None
            at, clocks_set = clocks_set, next_change(self.zone, clocks_set)

    def _read(self, local: datetime) -> tuple[Stretch, datetime | None]:
        """What holds at a local moment, and the wall time of the next turn if no clock is set."""
        on, minute = local.date(), local.hour * HOUR + local.minute
        stretches = iter(self.calendar.stretches(on))
        here = next(stretches)
        while here.end <= minute:
            here = next(stretches)
        end = here.end
        for stretch in stretches:
            if stretch.open is not here.open:
                return here, self._wall(on, end)
            end = stretch.end
        return here, self._turn_after(on, is_open=here.open)

    def _turn_after(self, on: date, *, is_open: bool) -> datetime | None:
        """The wall time of the first turn on a later date; None for none within a year."""
        day = on
        for _ in range(QUIET_DAYS):
            day += ONE_DAY
            if (minute := self.calendar.turn(day, is_open=is_open)) is not None:
                return self._wall(day, minute)
        day = self.calendar.next_turn(day) or date.max
        minute = None if day - on > _HORIZON else self.calendar.turn(day, is_open=is_open)
        return None if minute is None else self._wall(day, minute)

    def _wall(self, on: date, minute: int) -> datetime:
        return datetime.combine(on, _TIMES[minute], self.zone)
