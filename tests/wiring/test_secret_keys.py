from __future__ import annotations

import stat
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.files import demo_profile
from clientsvia.companies.profile import TwilioProfile
from clientsvia.errors import ConfigurationError
from clientsvia.settings import load_settings
from clientsvia.wiring import build, prepare
from clientsvia.wiring.secret_keys import list_keys, rotate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

TOKEN = "canary-token-of-the-account"
SECRET = demo_profile().model_copy(
    update={"twilio": TwilioProfile(account_sid="AC" + "a" * 32, auth_tokens=(TOKEN,))}
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(
        store=f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db",
        secret_key_file=tmp_path / "secret.key",
        clips=tmp_path / "clips",
    )


@asynccontextmanager
async def worker(settings: Settings) -> AsyncIterator[Services]:
    services = build(settings, prepare(settings))
    yield services
    await services.stop()


async def token_of(services: Services) -> str:
    stored = await services.companies.get("demo")
    assert stored is not None
    assert stored.profile.twilio is not None
    return stored.profile.twilio.auth_tokens[0]


async def test_a_new_key_seals_every_secret_and_the_old_one_stays(settings: Settings) -> None:
    async with worker(settings) as services:
        await services.companies.save([SECRET])
    [old] = await list_keys(settings)

    done = await rotate(settings)

    assert done.anew == 1
    assert [(key.id, key.first, key.seals) for key in done.keys] == [
        (done.made, True, 1),
        (old.id, False, 0),
    ]
    assert stat.S_IMODE(settings.secret_key_file.stat().st_mode) == 0o600


async def test_a_worker_that_runs_meanwhile_opens_what_the_new_key_sealed(
    settings: Settings,
) -> None:
    async with worker(settings) as running:
        await running.companies.save([SECRET])
        await rotate(settings)
        assert await token_of(running) == TOKEN
        await running.companies.save([SECRET.model_copy(update={"name": "Renamed"})])
        assert await token_of(running) == TOKEN


async def test_old_keys_are_dropped_once_they_seal_nothing(settings: Settings) -> None:
    async with worker(settings) as services:
        await services.companies.save([SECRET])
    made = (await rotate(settings)).made

    done = await rotate(settings, drop=True)

    assert [key.id for key in done.keys] == [made]
    assert len(done.dropped) == 1
    async with worker(settings) as again:
        assert await token_of(again) == TOKEN


async def test_a_secret_that_cannot_be_opened_keeps_every_old_key(
    settings: Settings, tmp_path: Path
) -> None:
    async with worker(settings) as services:
        await services.companies.save([SECRET])
    lost = settings.secret_key_file.rename(tmp_path / "lost.key")
    other = load_settings(**settings.model_dump(exclude_unset=True) | {"store": "memory:"})
    prepare(other)  # makes another key
    before = settings.secret_key_file.read_bytes()

    with pytest.raises(ConfigurationError, match="add that key again"):
        await rotate(settings, drop=True)

    assert settings.secret_key_file.read_bytes() == before
    assert lost.exists()


async def test_keys_of_the_environment_seal_anew_and_are_dropped_by_hand(
    settings: Settings, tmp_path: Path
) -> None:
    async with worker(settings) as services:
        await services.companies.save([SECRET])
    await rotate(settings)
    keys = ",".join(settings.secret_key_file.read_text().split()[::-1])
    given = load_settings(store=settings.store, secret_keys=keys, clips=tmp_path / "clips")

    done = await rotate(given)

    assert (done.made, done.anew) == ("", 1)
    with pytest.raises(ConfigurationError, match="CLIENTSVIA_SECRET_KEYS"):
        await rotate(given, drop=True)
