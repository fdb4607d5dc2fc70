"""The stores that settings choose, for real."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from clientsvia.companies.files import ProfileFile, demo_profile
from clientsvia.companies.importing import plan
from clientsvia.companies.profile import TwilioProfile
from clientsvia.errors import ConfigurationError
from clientsvia.settings import load_settings
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from clientsvia.stores.redis.prepared_answers import RedisPreparedAnswers
from clientsvia.stores.shared_call_states import SharedCallStates
from clientsvia.stores.sql.prepared_answers import SqlPreparedAnswers
from clientsvia.wiring import build, prepare, require_readable, store_file
from tests.contracts.samples import step
from tests.providers.twilio_api import SID, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.settings import Settings
    from tests.valkey import Valkey

KEYS = [b"k" * 32]


@pytest.fixture
def store(tmp_path: Path) -> dict[str, Any]:
    """Settings of a SQLite store with a key beside it."""
    return {
        "store": f"sqlite+aiosqlite:///{tmp_path}/var/clientsvia.db",
        "secret_key_file": tmp_path / "var" / "secret.key",
        "public_origin": "https://answers.example",
    }


def stored(settings: Settings, *saved: CompanyProfile) -> dict[str, CompanyProfile]:
    """The companies of a store after ``saved`` was saved."""

    async def save_and_read() -> dict[str, CompanyProfile]:
        services = build(settings, await asyncio.to_thread(prepare, settings))
        await services.companies.save(saved)
        found = {item.profile.slug: item.profile for item in await services.companies.all()}
        await services.stop()
        return found

    return asyncio.run(save_and_read())


def test_a_new_store_is_made_and_migrated_with_a_key_of_its_own(
    store: dict[str, Any], tmp_path: Path
) -> None:
    settings = load_settings(**store)
    assert stored(settings) == {}
    assert prepare(settings) == prepare(settings)
    assert {path.name for path in (tmp_path / "var").iterdir()} >= {"clientsvia.db", "secret.key"}
    assert store_file(settings) == tmp_path / "var" / "clientsvia.db"
    assert store_file(load_settings(store="memory:")) is None


def test_the_demo_company_is_added_once_and_what_people_change_in_it_stays(
    store: dict[str, Any],
) -> None:
    settings = load_settings(demo=True, **store)
    assert stored(settings) == {"demo": demo_profile()}
    changed = demo_profile().model_copy(update={"name": "Mine"})
    stored(settings, changed)
    assert stored(settings)["demo"].name == "Mine"


async def test_the_store_can_be_prepared_while_an_event_loop_runs(store: dict[str, Any]) -> None:
    assert len(await asyncio.to_thread(prepare, load_settings(**store))) == 1


def test_a_lost_key_stops_a_store_with_secrets(store: dict[str, Any]) -> None:
    settings = load_settings(**store)
    stored(settings, demo_profile())
    settings.secret_key_file.unlink()
    prepare(settings)  # no secret needs the old key: another is made
    account = TwilioProfile(account_sid=SID, auth_tokens=(TOKEN,))
    stored(settings, demo_profile().model_copy(update={"twilio": account}))
    settings.secret_key_file.unlink()
    with pytest.raises(ConfigurationError, match="the key that opens them is gone"):
        prepare(settings)
    assert not settings.secret_key_file.exists()


def test_keys_of_the_environment_need_no_file(store: dict[str, Any]) -> None:
    keys = SecretStr("a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=")
    settings = load_settings(secret_keys=keys, **store)
    assert prepare(settings) == KEYS
    assert not settings.secret_key_file.exists()


@pytest.mark.parametrize("url", ["postgres://x", "sqlite+aiosqlite:///:memory:", "nonsense"])
def test_a_store_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="sqlite"):
        prepare(load_settings(store=url))


async def test_several_workers_share_prepared_answers(store: dict[str, Any]) -> None:
    one, two = (build(load_settings(workers=n, **store), KEYS) for n in (1, 2))
    assert isinstance(one.stores.prepared, MemoryPreparedAnswers)
    assert isinstance(two.stores.prepared, SqlPreparedAnswers)
    await one.stop()
    await two.stop()


@pytest.mark.parametrize("place", ["memory:", None])
async def test_with_redis_calls_are_shared_through_it_before_any_store(
    store: dict[str, Any], place: str | None, valkey: Valkey
) -> None:
    chosen = store | ({"store": place} if place else {})
    settings = load_settings(redis_url=SecretStr(valkey.url), **chosen)
    services = build(settings, await asyncio.to_thread(prepare, settings))
    assert isinstance(services.stores.prepared, RedisPreparedAnswers)
    assert isinstance(services.stores.call_states, SharedCallStates)
    assert services.stores.sharing is not None
    await services.start()
    await services.stores.sharing.ping()
    assert await services.stores.call_states.commit(step()) == step()
    await services.stop()


def test_redis_is_not_even_imported_where_there_is_none() -> None:
    code = (
        "import sys; from clientsvia.asgi import app;"
        "assert 'clientsvia.stores.redis.sharing' in sys.modules and 'redis' not in sys.modules"
    )
    environment = os.environ | {"CLIENTSVIA_STORE": "memory:", "CLIENTSVIA_DEMO": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_an_unreadable_company_goes_unanswered_and_an_import_mends_it(
    store: dict[str, Any], tmp_path: Path
) -> None:
    settings = load_settings(**store)
    account = TwilioProfile(account_sid=SID, auth_tokens=(TOKEN,))
    sealed = demo_profile().model_copy(update={"twilio": account})
    stored(settings, sealed)
    (tmp_path / "var" / "secret.key").write_text(f"{'A' * 43}=\n")
    keys = prepare(settings)
    with pytest.raises(ConfigurationError, match="import the company with its tokens"):
        asyncio.run(require_readable(settings, keys))

    async def mend() -> list[str]:
        services = build(settings, keys)
        planned = await plan(services.companies, [ProfileFile("demo.yaml", sealed)], checked=True)
        await services.companies.save([item.profile for item in planned])
        await services.stop()
        return [item.outcome for item in planned]

    assert asyncio.run(mend()) == ["created"]
    asyncio.run(require_readable(settings, keys))
