"""What a request to a model has used: as the provider counted it, else by the text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from clientsvia.calls.ports import Usage
from clientsvia.errors import ProviderFailed, ProviderTimeout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.prompt import Prompt, ToolCall

CHARACTERS_A_TOKEN = 4  # of English, where the provider has not told


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider counted."""

    prompt: int
    cached: int
    answer: int


class Meter:
    """What a request has used so far; ``failed`` is why it ended, where it did not end well."""

    def __init__(self, prompt: Prompt) -> None:
        self.begun = perf_counter()
        self.opened = False
        self.failed: ProviderFailed | None = None
        self._prompt = prompt
        self._answer = 0

    @property
    def answered(self) -> bool:
        """Whether anything came."""
        return self._answer > 0

    def add(self, pieces: Sequence[str | ToolCall]) -> None:
        """Count pieces, in characters."""
        for piece in pieces:
            whole = piece if isinstance(piece, str) else piece.name + json.dumps(piece.arguments)
            self._answer += len(whole)

    def usage(self, provider: str, model: str, told: Tokens | None) -> Usage | None:
        """As the provider told it, else by the text; None for a request that was refused."""
        refused = self.failed is not None and not isinstance(self.failed, ProviderTimeout)
        if refused and not self.opened:
            return None
        tokens = told or Tokens(_tokens(_length(self._prompt)), 0, _tokens(self._answer))
        seconds = perf_counter() - self.begun
        return Usage(provider, model, tokens.prompt, tokens.cached, tokens.answer, seconds=seconds)


def _length(prompt: Prompt) -> int:
    turns = sum(len(turn.heard) + len(turn.said) for turn in prompt.turns)
    tools = sum(
        len(tool.name) + len(tool.description) + len(json.dumps(dict(tool.parameters)))
        for tool in prompt.tools
    )
    results = sum(
        len(call.name) + len(json.dumps(dict(call.arguments))) + len(result)
        for call, result in prompt.results
    )
    return len(prompt.instructions + prompt.context + prompt.text) + turns + tools + results


def _tokens(characters: int) -> int:
    return -(-characters // CHARACTERS_A_TOKEN)
