from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.pages.talk import MOST_LINES, Line, read_talk, step_lines, written_talk
from clientsvia.admin.try_it import Act
from tests.admin.trying import Page

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


async def test_a_step_is_told_as_what_happened_and_what_is_said_to_it(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    rings, greets = step_lines(page.last, {})
    assert rings == Line("caller", "rings", act=True)
    assert greets.who == "agent"
    assert page.said == greets.text
    await page.say("how can I pay?")
    assert next(step_lines(page.last, {})) == Line("caller", "how can I pay?")
    await page.do(Act.SILENCE)
    assert next(step_lines(page.last, {})) == Line("caller", "says nothing", act=True)


async def test_who_is_rung_is_named_and_what_they_hear_is_told(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.do(Act.KEYS, "0")
    keys, *_, rings = step_lines(page.last, {})
    assert keys == Line("caller", "presses 0", act=True)
    assert rings.text.startswith("rings ")
    await page.do(Act.TALKED)
    target = page.last.whispers[0]["target"]
    ended, whisper, *_, over = step_lines(page.last, {target: "The office"})
    assert ended == Line("the ring", "ends: completed", act=True)
    assert whisper.who == "The office"
    assert "Press 1" in whisper.text
    assert over == Line("agent", "hangs up", act=True)


def test_lines_come_back_from_a_page_as_they_went() -> None:
    lines = (Line("caller", 'Say "hi" <b>'), Line("agent", "rings", act=True))
    assert read_talk(written_talk(lines)) == lines


def test_of_a_long_conversation_the_newest_lines_are_kept() -> None:
    lines = [Line("caller", str(number)) for number in range(MOST_LINES + 5)]
    assert read_talk(written_talk(lines))[0].text == "5"


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[[1]]", "nonsense", '[["a", "b"]]'])
def test_what_we_did_not_write_is_no_line(text: str) -> None:
    assert read_talk(text) == ()
