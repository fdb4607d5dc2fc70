from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.settings import load_settings
from clientsvia.wiring import build
from clientsvia.wiring.stores import prepare
from tests.admin.trying import Page
from tests.conftest import OPEN

if TYPE_CHECKING:
    from pathlib import Path


async def test_nothing_of_a_conversation_in_a_page_is_kept(tmp_path: Path) -> None:
    store = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    settings = load_settings(demo=True, store=store, secret_key_file=tmp_path / "secret.key")
    services = build(settings, prepare(settings))
    await services.start()
    demo = services.directory.by_slug("demo")
    assert demo is not None
    page = Page(demo, services.trying.try_it)
    page.ring()
    for words in ("I want to leave a message", "a leaking pipe", "Jo Berg", "yes", "yes", "no"):
        if page.last.moves:
            await page.say(words)
    stores = services.stores
    await stores.call_log.flush()
    await services.clerk.work()
    left = [effect for step in page.steps for effect in step.answered["effects"]]
    assert "MessageLeft" in {effect["type"] for effect in left}
    assert await stores.call_log.calls() == []
    assert await stores.messages.untold() == []
    assert await stores.effects.waiting(OPEN + timedelta(days=10_000)) == []
    assert len(services.switchboard.admission) == len(services.switchboard.engaged) == 0
    await services.stop()
