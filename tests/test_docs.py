"""The documents say what is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clientsvia.app import create_app
from clientsvia.settings import Settings, load_settings, variable
from clientsvia.wiring import build

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_setting_is_documented_in_its_own_words() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"`{variable(name)}`" in page
        assert str(field.description) in page


def test_every_route_is_documented() -> None:
    settings = load_settings(demo=True, store="memory:")
    app = create_app(settings, build(settings, [b"k" * 32]))
    page = (ROOT / "docs/webhooks.md").read_text()
    routes: list[str] = []

    def collect(nodes: Sequence[object], prefix: str) -> None:
        for node in nodes:
            path = f"{prefix}/{node.raw_segment}"  # type: ignore[attr-defined]
            if node.resource is not None:  # type: ignore[attr-defined]
                routes.append(path)
            collect(node.children, path)  # type: ignore[attr-defined]

    collect(app._router._roots, "")  # noqa: SLF001 - falcon has no public list of routes
    assert len(routes) > 8
    assert [route for route in routes if f"`{route}`" not in page] == []


def test_every_make_target_named_in_a_page_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"`make ([a-z-]+)", page.read_text())
        assert set(named) <= targets, page.name


def test_the_picture_is_small_whole_and_loads_nothing() -> None:
    picture = (ROOT / "docs/call.svg").read_text()
    assert len(picture) < 100_000
    assert set(re.findall(r"https?://[^\"'\s)]+", picture)) == {"http://www.w3.org/2000/svg"}
    words = re.sub(r"<[^>]+>|&#160;", " ", picture)
    assert "an automated assistant" in " ".join(words.split())
    assert "The call ended" in " ".join(words.split())
