from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openai.types.chat import ChatCompletionChunk

from clientsvia.calls.prompt import ToolCall
from clientsvia.errors import ProviderBroken
from clientsvia.providers.accounts import openai_platform
from clientsvia.providers.openai_chat import ChatApi, ChatReader
from clientsvia.providers.openai_errors import Party
from tests.providers.models import MODEL, prompt

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

PARTY = Party(openai_platform("k"), MODEL)


def chunk(delta: dict[str, Any], finish: str | None = None) -> ChatCompletionChunk:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return ChatCompletionChunk.construct(choices=[choice], usage=None)


def wish(index: int | None, **function: str) -> dict[str, Any]:
    return {"tool_calls": [{"index": index, "function": function}]}


def test_there_is_one_system_message_and_it_comes_first(demo: Company) -> None:
    request = ChatApi().request(demo, MODEL, prompt(), frozenset())
    roles = [message["role"] for message in request["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert request["messages"][0]["content"].startswith("You are Ava.")


def test_a_model_that_has_another_name_for_the_length_gets_it_under_that(demo: Company) -> None:
    request = ChatApi().request(demo, MODEL, prompt(), frozenset({"max_tokens"}))
    assert "max_tokens" not in request
    assert request["max_completion_tokens"] == demo.ai.length


def test_without_tools_none_are_sent(demo: Company) -> None:
    asked = replace(prompt(), tools=())
    assert "tools" not in ChatApi().request(demo, MODEL, asked, frozenset())


@pytest.mark.parametrize("indexes", [(0, 1), (None, None)])
def test_tools_that_come_in_pieces_are_put_together(indexes: tuple[int | None, ...]) -> None:
    reader = ChatReader(PARTY)
    first, second = indexes
    if first is not None:
        assert reader.take(chunk(wish(first, name="transfer", arguments='{"tar'))) == ()
        assert reader.take(chunk(wish(first, arguments='get": "sales"}'))) == ()
    else:
        reader.take(chunk(wish(first, name="transfer", arguments='{"target": "sales"}')))
    reader.take(chunk(wish(second, name="end_call", arguments="")))
    calls = reader.take(chunk({}, "tool_calls"))
    assert calls == (ToolCall("transfer", {"target": "sales"}), ToolCall("end_call", {}))
    assert reader.complete


def test_a_tool_call_that_was_cut_is_not_made() -> None:
    reader = ChatReader(PARTY)
    reader.take(chunk({"content": "One moment."}))
    reader.take(chunk(wish(0, name="transfer", arguments='{"target": "sa')))
    assert reader.take(chunk({}, "length")) == ()


def test_a_refusal_is_spoken() -> None:
    assert ChatReader(PARTY).take(chunk({"refusal": "I can't help."})) == ("I can't help.",)


def test_an_answer_a_filter_stopped_is_none() -> None:
    reader = ChatReader(PARTY)
    reader.take(chunk({"content": "Well"}))
    with pytest.raises(ProviderBroken, match="content_filter"):
        reader.take(chunk({}, "content_filter"))
