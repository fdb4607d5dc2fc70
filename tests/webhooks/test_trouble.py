from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from tests.webhooks.conftest import said, twiml, verb

if TYPE_CHECKING:
    import pytest

    from tests.webhooks.conftest import OpenPhone


async def test_whatever_breaks_the_caller_can_leave_a_message(
    open_phone: OpenPhone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_phone(may_block=True) as phone:  # a traceback reads source files
        greeting = await phone.post("voice")

        def explode(**_fields: object) -> None:
            raise ZeroDivisionError("planted")

        monkeypatch.setattr("clientsvia.calls.turns.Step", explode)
        answer = await phone.say(greeting, "how can I pay?")
    assert answer.status_code == 200
    assert said(answer).startswith(sentences.TECHNICAL)
    assert verb(answer, "Record") is not None
    assert "ZeroDivisionError" in capsys.readouterr().out


async def test_when_all_breaks_the_caller_hears_an_apology(
    open_phone: OpenPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_phone(may_block=True) as phone:

        def explode(_number: str) -> None:
            raise MemoryError

        monkeypatch.setattr(phone.services.directory, "find", explode)
        answer = await phone.post("voice")
    assert answer.status_code == 200
    assert "try again later" in said(answer)
    assert [child.tag for child in twiml(answer)] == ["Say", "Hangup"]
