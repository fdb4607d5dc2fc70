from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

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


async def test_a_greeting_is_previewed_as_typed_and_not_saved(desk: Desk) -> None:
    page = await desk.page(AGENT)

    answer = await desk.post(AGENT, page.fields | {"greeting": "Ahoy!", "_preview": "on"})

    assert answer.status_code == 200
    shown = Page(answer.text)
    assert "Ahoy!" in shown.text
    assert shown.fields["greeting"] == "Ahoy!"
    assert (await desk.page(AGENT)).fields["greeting"] == page.fields["greeting"]


async def test_what_is_wrong_with_a_preview_stands_beside_its_field(desk: Desk) -> None:
    page = await desk.page(AGENT)
    answer = await desk.post(AGENT, page.fields | {"agent.name": "", "_preview": "on"})
    assert 'href="#agent-name"' in answer.text


async def test_without_a_voice_of_its_own_there_is_nothing_to_listen_to(desk: Desk) -> None:
    page = await desk.page(AGENT)
    answer = await desk.post(AGENT, page.fields | {"_listen": "on"})
    assert "Twilio speaks it" in Page(answer.text).text
