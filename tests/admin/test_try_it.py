from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.trying import Page

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


async def test_a_conversation_in_a_page_is_answered_like_a_call(demo: Company) -> None:
    page = Page(demo)
    assert demo.name in page.ring()
    assert "credit cards" in await page.say("how can I pay?")
    assert page.last.answered["source"] == "knowledge:payment"
    assert "<Gather" in page.last.reply["twiml"]
    assert set(page.last.stages) == {"answer", "render", "commit"}
    await page.say("no thank you, goodbye")
    assert page.last.moves == ()
    assert page.last.state == ""
