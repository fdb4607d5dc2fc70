from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.messages import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput
from clientsvia.inbox.message import Message, MessageState
from tests.contracts.samples import NOON, OTHER_SID, SID, ringing

if TYPE_CHECKING:
    from pathlib import Path

LEFT = Message(
    "demo",
    SID,
    NOON,
    "+12393334444",
    name="Ada Miller",
    number="+12395550142",
    reason="My sink is leaking again.",
    urgent=True,
    summary="Asked about prices.",
    complete=True,
)
RECORDED = Message(
    "gone",
    OTHER_SID,
    NOON + timedelta(hours=1),
    "anonymous",
    recording="https://api.twilio.com/RE1",
    seconds=130,
    complete=True,
)


@pytest.fixture
def box(environment: Path) -> Path:
    """One message for the demo, and one for a company that is gone meanwhile."""

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])
            for message in (LEFT, RECORDED):
                stores.call_log.write(ringing(message.call_sid, company=message.company))
                await stores.messages.keep(message)

    asyncio.run(fill())
    return environment


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stdout
    return " ".join(result.stdout.split())


def data(*arguments: str) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], catch_exceptions=False)
    return orjson.loads(result.stdout)


@pytest.mark.usefixtures("box")
def test_messages_are_listed_at_the_companys_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    listed = shown("list")
    assert "2026-11-23 07:00 demo Ada Miller URGENT My sink is leaking again. new" in listed
    assert f"+1 239-555-0142 {SID}" in listed
    assert f"2026-11-23 13:00 gone anonymous a recording of 130 s new {OTHER_SID}" in listed
    assert listed.index("gone") < listed.index("demo")


@pytest.mark.usefixtures("box")
def test_a_list_is_of_one_company_and_of_the_states_wanted() -> None:
    assert [one["call_sid"] for one in data("list", "demo")] == [SID]
    assert len(data("list", "--limit", "1")) == 1
    shown("mark", SID, "call-back")
    assert data("list", "demo", "--state", "new") == []
    found = data("list", "--state", "call-back", "--state", "done")
    assert [one["state"] for one in found] == ["call-back"]
    assert shown("list", "demo", "--state", "new") == (
        "No message for demo that is new. See all of them with: clientsvia messages list"
    )


@pytest.mark.usefixtures("box")
def test_a_message_is_shown_in_full() -> None:
    assert shown("show", SID) == (
        f"message {SID} state new company demo when Monday, 2026-11-23 07:00:00 EST urgent yes "
        "name Ada Miller call back +1 239-555-0142 called from +1 239-333-4444 "
        "about My sink is leaking again. the call Asked about prices."
    )
    told = data("show", SID)
    assert told["local"] == "2026-11-23T07:00:00-05:00"


@pytest.mark.usefixtures("box")
def test_a_recording_that_is_too_long_is_shown_with_a_note() -> None:
    text = shown("show", OTHER_SID)
    assert "recording 130 s, https://api.twilio.com/RE1" in text
    assert "kept as sound alone: Twilio writes down 2 to 120 seconds" in text


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize("state", MessageState)
def test_a_message_is_marked(state: MessageState) -> None:
    marked = data("mark", SID, state)
    assert marked["state"] == state
    assert data("show", SID) == marked
    assert f"state {state}" in shown("mark", SID, state)


@pytest.mark.usefixtures("box")
def test_a_call_without_a_message_is_told_with_what_to_do() -> None:
    for arguments in (["show", "CA9"], ["mark", "CA9", "done"], ["show", SID, "--company", "x"]):
        with pytest.raises(InvalidInput, match="clientsvia messages list"):
            CliRunner().invoke(app, arguments, catch_exceptions=False)
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        CliRunner().invoke(app, ["list", "nobody"], catch_exceptions=False)


@pytest.mark.usefixtures("box")
def test_an_unknown_state_is_refused_with_those_there_are() -> None:
    result = CliRunner().invoke(app, ["mark", SID, "lost"])
    assert result.exit_code == 2
    assert "call-back" in result.output


@pytest.mark.usefixtures("environment")
def test_an_empty_box_says_so() -> None:
    async def make() -> None:
        async with open_stores(create=True):
            pass

    asyncio.run(make())
    assert shown("list") == "No message was left yet."
