"""The page of routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

ROUTING = "/companies/demo/hours/routing"


async def test_who_is_rung_is_chosen_among_the_targets(desk: Desk) -> None:
    page = await desk.page(ROUTING)
    assert "the plumber on call" in page.text
    typed = page.fields | {
        "after_hours.policy": "forward",
        "after_hours.target": "on-call",
        "urgent.phrases": "burst pipe\nno heat\n",
        "limits.turns": "20",
    }

    answer = await desk.post(ROUTING, typed)

    assert answer.headers["location"] == f"{ROUTING}?said=saved"
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.after_hours.target == "on-call"
    assert stored.profile.urgent.phrases == ("burst pipe", "no heat")
    assert stored.profile.limits.turns == 20
    again = await desk.post(ROUTING, (await desk.page(ROUTING)).fields)
    assert again.headers["location"] == f"{ROUTING}?said=unchanged"


async def test_forwarding_to_nobody_is_refused(desk: Desk) -> None:
    page = await desk.page(ROUTING)

    answer = await desk.post(
        ROUTING, page.fields | {"after_hours.policy": "forward", "after_hours.target": ""}
    )

    assert answer.status_code == 422
    assert "needs a target to forward to" in answer.text
