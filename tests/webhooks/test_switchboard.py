from __future__ import annotations

from typing import TYPE_CHECKING

from tests.webhooks.conftest import PARAMETERS, verb

if TYPE_CHECKING:
    import pytest

    from tests.webhooks.conftest import OpenPhone


async def test_a_number_nobody_has_is_logged_with_its_remedy(
    open_phone: OpenPhone, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_phone() as phone:
        await phone.post("voice", {"Called": "(239) 555-9999"})
    line = capsys.readouterr().out
    assert "+12395559999" in line  # shortened by the log, which this test has not set up
    assert "clientsvia company import" in line


async def test_a_company_that_is_gone_leaves_its_calls_to_the_number(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        action = verb(await phone.post("voice"), "Gather").attrib["action"]
        phone.services.directory._by_slug.clear()  # noqa: SLF001 - as if it had been deleted
        answer = await phone.post(action, {"SpeechResult": "how can I pay?"})
    assert "credit cards" in answer.text


async def test_a_line_goes_on_where_its_action_url_says(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice")
        second = await phone.say(greeting, "how can I pay?")
        await phone.say(second, "do you give free estimates?")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert call is not None
    assert [turn.turn for turn in call.turns] == [1, 2]
