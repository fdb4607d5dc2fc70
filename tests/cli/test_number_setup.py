"""``clientsvia number setup`` and ``put-back``, against a stand-in for Twilio's API."""

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
from clientsvia.errors import InvalidInput
from tests.providers.twilio_api import NUMBER, ORIGIN, SID, TOKEN, configured, running, voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

    from tests.providers.twilio_api import TwilioApi

SECOND = "+12395550101"
TRUNKED = "+12395550102"
OLD = {"voice_url": "https://old.example/voice", "status_callback": ""}


@pytest.fixture
def api(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    """Two companies with three numbers, one of them on a SIP trunk."""
    monkeypatch.chdir(environment)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", ORIGIN)
    account = {"twilio": {"account_sid": SID, "auth_tokens": [TOKEN]}}
    gulf = as_data(demo_profile()) | account
    acme: dict[str, Any] = {"slug": "acme", "name": "Acme", "time_zone": "America/New_York"}
    acme |= account | {"numbers": [{"number": SECOND}, {"number": TRUNKED}]}

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            profiles = [CompanyProfile.model_validate(one) for one in (gulf, acme)]
            await stores.companies.save(profiles)

    asyncio.run(fill())
    numbers = [configured(one, **OLD) for one in (NUMBER, SECOND)]
    numbers.append(configured(TRUNKED) | {"trunk_sid": "TK1"})
    for index, number in enumerate(numbers):
        number["sid"] = f"PN{index:032}"
    with running(*numbers) as served:
        monkeypatch.setenv("CLIENTSVIA_TWILIO_API", served.url)
        yield served


def run(*arguments: str) -> Result:
    result = CliRunner(env={"COLUMNS": "300"}).invoke(app, ["number", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def outcomes(*arguments: str) -> dict[str, str]:
    told: dict[str, Any] = orjson.loads(run(*arguments, "--json").stdout)
    return {row["number"]: row["outcome"] for row in told["numbers"]}


def urls(api: TwilioApi) -> list[str]:
    return [number["voice_url"].removeprefix(ORIGIN) for number in api.numbers]


def test_a_dry_run_shows_what_would_change(api: TwilioApi) -> None:
    shown = run("setup", NUMBER, "--dry-run")
    assert shown.exit_code == 0
    assert f"{NUMBER} (demo) would be set" in shown.stdout
    assert "https://old.example/voice, HTTP POST → " in shown.stdout
    assert "Call status changes: not set → " in shown.stdout
    assert urls(api)[0] == OLD["voice_url"]


def test_all_are_set_and_what_cannot_be_is_told(api: TwilioApi) -> None:
    done = run("setup", "--all")
    assert done.exit_code == 1
    assert f"{TRUNKED} (acme) cannot be set: the SIP trunk TK1 takes its calls" in done.stdout
    assert urls(api)[:2] == ["/api/twilio/voice"] * 2
    assert outcomes("setup", "--all") == {
        NUMBER: "unchanged",
        SECOND: "unchanged",
        TRUNKED: "refused",
    }


def test_one_company_is_set_and_put_back(api: TwilioApi) -> None:
    assert outcomes("setup", "--company", "demo") == {NUMBER: "changes"}
    assert urls(api)[:2] == ["/api/twilio/voice", OLD["voice_url"]]
    assert outcomes("put-back", NUMBER, "--dry-run") == {NUMBER: "changes"}
    assert outcomes("put-back", NUMBER) == {NUMBER: "changes"}
    assert urls(api)[0] == OLD["voice_url"]
    assert outcomes("put-back", NUMBER) == {NUMBER: "refused"}


def test_a_trial_account_is_warned_of(api: TwilioApi) -> None:
    api.account["type"] = "Trial"
    assert "Mind: account" in run("setup", NUMBER, "--dry-run").stdout


def test_no_token_is_shown(api: TwilioApi) -> None:
    assert api.url
    assert TOKEN not in run("setup", "--all", "--json").stdout


@pytest.mark.usefixtures("api")
def test_who_names_nothing_or_too_much_is_told_how() -> None:
    for arguments in ((), (NUMBER, "--all"), ("--company", "demo", "--all")):
        with pytest.raises(InvalidInput, match="name one number"):
            run("setup", *arguments)
    with pytest.raises(InvalidInput, match="no company has"):
        run("setup", "+12395559999")
    with pytest.raises(InvalidInput, match="no company is called"):
        run("setup", "--company", "nobody")


def test_the_settings_of_a_number_are_those_of_the_console(api: TwilioApi) -> None:
    run("setup", NUMBER)
    assert {name: api.numbers[0][name] for name in voice()} == voice()
