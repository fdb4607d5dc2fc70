"""``explain`` with its inputs loaded: at a moment unlike the last, and at the same one again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Any

from benches.race import Goal
from clientsvia.calls.explain import explain
from clientsvia.calls.route import RouteKind
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company

if TYPE_CHECKING:
    from benches.race import Loop, Race
    from clientsvia.calls.explain import Explanation

NUMBER = "+12395551212"
YEARS = 2 * 365 * 24 * 3600
LATE = {day: ["17:00-22:00"] for day in ("monday", "wednesday", "friday")}
TARGETS: list[dict[str, Any]] = [
    {"id": "office", "name": "the office", "number": "+12395551220"},
    {
        "id": "on-call",
        "name": "the plumber on call",
        "availability": "always",
        "members": ["ana", "bo"],
        "rota": {"starts": "2026-01-05T08:00", "order": ["ana", "bo"]},
    },
    {"id": "ana", "name": "Ana", "number": "+12395551221", "availability": "always"},
    {"id": "bo", "name": "Bo", "number": "+12395551222", "hours": {"weekly": LATE}},
]


def test_explain(race: Race) -> None:
    now = datetime(2026, 11, 18, 15, tzinfo=UTC)
    profile = demo_profile().model_dump(mode="json") | {"targets": TARGETS}
    stored = StoredProfile(CompanyProfile.model_validate(profile), 1)
    company = compile_company(stored, now)
    spread = Random(11)  # noqa: S311 - moments, no secret
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [begin + timedelta(seconds=spread.randrange(YEARS)) for _ in range(20_000)]

    def loop(those: list[datetime]) -> Loop:
        coming = cycle(those)

        def calls(count: int) -> Explanation:
            told = None
            for moment in islice(coming, count):
                told = explain(company, NUMBER, moment)
            assert told is not None
            return told

        return calls

    race(
        "explain, four targets and a rota",
        {"clientsvia": loop([now, *moments]), "the same moment": loop([now])},
        check=_at_ten_on_a_wednesday,
        goal=Goal(ns=20_000),
    )


def _at_ten_on_a_wednesday(told: Explanation) -> bool:
    rings = {target.id: [person.id for person in duty.people] for target, duty in told.duties}
    turn = {target.id: duty.turn for target, duty in told.duties}["on-call"]
    return (
        told.route.kind is RouteKind.ANSWER
        and told.route.why == "open: Wednesday 08:00-12:00, 13:00-17:00 (weekly)"
        and rings == {"office": ["office"], "on-call": ["ana"], "ana": ["ana"], "bo": []}
        and turn is not None
        and f"{turn.until:%Y-%m-%d %H:%M}" == "2026-11-23 08:00"
    )
