from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import demo_profile
from clientsvia.companies.provider_profiles import VoiceProfile

if TYPE_CHECKING:
    from pathlib import Path

SECRET = demo_profile().model_copy(update={"voice": VoiceProfile(api_key="canary-voice-key")})


@pytest.fixture
def sealed(environment: Path) -> Path:
    """A store with a secret in it."""

    async def fill() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([SECRET])

    asyncio.run(fill())
    return environment


@pytest.mark.usefixtures("sealed")
def test_a_rotation_says_what_was_done_and_what_is_to_be_done_next() -> None:
    done = CliRunner().invoke(app, ["keys", "rotate"])

    assert done.exit_code == 0, done.output
    assert "1 secrets were sealed anew" in done.output
    assert "Start the service again" in done.output
    assert "keys rotate --drop" in " ".join(done.output.split())


@pytest.mark.usefixtures("sealed")
def test_no_key_and_no_secret_is_printed() -> None:
    runner = CliRunner()
    runner.invoke(app, ["keys", "rotate"])

    listed = runner.invoke(app, ["keys", "list", "--json"])

    first, second = orjson.loads(listed.output)
    assert (first["first"], first["seals"], second["seals"]) == (True, 1, 0)
    assert len(first["id"]) == 8
    assert "canary" not in listed.output
