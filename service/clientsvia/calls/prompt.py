"""What a language model is told, and what it may give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from clientsvia.calls.ports import Earlier
    from clientsvia.companies.company import Company


@dataclass(frozen=True, slots=True)
class Tool:
    """Something a model may ask for; ``parameters`` is a JSON schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's wish to use a tool; ``arguments`` are as it wrote them, hence not to be trusted."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model, the parts that change least first, for the provider's cache.

    ``instructions`` and ``tools`` are the same for every turn of a company's revision, ``context``
    is of this turn: the moment, the hours in words, what the company knows of the question.
    ``turns`` are the call's earlier ones, ``text`` the caller's words. ``results`` are the tools
    the model has used for this question already, with what came of each.
    """

    instructions: str
    context: str
    turns: tuple[Earlier, ...]
    text: str
    tools: tuple[Tool, ...]
    results: tuple[tuple[ToolCall, str], ...] = ()


class Model(Protocol):
    """A language model somewhere."""

    def stream(self, company: Company, prompt: Prompt) -> AsyncIterator[str | ToolCall]:
        """Pieces of the answer as they come, and tools the model would use.

        Raises ProviderFailed. Who stops listening stops the work.
        """
