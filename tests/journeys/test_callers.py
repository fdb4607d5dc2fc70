"""Who calls, and how the company stands, over the real server: each change counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from clientsvia.companies.files import as_data, demo_profile
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.outbox import SqlOutbox
from tests.admin.reached import MAIL, reach
from tests.serving import WEDNESDAY_NIGHT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from clientsvia.simulator import CallResult
    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey

OFFICE, ON_CALL = "+12395550142", "+12395550187"
JO = "+12395550123"  # the caller of a script that names none
SORRY = "I'm sorry, we can't take your call. Goodbye."


class Line:
    """A service of which the demo's profile is changed between calls."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service = service
        self._file = folder / "profile.yaml"
        self._calls = 0

    def profile(self, **fields: Any) -> None:
        """Import the demo with these fields."""
        self._file.write_text(yaml.safe_dump(as_data(demo_profile()) | fields))
        self.service.clientsvia("company", "import", str(self._file))

    async def ring(self, **script: Any) -> CallResult:
        """Place a call of its own; who does not hang up stays to the end."""
        self._calls += 1
        return await self.service.call(**{"seed": self._calls, "at_end": "stay"} | script)

    async def heard(self, **script: Any) -> str:
        """What a caller hears first."""
        return (await self.ring(at_end="hang_up", **script)).said()[0]

    def logged(self, result: CallResult) -> Any:
        return self.service.clientsvia("calls", "show", result.call_sid)


async def test_a_known_caller_is_greeted_and_a_blocked_one_is_not(
    serve: Serve, tmp_path: Path
) -> None:
    with serve() as service:
        line = Line(service, tmp_path)
        line.profile(callers={"greet_by_name": True})
        assert (await line.heard()).startswith("Thank you for calling")
        service.clientsvia("caller", "name", "demo", "(239) 555-0123", "Jo Berg")
        assert (await line.heard()).startswith("Hello Jo. Thank you for calling Gulf Breeze")
        feigned = {"StirVerstat": "TN-Validation-Failed-A"}
        assert (await line.heard(parameters=feigned)).startswith("Thank you for calling")
        service.clientsvia("caller", "block", "demo", JO)
        result = await line.ring(steps=[{"say": "How much is a visit?"}])
        assert result.said() == [SORRY]
        assert line.logged(result)["outcome"] == "blocked"
        assert (await line.heard(**{"from": "+12395550199"})).startswith("Thank you for calling")
        service.clientsvia("caller", "unblock", "demo", JO)
        assert (await line.heard()).startswith("Hello Jo.")
        card = service.clientsvia("caller", "show", "demo", JO)
    assert card["name"] == "Jo Berg"
    assert [call["outcome"] for call in card["calls"]].count("blocked") == 1
    assert len(card["calls"]) == 5


async def test_a_card_tells_what_a_caller_has_asked(serve: Serve, tmp_path: Path) -> None:
    with serve() as service:
        line = Line(service, tmp_path)
        await line.ring(steps=[{"say": "How much does a visit cost?"}], at_end="hang_up")
        card = service.clientsvia("caller", "show", "demo", JO)
        nobody = service.clientsvia("caller", "show", "demo", "+12395550199")
    assert card["calls"][0]["asked"] == ["How much does a visit cost?"]
    assert nobody["calls"] == []


@pytest.mark.parametrize(
    ("field", "call", "refused", "message"),
    [
        (
            "anonymous",
            {"from": "anonymous"},
            "I'm sorry, we don't take calls from hidden numbers.",
            "Your number is hidden, so I can only take a message.",
        ),
        (
            "unverified",
            {"parameters": {"StirVerstat": "TN-Validation-Failed-C"}},
            "I'm sorry, we can't take this call, because your number could not be verified.",
            "Your number could not be verified, so I can only take a message.",
        ),
    ],
)
async def test_hidden_and_feigned_numbers_get_what_the_company_chose(
    serve: Serve, tmp_path: Path, field: str, call: dict[str, Any], refused: str, message: str
) -> None:
    with serve() as service:
        line = Line(service, tmp_path)
        assert "How can I help you?" in await line.heard(**call)
        line.profile(callers={field: "refuse"})
        result = await line.ring(**call)
        assert result.said()[0].startswith(refused)
        assert line.logged(result)["outcome"] == "refused"
        assert "How can I help you?" in await line.heard()
        line.profile(callers={field: "message"})
        left = await line.ring(steps=[{"say": "Please call me back.", "when": "tone"}], **call)
        assert message in left.said()[0]
        assert line.logged(left)["outcome"] == "message"


