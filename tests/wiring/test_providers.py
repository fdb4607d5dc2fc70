from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.settings import load_settings
from clientsvia.wiring import build

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

KEYS = [b"k" * 32]
OWN = "https://models.example/v1"


def asked(company: Company, platform_key: str | None, **ai: Any) -> list[str]:
    """Which providers would be asked for a company with these settings."""
    services = build(load_settings(store="memory:", openai_api_key=platform_key), KEYS)
    chosen = replace(company, ai=replace(company.ai, **ai))
    return [name for name, _ in services.providers.responder.alone(chosen)]


@pytest.mark.parametrize(
    ("platform_key", "ai", "names"),
    [
        (None, {}, []),
        ("sk-platform", {}, ["openai"]),
        (None, {"api_key": "sk-own"}, ["openai"]),
        (None, {"responder": "knowledge", "api_key": "sk-own"}, []),
        ("sk-platform", {"responder": "knowledge"}, []),
        (None, {"responder": "compatible", "base_url": OWN}, ["compatible"]),
        (None, {"responder": "compatible"}, []),
        ("sk-platform", {"responder": "compatible"}, ["compatible"]),
        # A key for a server of one's own opens nothing at OpenAI.
        (None, {"api_key": "sk-own", "base_url": OWN}, []),
        (
            "sk-platform",
            {"responder": "compatible", "base_url": OWN, "fallbacks": ("openai", "knowledge")},
            ["compatible", "openai"],
        ),
    ],
)
def test_a_company_asks_whom_it_has_a_key_for(
    demo: Company, platform_key: str | None, ai: dict[str, Any], names: list[str]
) -> None:
    assert asked(demo, platform_key, **ai) == names


def test_without_keys_a_call_opens_no_connection(demo: Company) -> None:
    """In no event loop, where opening one would fail."""
    build(load_settings(store="memory:"), KEYS).providers.warm(demo)


@pytest.mark.parametrize(
    ("chosen", "key", "speaks"),
    [("auto", "sk_canary", True), ("auto", None, False), ("say", "sk_canary", False)],
)
async def test_companies_have_voices_where_there_is_a_key_and_the_operator_lets_them(
    demo: Company, chosen: str, key: str | None, *, speaks: bool
) -> None:
    settings = load_settings(store="memory:", speech=chosen, elevenlabs_api_key=key)
    services = build(settings, KEYS)
    assert services.speech.has_voice(demo) is speaks
    await services.stop()
