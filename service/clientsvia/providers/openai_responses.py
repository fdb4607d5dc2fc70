"""OpenAI's Responses API, streamed; nothing is stored there."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clientsvia.providers.accounts import openai_account
from clientsvia.providers.openai_errors import broken, told
from clientsvia.providers.openai_meter import Tokens
from clientsvia.providers.openai_model import effort, read_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openai import AsyncOpenAI

    from clientsvia.calls.prompt import Prompt, ToolCall
    from clientsvia.companies.company import Company
    from clientsvia.providers.accounts import Account
    from clientsvia.providers.openai_errors import Party

DEFAULT_MODEL = "gpt-4.1-mini"
"""Where neither the company nor the platform names one: it begins to answer soon."""


class ResponsesApi:
    """How a question is put to it, and its stream understood."""

    provider = "openai"
    optional = frozenset({"temperature", "reasoning", "prompt_cache_key"})

    def account(self, company: Company, platform: Account) -> Account:
        """The company's own key, or the platform's."""
        return openai_account(company, platform)

    def request(
        self, company: Company, model: str, prompt: Prompt, refused: frozenset[str]
    ) -> dict[str, Any]:
        """The parameters of a request, what changes least first."""
        request: dict[str, Any] = {
            "model": model,
            "instructions": prompt.instructions,
            "tools": [
                {
                    "type": "function",
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": dict(tool.parameters),
                    "strict": False,
                }
                for tool in prompt.tools
            ],
            "input": list(_input(prompt)),
            "max_output_tokens": company.ai.length,
            "prompt_cache_key": cache_key(company),
            **_thinking(company, model),
        }
        return {name: value for name, value in request.items() if name not in refused}

    async def open(self, client: AsyncOpenAI, request: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the package's stream
        """The stream of events."""
        return await client.responses.create(stream=True, store=False, **request)

    def reader(self, party: Party) -> ResponsesReader:
        """For a new stream."""
        return ResponsesReader(party)


class ResponsesReader:
    """Understands the events of one stream."""

    def __init__(self, party: Party) -> None:
        self.tokens: Tokens | None = None
        self.complete = False
        self._party = party
        self._spoke = False
        self._wishes: list[ToolCall] = []

    def take(self, event: Any) -> Sequence[str | ToolCall]:  # noqa: ANN401 - one of fifty types
        """What an event brings to the answer; raises ProviderFailed for what it tells of."""
        match event.type:
            case "response.output_text.delta" | "response.refusal.delta":
                self._spoke = True
                return (_text(event.delta),)
            case "response.output_item.done" if event.item.type == "function_call":
                self._wishes.append(read_arguments(event.item.name, event.item.arguments))
            case "response.completed" | "response.incomplete":
                return self._end(event.response)
            case "response.failed":
                self.tokens = _tokens(event.response.usage)
                error = event.response.error
                raise told(self._party, error.code, error.message)
            case "error":
                raise told(self._party, event.code or "", event.message)
        return ()

    def _end(self, response: Any) -> Sequence[ToolCall]:  # noqa: ANN401 - the package's Response
        """Tools come last, when the tokens are counted: who takes one listens no further."""
        self.tokens = _tokens(response.usage)
        if response.status != "completed":
            cut(self._party, response.incomplete_details.reason, spoke=self._spoke)
            self._wishes.clear()  # the last of them may be cut as well
        self.complete = True
        return self._wishes


def cut(party: Party, reason: str, *, spoke: bool) -> None:
    """An answer that ends before its end: at its greatest length it is one all the same."""
    if reason not in {"max_output_tokens", "length"}:
        raise broken(party, f"it cut the answer short ({reason})")
    if not spoke:
        raise broken(
            party, "it used all tokens of ai.length without a word (raise it, or change ai.model)"
        )


def cache_key(company: Company) -> str:
    """The same for all calls to a company, so that they find what is cached of its instructions."""
    return sha256(f"clientsvia:{company.slug}:{company.revision}".encode()).hexdigest()[:32]


def _thinking(company: Company, model: str) -> dict[str, Any]:
    """Models that think first take no temperature."""
    least = effort(model)
    return {"reasoning": {"effort": least}} if least else {"temperature": company.ai.temperature}


def _input(prompt: Prompt) -> Iterator[dict[str, Any]]:
    for turn in prompt.turns:
        yield {"role": "user", "content": turn.heard}
        yield {"role": "assistant", "content": turn.said or "…"}
    if prompt.context:
        yield {"role": "developer", "content": prompt.context}
    yield {"role": "user", "content": prompt.text}
    for number, (call, result) in enumerate(prompt.results):
        arguments = json.dumps(dict(call.arguments))
        wish = {"call_id": f"call_{number}", "name": call.name, "arguments": arguments}
        yield {"type": "function_call", **wish}
        yield {"type": "function_call_output", "call_id": wish["call_id"], "output": result}


def _text(delta: object) -> str:
    if not isinstance(delta, str):
        raise TypeError("a delta that is no text")
    return delta


def _tokens(usage: Any) -> Tokens | None:  # noqa: ANN401 - the package's ResponseUsage, or None
    if usage is None:
        return None
    return Tokens(usage.input_tokens, usage.input_tokens_details.cached_tokens, usage.output_tokens)