async def test_a_disclosure_is_heard_on_every_kind_of_answer_and_kept(
    serve: Serve, tmp_path: Path
) -> None:
    notice = "Calls are recorded to train our team."
    forward = {"policy": "forward", "target": "on-call"}
    with serve(clock_start=WEDNESDAY_NIGHT) as service:
        line = Line(service, tmp_path)
        calls = []
        for after_hours in ({"policy": "answer"}, {"policy": "message"}, forward):
            line.profile(disclosure=notice, after_hours=after_hours)
            calls.append(await line.ring(at_end="hang_up"))
            assert notice in calls[-1].said()[0]
            assert line.logged(calls[-1])["consent"] == notice
        shown = service.run("calls", "show", calls[0].call_sid, capture_output=True).stdout
        service.clientsvia("company", "suspend", "demo")
        assert line.logged(await line.ring())["consent"] == ""
    assert f"disclosed: “{notice}”" in shown


async def test_a_company_forwards_is_suspended_and_resumed_from_the_next_call_on(
    serve: Serve, tmp_path: Path
) -> None:
    with serve(clock_start=WEDNESDAY_NIGHT) as service:
        line = Line(service, tmp_path)
        line.profile(after_hours={"policy": "message"})
        service.clientsvia("company", "forward", "demo", "office")
        result = await line.ring(dialled=[{"to": OFFICE, "does": "answers"}])
        assert result.said()[0].startswith("Thank you for calling Gulf Breeze Plumbing. One moment")
        assert line.logged(result)["outcome"] == "transferred"
        missed = await line.ring(dialled=[{"to": OFFICE, "does": "no-answer"}], at_end="hang_up")
        assert missed.said()[1].startswith("I'm sorry, I couldn't reach the office.")
        assert line.logged(missed)["outcome"] == "missed"
        explained = service.clientsvia("hours", "explain", "+12395551212")
        assert explained["why"] == "every call is forwarded to office"
        moved = "We have moved to 239 555 0100. Goodbye."
        service.clientsvia("company", "suspend", "demo", "--sentence", moved)
        suspended = await line.ring()
        assert suspended.said() == [moved]
        assert line.logged(suspended)["outcome"] == "inactive"
        service.clientsvia("company", "resume", "demo")
        assert "We are closed right now." in await line.heard()
    assert "clientsvia company resume demo" in service.log.read_text()


async def test_a_company_is_tried_by_its_own_people_before_it_goes_live(
    serve: Serve, tmp_path: Path
) -> None:
    with serve() as service:
        line = Line(service, tmp_path)
        line.profile(account={"state": "setup"}, notify={"email": [MAIL]})
        early = await line.ring()
        assert "This number is still being set up." in early.said()[0]
        assert line.logged(early)["outcome"] == "inactive"
        asked = await line.ring(
            steps=[{"say": "How can I pay?", "expect": "credit cards"}], **{"from": ON_CALL}
        )
        assert asked.ok, asked.expectations
        assert service.run("company", "live", "demo", capture_output=True).returncode == 1
        assert "still being set up" in await line.heard()
        database = Database(service.environment["CLIENTSVIA_STORE"])
        await reach(SqlOutbox(database))
        await database.close()
        done = service.run("company", "live", "demo", capture_output=True)
        assert done.returncode == 0, done.stdout
        assert "How can I help you?" in await line.heard()
