"""``clientsvia doctor`` as people run it: beside a service, and where something is missing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import TwilioProfile
from clientsvia.errors import ConfigurationError, InvalidInput
from tests.contracts.samples import company
from tests.providers.standin import running as standing_in
from tests.providers.twilio_api import NUMBER, ORIGIN, SID, TOKEN, configured, refusal, running
from tests.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientsvia.companies.profile import CompanyProfile
    from tests.providers.twilio_api import TwilioApi
    from tests.serving import Serve
    from tests.valkey import Valkey

__all__ = ["serve"]


def doctor(*arguments: str) -> tuple[int, str]:
    """Exit code, and standard output with its lines joined."""
    result = CliRunner().invoke(app, ["doctor", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, " ".join(result.stdout.split())


def checks(*arguments: str) -> dict[str, dict[str, Any]]:
    """The checks by what they looked at; of several the last."""
    result = CliRunner().invoke(app, ["doctor", *arguments, "--json"])
    return {row["what"]: row for row in orjson.loads(result.stdout)}


def save(*profiles: CompanyProfile) -> None:
    """Put companies into the store of the environment."""

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save(profiles)

    asyncio.run(fill())


@pytest.fixture
def demo_settings(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo and its store, where no service runs."""
    save(demo_profile())
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    monkeypatch.setenv("CLIENTSVIA_PORT", "9")  # where nobody listens

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])

    asyncio.run(fill())
    return environment


