"""Models on the stand-in, what they are asked, and what that costs."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls.ports import Earlier, Usage
from clientsvia.calls.prompt import Prompt, Tool, ToolCall
from clientsvia.errors import ProviderFailed
from clientsvia.providers.accounts import openai_platform
from clientsvia.providers.openai_chat import ChatApi
from clientsvia.providers.openai_clients import openai_clients
from clientsvia.providers.openai_model import OpenAiModel
from clientsvia.providers.openai_responses import ResponsesApi
from clientsvia.providers.patience import Patience

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from benches.standin.server import Standin
    from clientsvia.companies.company import Company
    from clientsvia.providers.openai_model import Api

KEY = "sk-canary-platform"
MODEL = "gpt-4.1-mini"
APIS: dict[str, Api] = {"responses": ResponsesApi(), "chat": ChatApi()}
IMPATIENT = Patience(first_s=1.5, stall_s=0.5)
TRANSFER = Tool(
    "transfer",
    "Pass the call on.",
    {
        "type": "object",
        "properties": {"target": {"type": "string", "enum": ["sales", "billing"]}},
        "required": ["target"],
    },
)


@dataclass
class Counted:
    """Spending that remembers what was counted."""

    usages: list[tuple[str, Usage]] = field(default_factory=list)

    def add(self, company: Company, usage: Usage) -> None:
        self.usages.append((company.slug, usage))

    def capped(self, _company: Company) -> bool:
        return False

    def discarded(self, _company: Company, _usage: Usage) -> float:
        return 0.0

    def wasted_today(self, _company: Company) -> float:
        return 0.0


@dataclass
class Asked:
    """A model on a stand-in, with what it was told to spend."""

    model: OpenAiModel
    spending: Counted
    standin: Standin

    @property
    def usage(self) -> Usage:
        """Of the one request there was."""
        ((_, usage),) = self.spending.usages
        return usage

    @property
    def body(self) -> dict[str, Any]:
        """The newest request."""
        return dict(self.standin.seen[-1].body)


@asynccontextmanager
async def asking(
    standin: Standin, api: str, patience: Patience | None = None
) -> AsyncIterator[Asked]:
    """A model of the platform's account, which is the stand-in's."""
    clients = openai_clients(patience)
    platform = openai_platform(KEY, standin.openai_url)
    spending = Counted()
    model = OpenAiModel(APIS[api], clients, platform, spending, MODEL, patience)
    try:
        yield Asked(model, spending, standin)
    finally:
        await clients.close()


def prompt(text: str = "How late are you open today?", **fields: Any) -> Prompt:
    """A question, with all that goes with one."""
    usual = Prompt(
        "You are Ava. Be brief.",
        "It is Wednesday, 10 AM.",
        (Earlier("Hello.", "Hello, how may I help?"),),
        text,
        (TRANSFER,),
    )
    return replace(usual, **fields)


async def heard(model: OpenAiModel, company: Company, asked: Prompt) -> list[str | ToolCall]:
    """Every piece of an answer."""
    return [piece async for piece in model.stream(company, asked)]


async def heard_until_it_fails(
    model: OpenAiModel, company: Company, asked: Prompt
) -> tuple[list[str | ToolCall], ProviderFailed]:
    """Every piece before the error, and the error."""
    pieces: list[str | ToolCall] = []
    with pytest.raises(ProviderFailed) as caught:  # noqa: PT012 - what came before it counts
        async for piece in model.stream(company, asked):
            pieces.append(piece)  # noqa: PERF401 - as above
    return pieces, caught.value


async def until(true: Callable[[], object]) -> None:
    """Wait for what happens in the stand-in's thread."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - another loop's doing
            await asyncio.sleep(0.01)


def text_of(pieces: Iterable[str | ToolCall]) -> str:
    """What is spoken."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def with_ai(company: Company, **fields: Any) -> Company:
    """The company with other settings of its responder."""
    return replace(company, ai=replace(company.ai, **fields))
