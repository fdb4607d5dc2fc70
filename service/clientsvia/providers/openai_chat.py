"""The chat.completions API, which OpenAI and every compatible server have, streamed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.providers.accounts import compatible_account
from clientsvia.providers.openai_meter import Tokens
from clientsvia.providers.openai_model import effort, read_arguments
from clientsvia.providers.openai_responses import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openai import AsyncOpenAI

    from clientsvia.calls.prompt import Prompt, ToolCall
    from clientsvia.companies.company import Company
    from clientsvia.providers.accounts import Account
    from clientsvia.providers.openai_errors import Party


class ChatApi:
    """How a question is put to it, and its stream understood."""

    provider = "compatible"
    optional = frozenset({"temperature", "reasoning_effort", "stream_options", "max_tokens"})

    def account(self, company: Company, platform: Account) -> Account:
        """The company's own server, or the operator's."""
        return compatible_account(company, platform)

    def request(
        self, company: Company, model: str, prompt: Prompt, refused: frozenset[str]
    ) -> dict[str, Any]:
        """The parameters of a request; most servers know ``max_tokens``, OpenAI its new name."""
        request: dict[str, Any] = {
            "model": model,
            "messages": list(_messages(prompt)),
            "max_tokens": company.ai.length,
            "stream_options": {"include_usage": True},
            **_thinking(company, model),
        }
        if prompt.tools:
            request["tools"] = [
                {
                    "type": "function",
                    "function": {
                        "name": tool.name,
                        "description": tool.description,
                        "parameters": dict(tool.parameters),
                    },
                }
                for tool in prompt.tools
            ]
        if "max_tokens" in refused:
            request["max_completion_tokens"] = company.ai.length
        return {name: value for name, value in request.items() if name not in refused}

    async def open(self, client: AsyncOpenAI, request: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the package's stream
        """The stream of chunks."""
        return await client.chat.completions.create(stream=True, **request)

    def reader(self, party: Party) -> ChatReader:
        """For a new stream."""
        return ChatReader(party)


@dataclass(slots=True)
class _Wish:
    """A tool call that comes in pieces."""

    name: str = ""
    arguments: str = ""


class ChatReader:
    """Understands the chunks of one stream."""

    def __init__(self, party: Party) -> None:
        self.tokens: Tokens | None = None
        self.complete = False
        self._party = party
        self._spoke = False
        self._wishes: dict[int, _Wish] = {}

    def take(self, event: Any) -> Sequence[str | ToolCall]:  # noqa: ANN401 - the package's chunk
        """What a chunk brings to the answer; raises ProviderFailed for what it tells of."""
        if event.usage is not None:
            details = event.usage.prompt_tokens_details
            cached = (details.cached_tokens if details else 0) or 0
            self.tokens = Tokens(event.usage.prompt_tokens, cached, event.usage.completion_tokens)
        if not event.choices:
            return ()
        choice = event.choices[0]
        delta = choice.delta
        for piece in delta.tool_calls or ():
            self._gather(piece)
        pieces = tuple(text for text in (delta.content, delta.refusal) if text)
        self._spoke = self._spoke or bool(pieces)
        return pieces if choice.finish_reason is None else (*pieces, *self._end(choice))

    def _gather(self, piece: Any) -> None:  # noqa: ANN401 - the package's delta
        index = piece.index if piece.index is not None else len(self._wishes)
        wish = self._wishes.setdefault(index, _Wish())
        wish.name = wish.name or piece.function.name or ""
        wish.arguments += piece.function.arguments or ""

    def _end(self, choice: Any) -> list[ToolCall]:  # noqa: ANN401 - the package's choice
        if choice.finish_reason in {"length", "content_filter"}:
            cut(self._party, choice.finish_reason, spoke=self._spoke)
            self._wishes.clear()  # the last of them may be cut as well
        self.complete = True
        return [read_arguments(wish.name, wish.arguments) for wish in self._wishes.values()]


def _thinking(company: Company, model: str) -> dict[str, Any]:
    """Models that think first take no temperature."""
    least = effort(model)
    return {"reasoning_effort": least} if least else {"temperature": company.ai.temperature}


def _messages(prompt: Prompt) -> Iterator[dict[str, Any]]:
    """One system message, at the beginning: many servers take no other."""
    yield {"role": "system", "content": f"{prompt.instructions}\n\n{prompt.context}".strip()}
    for turn in prompt.turns:
        yield {"role": "user", "content": turn.heard}
        yield {"role": "assistant", "content": turn.said or "…"}
    yield {"role": "user", "content": prompt.text}
    for number, (call, result) in enumerate(prompt.results):
        function = {"name": call.name, "arguments": json.dumps(dict(call.arguments))}
        wish = {"id": f"call_{number}", "type": "function", "function": function}
        yield {"role": "assistant", "content": None, "tool_calls": [wish]}
        yield {"role": "tool", "tool_call_id": wish["id"], "content": result}