@pytest.fixture
def api(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    """A stand-in for Twilio that has the number of a stored company."""
    with running(configured(origin="https://127.0.0.1:9")) as served:
        monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", "https://127.0.0.1:9")
        monkeypatch.setenv("CLIENTSVIA_TWILIO_API", served.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        account = TwilioProfile(account_sid=SID, auth_tokens=(TOKEN,))
        save(demo_profile().model_copy(update={"twilio": account}))
        assert environment.exists()
        yield served


@pytest.mark.journey
def test_beside_the_running_demo_all_is_well(serve: Serve) -> None:
    with serve() as service:
        done = service.run("doctor", capture_output=True)
        assert "All is well" in done.stdout
        assert done.returncode == 0
        rows = service.clientsvia("doctor", NUMBER)
    assert [row["what"] for row in rows] == [
        "public origin",
        "signatures",
        "key file",
        "store",
        NUMBER,
        "demo",
        "service",
        "webhook URL",
        "demo, test POST",
        "demo, auto",
        "demo, last calls",
        "demo, owner",
    ]


def test_models_and_voices_are_asked_with_the_keys_of_the_environment(
    demo_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTSVIA_CLIPS", str(demo_settings / "clips"))
    with standing_in() as standin:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
        monkeypatch.setenv("OPENAI_BASE_URL", standin.openai_url)
        monkeypatch.setenv("ELEVENLABS_API_KEY", "sk-canary:quota")
        monkeypatch.setenv("ELEVENLABS_BASE_URL", standin.url)
        found = checks("--offline")
    assert found["demo, openai alone"]["found"].startswith("gpt-4.1-mini answers")
    assert "(QuotaUsedUp)" in found["demo, voice"]["found"]
    assert "ELEVENLABS_API_KEY" in found["demo, voice"]["remedy"]
    assert "canary" not in str(found)


@pytest.mark.journey
def test_beside_a_service_of_real_calls_what_it_signs_is_taken(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTSVIA_TWILIO_ACCOUNT_SID", SID)
    monkeypatch.setenv("CLIENTSVIA_TWILIO_AUTH_TOKENS", TOKEN)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as api, serve(twilio_api=api.url) as service:
        service.stop()  # it has put the demo company into the store
        api.numbers = [configured(origin=service.origin)]
        service.environment |= {
            "CLIENTSVIA_DEMO": "",
            "CLIENTSVIA_CLOCK_START": "",
            "CLIENTSVIA_PUBLIC_ORIGIN": service.origin,
        }
        service.start()
        done = service.run("doctor", "--json", capture_output=True)
    rows = {row["what"]: row for row in orjson.loads(done.stdout)}
    assert rows["demo, test POST"]["well"]
    assert rows[f"{NUMBER} at Twilio"]["well"]
    assert [what for what, row in rows.items() if not row["well"]] == [
        "public origin",
        "operator",
        "demo, owner",
    ]
    assert done.returncode == 1


def test_a_service_that_does_not_run_is_told_with_how_to_start_it(demo_settings: Path) -> None:
    code, told = doctor()
    assert code == 1
    assert "Webhook not responding?" in told
    assert "make run" in told
    assert str(demo_settings) in told


@pytest.mark.usefixtures("demo_settings")
def test_a_number_is_looked_up_and_the_nearest_is_named() -> None:
    assert checks("239-555-1212")["239-555-1212"]["well"]
    told = checks("+2395551212")["+2395551212"]
    assert told["trouble"] == "Company not found"
    assert "+12395551212 of demo" in told["remedy"]


@pytest.mark.usefixtures("demo_settings")
def test_what_is_amiss_comes_first_and_does_not_drown_in_what_is_well() -> None:
    save(*(company(f"c{n}", f"+1239555{2000 + n}") for n in range(40)), demo_profile())
    told = doctor()[1]
    _, _, answers = told.partition("AI not responding?")
    assert answers.index("c39, auto: it knows nothing") < answers.index("ok c0, last calls")
    assert "ok and 30 more" in answers


@pytest.mark.usefixtures("demo_settings")
def test_brackets_are_shown_as_they_are_typed() -> None:
    assert "[bold]pizza" in doctor("[bold]pizza")[1]


@pytest.mark.usefixtures("demo_settings")
def test_one_company_can_be_looked_at() -> None:
    assert "demo, auto" in checks("--company", "demo")
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        doctor("--company", "nobody")


def test_the_demo_asks_twilio_only_with_an_account(
    demo_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(configured()) as api:
        monkeypatch.setenv("CLIENTSVIA_TWILIO_API", api.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        doctor()
        assert api.asked == []
        monkeypatch.setenv("CLIENTSVIA_TWILIO_ACCOUNT_SID", SID)
        monkeypatch.setenv("CLIENTSVIA_TWILIO_AUTH_TOKENS", TOKEN)
        doctor()
        assert len(api.asked) == 1
    assert demo_settings.exists()


def test_twilio_is_asked_with_the_tokens_of_the_company(api: TwilioApi) -> None:
    told = checks()[f"{NUMBER} at Twilio"]
    assert told["well"], told
    api.numbers = [configured(origin=ORIGIN)]
    assert checks()[f"{NUMBER} at Twilio"]["remedy"].startswith("Console → Phone Numbers")


def test_offline_twilio_is_not_asked(api: TwilioApi) -> None:
    assert f"{NUMBER} at Twilio" not in checks("--offline")
    assert api.asked == []


@pytest.mark.parametrize("status", [401, 429, 500])
def test_trouble_with_twilio_is_a_finding_and_shows_no_token(api: TwilioApi, status: int) -> None:
    api.answer = refusal(status, 20000 + status, "no")
    code, told = doctor()
    assert code == 1
    assert "could not ask Twilio" in told
    assert "canary" not in told


def test_a_store_that_is_not_there_is_told_and_not_made(environment: Path) -> None:
    told = checks()
    assert told["store"]["found"] == f"there is none at {environment}/clientsvia.db"
    assert "clientsvia company import FILE" in told["store"]["remedy"]
    assert "service" in told
    assert list(environment.iterdir()) == []


@pytest.mark.usefixtures("environment")
def test_a_store_without_companies_is_told() -> None:
    save()
    assert "import one" in checks()["companies"]["remedy"]


def test_a_key_others_may_read_is_told_beside_all_else(environment: Path) -> None:
    key = environment / "secret.key"
    save()
    key.chmod(0o644)
    told = checks()
    assert told["key file"]["remedy"] == f"chmod 600 {key}"
    assert "chmod 600" in told["start"]["remedy"]
    assert not told["public origin"]["well"]


@pytest.mark.usefixtures("environment")
def test_what_serve_would_refuse_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", "answers.example")
    assert "https://" in checks()["settings"]["remedy"]


@pytest.mark.usefixtures("environment")
def test_wrong_settings_are_refused_before_anything_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLIENTSVIA_TWILIO_API", "http://gateway.example")
    with pytest.raises(ConfigurationError, match="is sent auth tokens"):
        doctor()


def test_redis_is_looked_at_where_there_is_one(
    demo_settings: Path, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo_settings.exists()
    assert "Redis" not in checks("--offline")
    monkeypatch.setenv("CLIENTSVIA_REDIS_URL", valkey.url)
    assert checks("--offline")["Redis"]["well"]
    monkeypatch.setenv("CLIENTSVIA_REDIS_URL", "redis://:canary@127.0.0.1:9")
    found = checks("--offline")["Redis"]
    assert "CLIENTSVIA_REDIS_URL" in found["remedy"]
    assert "canary" not in str(found)
