"""How long webhooks took: by stage, by company, and over time, from the call log."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clientsvia.admin.latency_sums import TOTAL, Hour, Sums, count, hour_of, size_of, sums_of
from clientsvia.calls.log_queries import Span
from clientsvia.errors import ClientsViaError, InvalidInput
from clientsvia.latency.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.latency.summary import Summary

LONGEST_SPAN = timedelta(days=92)

_WEEK = timedelta(days=7)
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_SETTLED = timedelta(minutes=10)  # after an hour's end: the log may get its last lines a bit later
_SIZES_KEPT = 400_000  # about 40 MB
_DAYS_KEPT = 100_000
_FRESH = timedelta(seconds=30)
_PATIENCE = 0.02  # seconds


class Per(StrEnum):
    """How time is divided."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class LatencyReport:
    """The webhooks of a span, summed up in nanoseconds; nothing for what did not occur.

    ``stages`` is by the name of a stage, with their sum as ``total``. ``companies`` and ``times``
    are sums: by slug, and by the beginning of each hour or day on the zone's clock.
    """

    span: Span
    stages: Mapping[str, Summary]
    companies: Mapping[str, Summary]
    times: Mapping[datetime, Summary]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is to be of; raises InvalidInput for a span that is too long, or ends first.

    It is of the whole hours that the span touches, of one company alone where one is given.
    """

    span: Span
    zone: ZoneInfo
    per: Per = Per.HOUR
    company: str | None = None

    def __post_init__(self) -> None:
        if not timedelta() < self.span.until - self.span.since <= LONGEST_SPAN:
            raise InvalidInput(
                f"latency is told for a span of up to {LONGEST_SPAN.days} days: "
                "begin it before it ends, and not so long before"
            )
        if self.span.since < _EARLIEST or self.span.until > _LATEST:
            raise InvalidInput("nobody called in that century: ask for a span of this one")

    @property
    def whole(self) -> Span:
        """The hours it touches."""
        last = hour_of(self.span.until - timedelta(microseconds=1))
        return Span(hour_of(self.span.since), last + _HOUR)


def week_up_to(until: datetime) -> datetime:
    """Where a span begins of which only the end is told."""
    return max(until, _EARLIEST) - _WEEK


class Latencies:
    """Reports from the log of calls; remembers hours, and days, that are over.

    PERF: 100,000 webhooks are read and counted in about a second, in threads; what is remembered
    is only added up, for one company and a month in a few milliseconds. One instance a process.
    """

    def __init__(self, log: CallLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._hours: Kept[datetime, Hour] = Kept(_SIZES_KEPT)
        self._days: Kept[tuple[str | None, datetime, datetime], Sums] = Kept(_DAYS_KEPT)
        self._reading = asyncio.Lock()  # two who look at once would read all of it twice
        self._makings: dict[tuple[Span, ZoneInfo, Per, str | None], _Making] = {}

    async def at_once(self, asked: Asked, *, patience: float = _PATIENCE) -> LatencyReport | None:
        """A report that is at most half a minute old; None where the log takes longer to read.

        It goes on being read: ask again. ``patience`` is in seconds.
        """
        now = self._clock.now()
        self._makings = {key: one for key, one in self._makings.items() if not one.is_old(now)}
        key = (asked.whole, asked.zone, asked.per, asked.company)
        if key not in self._makings:
            self._makings[key] = _Making(asyncio.create_task(self.report(asked)), self._clock)
        task = self._makings[key].task
        await asyncio.wait({task}, timeout=patience)
        return task.result() if task.done() else None

    async def close(self) -> None:
        """Give up what is being read."""
        for making in self._makings.values():
            making.task.cancel()
            with suppress(asyncio.CancelledError, ClientsViaError):
                await making.task

    async def report(self, asked: Asked) -> LatencyReport:
        """The report, however long the log takes to read."""
        now, company = self._clock.now(), asked.company
        times = _times(asked, now)
        ends = {begin: (company, hours[0], hours[-1]) for begin, hours in times.items()}
        parts = {begin: kept for begin, end in ends.items() if (kept := self._days.get(end))}
        missing = {begin: hours for begin, hours in times.items() if begin not in parts}
        async with self._reading:
            found = await self._read([hour for hours in missing.values() for hour in hours], now)
        made = await asyncio.to_thread(_sums, missing, found, company)
        for begin, sums in made.items():
            if len(times[begin]) > 1 and _is_settled(times[begin][-1], now):
                self._days.put(ends[begin], sums, sums.size)
        told = {begin: parts.get(begin) or made[begin] for begin in times}
        return await asyncio.to_thread(_report, asked.whole, told)

    async def _read(self, hours: Sequence[datetime], now: datetime) -> dict[datetime, Hour]:
        """The hours: those that are not remembered are read, as one span where they join."""
        found = {hour: kept for hour in hours if (kept := self._hours.get(hour)) is not None}
        for gap in _gaps([hour for hour in hours if hour not in found]):
            counted: dict[datetime, Hour] = {hour: {} for hour in _hours(gap)}
            async for chunk in self._log.timings(gap):
                await asyncio.to_thread(count, counted, chunk)
            for hour, figures in counted.items():
                found[hour] = figures
                if _is_settled(hour, now):
                    self._hours.put(hour, figures, size_of(figures))
        return found


class _Making:
    """A report that is being made, or was made not long ago."""

    def __init__(self, task: asyncio.Task[LatencyReport], clock: Clock) -> None:
        self.task = task
        self._clock = clock
        self._done_at: datetime | None = None
        task.add_done_callback(self._note)

    def is_old(self, now: datetime) -> bool:
        """Whether to make it anew; one that failed is told once."""
        return self._done_at is not None and now - self._done_at > _FRESH

    def _note(self, task: asyncio.Task[LatencyReport]) -> None:
        failed = task.cancelled() or task.exception() is not None
        self._done_at = datetime.min.replace(tzinfo=UTC) if failed else self._clock.now()


def _is_settled(hour: datetime, now: datetime) -> bool:
    return hour + _HOUR + _SETTLED <= now


def _times(asked: Asked, now: datetime) -> dict[datetime, list[datetime]]:
    """The hours by what they are summed up to; those beyond the present are not asked for."""
    times: dict[datetime, list[datetime]] = {}
    for hour in _hours(asked.whole):
        if hour <= now:
            times.setdefault(_begin(hour.astimezone(asked.zone), asked.per), []).append(hour)
    return times


def _begin(local: datetime, per: Per) -> datetime:
    """The beginning of the hour or day; where zones are half an hour off, so are their hours."""
    return local.replace(hour=0, minute=0, fold=0) if per is Per.DAY else local


def _hours(span: Span) -> Iterator[datetime]:
    hour = span.since
    while hour < span.until:
        yield hour
        hour += _HOUR


def _gaps(hours: Iterable[datetime]) -> Iterator[Span]:
    """Hours in the order of time as the fewest spans."""
    gap: Span | None = None
    for hour in hours:
        if gap is not None and gap.until == hour:
            gap = Span(gap.since, hour + _HOUR)
            continue
        if gap is not None:
            yield gap
        gap = Span(hour, hour + _HOUR)
    if gap is not None:
        yield gap


def _sums(
    times: Mapping[datetime, Sequence[datetime]],
    found: Mapping[datetime, Hour],
    company: str | None,
) -> dict[datetime, Sums]:
    return {
        begin: sums_of([found[hour] for hour in hours], company) for begin, hours in times.items()
    }


def _report(span: Span, parts: Mapping[datetime, Sums]) -> LatencyReport:
    every = Sums()
    for sums in parts.values():
        every.add(sums)
    names = sorted(every.stages, key=lambda name: name == TOTAL)  # in their order, then their sum
    return LatencyReport(
        span,
        {name: every.stages[name].summary() for name in names},
        {slug: every.companies[slug].summary() for slug in sorted(every.companies)},
        {begin: sums.stages[TOTAL].summary() for begin, sums in parts.items() if sums.stages},
    )


def as_data(report: LatencyReport) -> dict[str, Any]:
    """A report as JSON has it; times are beginnings, with the offset of the zone's clock."""
    return {
        "since": report.span.since,
        "until": report.span.until,
        "stages": [{"stage": name, **asdict(one)} for name, one in report.stages.items()],
        "companies": [{"company": slug, **asdict(one)} for slug, one in report.companies.items()],
        "times": [{"at": begin, **asdict(one)} for begin, one in report.times.items()],
    }
