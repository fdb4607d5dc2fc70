"""How a company goes live, is suspended, resumed and forwarded, on a store of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import as_data, demo_profile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.errors import ConfigurationError, InvalidInput
from tests.admin.reached import MAIL, reach

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SETUP = {"account": {"state": "setup"}}


def save(*profiles: CompanyProfile) -> None:
    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save(profiles)

    asyncio.run(fill())


def reached(slug: str = "demo") -> None:
    async def test() -> None:
        async with open_stores() as stores:
            await reach(stores.outbox, slug=slug)

    asyncio.run(test())


@pytest.fixture
def gulf(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company that is being set up and lacks a tested address alone."""
    monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", "https://answers.example")
    account = {"account_sid": "AC" + "a" * 32, "auth_tokens": ["t"]}
    data = as_data(demo_profile()) | SETUP | {"notify": {"email": [MAIL]}, "twilio": account}
    save(CompanyProfile.model_validate(data))
    return environment


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, ["company", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_json(*arguments: str) -> Any:
    return orjson.loads(run(*arguments, "--json").stdout)


def state(slug: str = "demo") -> str:
    (row,) = (row for row in run_json("list") if row["slug"] == slug)
    found: str = row["state"]
    return found


def test_a_company_goes_live_once_all_that_is_required_is_well(gulf: Path) -> None:
    before = run("live", "demo", "--offline")
    assert before.exit_code == 1
    assert "1 to mend before demo can go live" in before.stdout
    assert "clientsvia notify test demo" in " ".join(before.stdout.split())
    assert state() == "setup"
    reached()
    after = run("live", "demo", "--offline")
    assert after.exit_code == 0
    assert "demo is live." in after.stdout
    assert state() == "active"
    assert gulf.exists()


@pytest.mark.usefixtures("gulf")
def test_every_company_that_is_set_up_is_looked_at_by_itself() -> None:
    profile = {"slug": "acme", "name": "Acme", "time_zone": "America/New_York"} | SETUP
    save(CompanyProfile.model_validate(profile))
    reached()
    looks = run_json("live", "--all", "--offline")
    assert [(look["company"], look["state"]) for look in looks] == [
        ("acme", "setup"),
        ("demo", "active"),
    ]
    amiss = [row["what"] for row in looks[0]["checklist"] if row["required"] and not row["well"]]
    assert amiss == ["number", "Twilio account", "hours", "people", "owner's e-mail"]
    assert run("live", "--all", "--offline").exit_code == 1
    assert run("live", "demo", "--offline").exit_code == 0


@pytest.mark.usefixtures("gulf")
def test_twilio_is_asked_for_advice_unless_it_is_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    reached()
    monkeypatch.setenv("CLIENTSVIA_TWILIO_API", "http://127.0.0.1:9")
    result = run("live", "demo")
    assert "could not ask Twilio" in result.stdout
    assert result.exit_code == 0


@pytest.mark.usefixtures("gulf")
def test_who_names_no_company_or_too_many_is_told_how() -> None:
    for arguments in ((), ("demo", "--all")):
        with pytest.raises(InvalidInput, match="--all"):
            run("live", *arguments)
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        run("live", "nobody")


def test_without_a_store_none_is_made(environment: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no store"):
        run("live", "demo")
    assert list(environment.iterdir()) == []


def test_nothing_is_to_be_done_when_no_company_is_being_set_up(environment: Path) -> None:
    save(demo_profile())
    assert "No company is being set up." in run("live", "--all").stdout
    assert environment.exists()


@pytest.mark.usefixtures("gulf")
def test_a_company_that_is_not_live_cannot_be_suspended_or_forwarded_past_the_checklist() -> None:
    for arguments in (("suspend", "demo"), ("resume", "demo"), ("forward", "demo", "office")):
        with pytest.raises(InvalidInput, match="run 'clientsvia company live demo' first"):
            run(*arguments)
    assert state() == "setup"


@pytest.mark.usefixtures("environment")
def test_a_live_company_is_suspended_forwarded_and_resumed() -> None:
    save(demo_profile())
    assert "is suspended" in run("suspend", "demo", "--sentence", "We moved. Goodbye.").stdout
    assert state() == "suspended"
    assert run_json("suspend", "demo", "--sentence", "Gone.")["sentence"] == "Gone."
    assert "forwards every call to office" in run("forward", "demo", "office").stdout
    assert state() == "forwarding"
    assert "answers its calls" in run("resume", "demo").stdout
    assert state() == "active"


@pytest.mark.usefixtures("environment")
def test_a_checklist_of_a_suspended_company_does_not_resume_it() -> None:
    save(demo_profile())
    run("suspend", "demo")
    assert run_json("live", "demo", "--offline")[0]["state"] == "suspended"


@pytest.mark.usefixtures("environment")
def test_calls_are_forwarded_to_somebody_the_company_has() -> None:
    save(demo_profile())
    with pytest.raises(InvalidInput, match="write one of office, on-call"):
        run("forward", "demo", "nobody")
    with pytest.raises(InvalidInput, match="write one of office, on-call"):
        run("forward", "demo", "The Office")
    with pytest.raises(InvalidInput, match="too long"):
        run("suspend", "demo", "--sentence", "x" * 501)
