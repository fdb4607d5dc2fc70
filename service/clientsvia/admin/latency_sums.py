"""The histograms that reports of latency are added up from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clientsvia.latency.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clientsvia.calls.log_queries import Timing

TOTAL = "total"

Stages = dict[str, Histogram]
Hour = dict[str, Stages]
"""An hour's histograms by company and stage, the total among them."""


def hour_of(moment: datetime) -> datetime:
    """The beginning of the hour, in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def count(hours: Mapping[datetime, Hour], timings: Iterable[Timing]) -> None:
    """Count what took how long into its hour, which is one of ``hours``."""
    for timing in timings:
        if not timing.stages:
            continue
        stages = hours[hour_of(timing.at)].setdefault(timing.company, {})
        for name, duration in timing.stages.items():
            _histogram(stages, name).add(duration)
        _histogram(stages, TOTAL).add(sum(timing.stages.values()))


def _histogram(stages: Stages, name: str) -> Histogram:
    found = stages.get(name)
    if found is None:
        found = stages[name] = Histogram()
    return found


def size_of(hour: Hour) -> int:
    """What an hour takes to remember; one without calls takes something as well."""
    return 1 + sum(len(one) for stages in hour.values() for one in stages.values())


def _histograms() -> defaultdict[str, Histogram]:
    return defaultdict(Histogram)


@dataclass(frozen=True, slots=True)
class Sums:
    """Histograms by stage, the total among them, and the totals by company."""

    stages: defaultdict[str, Histogram] = field(default_factory=_histograms)
    companies: defaultdict[str, Histogram] = field(default_factory=_histograms)

    def add_hour(self, hour: Hour, company: str | None) -> None:
        """Add an hour, of one company alone where one is given."""
        for slug, stages in hour.items():
            if company not in {None, slug}:
                continue
            for name, histogram in stages.items():
                self.stages[name].merge(histogram)
            self.companies[slug].merge(stages[TOTAL])

    def add(self, other: Sums) -> None:
        """Add all that another has."""
        for mine, theirs in ((self.stages, other.stages), (self.companies, other.companies)):
            for name, histogram in theirs.items():
                mine[name].merge(histogram)

    @property
    def size(self) -> int:
        """What they take to remember."""
        every = (*self.stages.values(), *self.companies.values())
        return 1 + sum(map(len, every))


def sums_of(hours: Iterable[Hour], company: str | None) -> Sums:
    """The sums of hours, of one company alone where one is given."""
    sums = Sums()
    for hour in hours:
        sums.add_hour(hour, company)
    return sums
