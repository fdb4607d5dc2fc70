"""How long webhooks took: by stage, by company, and over time, from the call log."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import Span
from clientsvia.errors import InvalidInput
from clientsvia.latency.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from clientsvia.calls.log_queries import Timing
    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.latency.summary import Summary

TOTAL = "total"
LONGEST_SPAN = timedelta(days=92)

_HOUR = timedelta(hours=1)
_SETTLED = timedelta(minutes=10)  # after an hour's end: the log may get its last lines a bit later
_SIZES_KEPT = 400_000  # about 40 MB


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


Stages = dict[str, Histogram]
Hour = dict[str, Stages]
"""An hour's histograms by company and stage, the total among them."""


class Latencies:
    """Reports from the log of calls; remembers hours that are over.

    PERF: 100,000 webhooks are read and counted in about a second, in threads; hours that are
    remembered are only added up. One instance a process.
    """

    def __init__(self, log: CallLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._hours: OrderedDict[datetime, Hour] = OrderedDict()
        self._kept = 0
        self._reading = asyncio.Lock()  # two who look at once would read all of it twice

    async def report(
        self, span: Span, zone: ZoneInfo, *, per: Per = Per.HOUR, company: str | None = None
    ) -> LatencyReport:
        """The whole hours that a span touches, of one company alone where one is given.

        Raises InvalidInput for a span that is too long, or ends before it begins.
        """
        if not timedelta() < span.until - span.since <= LONGEST_SPAN:
            raise InvalidInput(
                f"latency is told for a span of up to {LONGEST_SPAN.days} days: "
                "begin it before it ends, and not so long before"
            )
        whole = Span(_hour_of(span.since), _hour_of(span.until - timedelta(microseconds=1)) + _HOUR)
        async with self._reading:
            hours = await self._read(whole)
        return await asyncio.to_thread(_sum_up, whole, hours, zone, per, company)

    async def _read(self, span: Span) -> dict[datetime, Hour]:
        """The hours of a span: those that are not remembered are read, as one span where they join.

        Those beyond the present are not asked for.
        """
        now = self._clock.now()
        wanted = [hour for hour in _hours(span) if hour <= now]
        found = {hour: self._hours[hour] for hour in wanted if hour in self._hours}
        for gap in _gaps([hour for hour in wanted if hour not in found]):
            counted: dict[datetime, Hour] = {hour: {} for hour in _hours(gap)}
            async for chunk in self._log.timings(gap):
                await asyncio.to_thread(_count, counted, chunk)
            for hour, figures in counted.items():
                found[hour] = figures
                if hour + _HOUR + _SETTLED <= now:
                    self._remember(hour, figures)
        return found

    def _remember(self, hour: datetime, figures: Hour) -> None:
        self._hours[hour] = figures
        self._kept += _sizes(figures)
        while self._kept > _SIZES_KEPT:
            _, forgotten = self._hours.popitem(last=False)
            self._kept -= _sizes(forgotten)


def _hour_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


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


def _count(hours: dict[datetime, Hour], timings: Iterable[Timing]) -> None:
    for timing in timings:
        if not timing.stages:
            continue
        stages = hours[_hour_of(timing.at)].setdefault(timing.company, {})
        for name, duration in timing.stages.items():
            _histogram(stages, name).add(duration)
        _histogram(stages, TOTAL).add(sum(timing.stages.values()))


def _histogram(stages: Stages, name: str) -> Histogram:
    found = stages.get(name)
    if found is None:
        found = stages[name] = Histogram()
    return found


def _sizes(hour: Hour) -> int:
    """What an hour takes to remember; one without calls takes something as well."""
    return 1 + sum(len(one) for stages in hour.values() for one in stages.values())


def _sum_up(
    span: Span, hours: Mapping[datetime, Hour], zone: ZoneInfo, per: Per, company: str | None
) -> LatencyReport:
    stages: defaultdict[str, Histogram] = defaultdict(Histogram)
    companies: defaultdict[str, Histogram] = defaultdict(Histogram)
    times: defaultdict[datetime, Histogram] = defaultdict(Histogram)
    for hour in sorted(hours):
        begin = _begin(hour.astimezone(zone), per)
        for slug, found in hours[hour].items():
            if company not in {None, slug}:
                continue
            for name, histogram in found.items():
                stages[name].merge(histogram)
            companies[slug].merge(found[TOTAL])
            times[begin].merge(found[TOTAL])
    names = sorted(stages, key=lambda name: name == TOTAL)  # stages in their order, then their sum
    return LatencyReport(
        span,
        {name: stages[name].summary() for name in names},
        {slug: companies[slug].summary() for slug in sorted(companies)},
        {begin: one.summary() for begin, one in times.items()},
    )


def _begin(local: datetime, per: Per) -> datetime:
    """The beginning of the hour or day; where zones are half an hour off, so are their hours."""
    return local.replace(hour=0, minute=0, fold=0) if per is Per.DAY else local
