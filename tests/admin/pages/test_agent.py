from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

AGENT = "/companies/demo/agent"


async def test_voice_and_language_are_saved_with_the_agent(desk: Desk) -> None:
    page = await desk.page(AGENT, as_="member")
    typed = page.fields | {"agent.language": "en-GB", "agent.voice": "Polly.Amy-Neural"}

    answer = await desk.post(AGENT, typed | {"voice.speed": "0.9"}, as_="member")

    assert answer.headers["location"] == f"{AGENT}?said=saved"
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert (stored.profile.agent.language, stored.profile.voice.speed) == ("en-GB", 0.9)
