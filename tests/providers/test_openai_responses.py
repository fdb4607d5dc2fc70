from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.prompt import ToolCall
from clientsvia.providers.openai_model import effort
from clientsvia.providers.openai_responses import ResponsesApi, cache_key
from tests.providers.models import MODEL, asking, heard, prompt, with_ai
from tests.providers.standin import running

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

NOTHING: frozenset[str] = frozenset()


async def test_nothing_is_stored_and_the_answer_is_no_longer_than_the_company_wants(
    demo: Company,
) -> None:
    with running() as standin:
        async with asking(standin, "responses") as asked:
            await heard(asked.model, with_ai(demo, length=77, temperature=0.9), prompt())
            sent = asked.body
    assert sent["store"] is False
    assert sent["stream"] is True
    assert sent["max_output_tokens"] == 77
    assert sent["temperature"] == 0.9
    assert sent["model"] == MODEL


def test_calls_to_a_company_share_what_is_cached_and_with_no_other(demo: Company) -> None:
    assert cache_key(demo) == cache_key(replace(demo))
    assert cache_key(demo) != cache_key(replace(demo, slug="acme"))
    assert "demo" not in cache_key(demo)


def test_what_changes_least_comes_first(demo: Company) -> None:
    request = ResponsesApi().request(demo, MODEL, prompt(), NOTHING)
    assert list(request)[:4] == ["model", "instructions", "tools", "input"]
    roles = [item["role"] for item in request["input"]]
    assert roles == ["user", "assistant", "developer", "user"]


@pytest.mark.parametrize(
    ("model", "least"),
    [
        ("gpt-4.1-mini", ""),
        ("gpt-4o", ""),
        ("gpt-5", "minimal"),
        ("gpt-5-mini-2025-08-07", "minimal"),
        ("gpt-5.4-mini", "none"),
        ("openai/gpt-5.1", "none"),
        ("gpt-6-sol", "none"),
        ("gpt-5-chat-latest", ""),
        ("gpt-5.3-chat-latest", ""),
        ("o4-mini", "low"),
        ("llama-3.3-70b", ""),
    ],
)
def test_models_that_think_are_asked_to_think_least(model: str, least: str) -> None:
    assert effort(model) == least


def test_each_result_follows_the_call_it_is_of(demo: Company) -> None:
    results = (ToolCall("look_up_hours", {"day": "Monday"}), "closed"), (ToolCall("x", {}), "y")
    request = ResponsesApi().request(demo, MODEL, prompt(results=results), NOTHING)
    assert [(item["type"], item["call_id"]) for item in request["input"][-4:]] == [
        ("function_call", "call_0"),
        ("function_call_output", "call_0"),
        ("function_call", "call_1"),
        ("function_call_output", "call_1"),
    ]
