"""Where a call would go at any moment, told for pages, programs and commands alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clientsvia.calls.explain import decided_for, explain, rung_at_first, rung_if_urgent
from clientsvia.calls.ringing.plan import plan
from clientsvia.companies.clocks import first_shown
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.moments import moment
from clientsvia.companies.shifts import DAY, HOUR, Shift
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clientsvia.calls.explain import Explanation
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.ringing.plan import Plan
    from clientsvia.companies.company import Company
    from clientsvia.companies.days import Day
    from clientsvia.companies.duty import Duty
    from clientsvia.companies.hours import Hours
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.routing import Target

_DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """Which call is asked about, as people type it.

    Without a ``number`` it is the company's first, without a moment ``at`` it is now; ``caller`` is
    a number or a word such as anonymous, and nobody in particular where it is empty.
    """

    number: str = ""
    at: str = ""
    caller: str = ""
    unverified: bool = False


def where_it_goes(
    stored: StoredProfile, asked: Asked, now: datetime
) -> tuple[Explanation, Decision | None]:
    """Where such a call goes, and what this caller gets where one is named.

    Compiles the company anew, so that no calendar of a year nobody calls in stays with the one
    that is served: some milliseconds, for a thread. Raises InvalidInput for what is no moment, or
    no number of the company.
    """
    then = moment(asked.at, ZoneInfo(stored.profile.time_zone), now)
    company = hours_alone(stored, then)
    number = _called(company, asked.number)
    told = explain(company, number, then)
    if not asked.caller and not asked.unverified:
        return told, None
    return told, decided_for(company, number, told.at, asked.caller, unverified=asked.unverified)


def hours_alone(stored: StoredProfile, now: datetime) -> Company:
    """The company as it stands, without what it knows, which routes no call."""
    profile = stored.profile.model_copy(update={"knowledge": ()})
    return compile_company(type(stored)(profile, stored.revision), now)


def _called(company: Company, typed: str) -> str:
    own = (*company.numbers, *sorted(company.inactive_numbers))
    if not typed:
        return own[0] if own else ""
    number = normalize(typed, company.region, possible=True)
    if number not in own:
        listed = ", ".join(own) or "none yet: add one under numbers"
        raise InvalidInput(f"{typed} is no number of {company.name}: name one of {listed}")
    return number


def as_data(told: Explanation, decision: Decision | None = None) -> dict[str, Any]:
    """An explanation as JSON has it, with what is decided for one caller."""
    status, way = told.route.status, told.route
    caller = {} if decision is None else {"caller": _decision_data(decision)}
    return {
        "company": told.company.slug,
        "number": told.number,
        "at": told.at.isoformat(),
        "account": told.company.account.state,
        "number_active": told.number_active,
        "open": status.open,
        "rule": status.rule,
        "label": status.label,
        "reason": status.reason,
        "changes_at": _iso(status.changes_at),
        "route": way.kind,
        "why": way.why,
        "target": way.target.id if way.target else None,
        "rounds": round_ids(rung_at_first(told)),
        "urgent_rounds": round_ids(rung_if_urgent(told)),
        "targets": [_target_data(told, target, duty) for target, duty in told.duties],
        "week": [
            {
                "date": day.date.isoformat(),
                "rule": day.rule,
                "label": day.label,
                "hours": [str(shift) for shift in day.shifts],
                "open": [str(span) for span in open_on(told.company.hours, day.date)],
            }
            for day in days_of(told)
        ],
        **caller,
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "said": list(decision.reply.say),
        "next": type(decision.reply.next).__name__,
        "source": decision.source,
        "outcome": decision.outcome,
        "why": decision.why,
    }


def _target_data(told: Explanation, target: Target, duty: Duty) -> dict[str, Any]:
    return {
        "id": target.id,
        "rings": [person.id for person in duty.people],
        "rounds": round_ids(plan(told.company, target, told.at)),
        "on_duty": duty.turn.member if duty.turn and duty.turn.member else None,
        "until": _iso(duty.until),
        "why": duty.why,
    }


def round_ids(made: Plan | None) -> list[list[str]]:
    """The ids of those who are rung together, round after round."""
    rounds = made.rounds if made is not None else ()
    return [[person.id for person in round_.people] for round_ in rounds]


def days_of(told: Explanation) -> Sequence[Day]:
    """What is written for the week from the day of the call on."""
    calendar, first = told.company.hours.calendar, told.at.date()
    return [calendar.day(first + number * ONE_DAY) for number in range(_DAYS_AHEAD)]


def open_on(hours: Hours, on: date) -> tuple[Shift, ...]:
    """When it is open between a date's two midnights, whatever layer says so, by hand included."""
    midnights = (
        first_shown(datetime.combine(day, time()), hours.zone) for day in (on, on + ONE_DAY)
    )
    at, end = (midnight.astimezone(UTC) for midnight in midnights)
    spans = []
    while at < end:
        status = hours.status(at)
        turns = end if status.changes_at is None else min(end, status.changes_at.astimezone(UTC))
        first, last = _minute(at, hours), DAY if turns == end else _minute(turns, hours)
        if status.open and first < last:  # in an hour that is repeated it may seem to go back
            spans.append(Shift(first, last))
        at = turns
    return tuple(spans)


def _minute(at: datetime, hours: Hours) -> int:
    local = hours.local(at)
    return local.hour * HOUR + local.minute


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
