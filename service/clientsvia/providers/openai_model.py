"""One answer of a model behind OpenAI's package, whichever of its APIs streams it."""

from __future__ import annotations

import asyncio
import json
import re
from collections import OrderedDict
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from clientsvia.calls.prompt import ToolCall
from clientsvia.errors import ProviderFailed
from clientsvia.providers.openai_errors import Party, broken, explained
from clientsvia.providers.openai_meter import Meter
from clientsvia.providers.patience import Patience

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from openai import APIStatusError, AsyncOpenAI

    from clientsvia.calls.ports import Spending
    from clientsvia.calls.prompt import Prompt
    from clientsvia.companies.company import Company
    from clientsvia.providers.accounts import Account
    from clientsvia.providers.clients import Clients
    from clientsvia.providers.openai_meter import Tokens

_LEARNT = 256  # models whose refusals are remembered
_BAD_REQUEST = frozenset({400, 422})
_REST_SECONDS = 0.2
_EFFORTS = (
    (re.compile(r"(.*/)?gpt-[\d.]*-?chat"), ""),
    (re.compile(r"(.*/)?gpt-5(-mini|-nano)?(-\d{4}.*)?$"), "minimal"),
    (re.compile(r"(.*/)?gpt-([6-9]|5\.)"), "none"),
    (re.compile(r"(.*/)?o\d"), "low"),
)


class Reader(Protocol):
    """Understands the events of one stream, in their order."""

    tokens: Tokens | None
    complete: bool

    def take(self, event: Any) -> Sequence[str | ToolCall]:  # noqa: ANN401 - the API's own events
        """What an event brings to the answer; raises what the event tells of."""


class Api(Protocol):
    """One of the APIs."""

    provider: str
    optional: frozenset[str]
    """Parameters that a request can do without, should a model refuse them."""

    def account(self, company: Company, platform: Account) -> Account:
        """Where this company is served."""

    def request(
        self, company: Company, model: str, prompt: Prompt, refused: frozenset[str]
    ) -> dict[str, Any]:
        """The parameters of a request."""

    async def open(self, client: AsyncOpenAI, request: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each API's own stream
        """The stream of events."""

    def reader(self, party: Party) -> Reader:
        """For a new stream."""


class OpenAiModel:
    """A language model asked through one of OpenAI's APIs, at its own or any other address."""

    def __init__(
        self,
        api: Api,
        clients: Clients[AsyncOpenAI],
        platform: Account,
        spending: Spending,
        default_model: str,
        patience: Patience | None = None,
    ) -> None:
        self._api = api
        self._clients = clients
        self._platform = platform
        self._spending = spending
        self._default_model = default_model
        self._patience = patience or Patience()
        self._refused: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()

    async def load(self) -> None:
        """Import all that answering takes, where the platform has a key; once, before any call."""
        if self._platform.api_key:
            await self._clients.load(self._platform)

    def warm(self, company: Company) -> None:
        """Open a connection for the call that begins; returns at once and never raises."""
        try:
            account = self._api.account(company, self._platform)
        except ProviderFailed:
            return  # which is told to whoever asks a question
        self._clients.warm(account)

    async def stream(self, company: Company, prompt: Prompt) -> AsyncIterator[str | ToolCall]:
        """Pieces of the answer as they come, and tools the model would use.

        Raises ProviderFailed. Who stops listening stops the work; what was used is counted anyway.
        """
        account = self._api.account(company, self._platform)
        party = Party(account, company.ai.model or self._default_model)
        reader, meter = self._api.reader(party), Meter(prompt)
        async with self._clients.using(account) as client:
            try:
                events = await self._opened(client, party, company, prompt)
                meter.opened = True
                try:
                    pieces = await self._next(events, reader, meter, party)
                    while pieces is not None:
                        for piece in pieces:
                            yield piece
                        pieces = await self._next(events, reader, meter, party)
                finally:
                    await _end(events, reader)
            except ProviderFailed as error:
                meter.failed = error
                raise
            finally:
                if usage := meter.usage(self._api.provider, party.model, reader.tokens):
                    self._spending.add(company, usage)
        if not reader.complete:
            raise broken(party, "its answer ended before it was complete")

    async def _opened(
        self, client: AsyncOpenAI, party: Party, company: Company, prompt: Prompt
    ) -> Any:  # noqa: ANN401 - each API's own stream
        """The stream, asked for again without what the model refuses, and so ever after."""
        from openai import APIStatusError  # noqa: PLC0415 - PERF: imported with the client

        asked = (party.account.base_url, party.model)
        with explained(party, begun=False):
            async with asyncio.timeout(self._patience.first_s):
                while True:
                    refused = self._refused.get(asked, frozenset())
                    request = self._api.request(company, party.model, prompt, refused)
                    try:
                        return await self._api.open(client, request)
                    except APIStatusError as error:
                        name = _refused_parameter(error, self._api.optional - refused)
                        if not name:
                            raise
                        self._learn(asked, refused | {name})

    def _learn(self, asked: tuple[str, str], refused: frozenset[str]) -> None:
        self._refused[asked] = refused
        if len(self._refused) > _LEARNT:
            self._refused.popitem(last=False)

    async def _next(
        self,
        events: Any,  # noqa: ANN401 - each API's own stream
        reader: Reader,
        meter: Meter,
        party: Party,
    ) -> Sequence[str | ToolCall] | None:
        """What the next event brings; None at the end of the answer."""
        if reader.complete:
            return None
        patience = self._patience
        wait = patience.stall_s if meter.answered else patience.first_s
        wait = min(wait, meter.begun + patience.total_s - perf_counter())
        with explained(party, begun=meter.answered):
            async with asyncio.timeout(wait):
                event = await anext(events, None)
            if event is None:
                return None
            pieces = reader.take(event)
        meter.add(pieces)
        return pieces


async def _end(events: Any, reader: Reader) -> None:  # noqa: ANN401 - each API's own stream
    """Close a stream; one whose answer is complete is first read to its end.

    That is so for a taker who has heard enough, too: the count of tokens may stand there, and only
    then the connection is free for the next request. Nothing else depends on it, so it is neither
    waited for long nor an error when it fails.
    """
    try:
        with suppress(Exception):
            async with asyncio.timeout(_REST_SECONDS):
                while reader.complete and (event := await anext(events, None)) is not None:
                    reader.take(event)
    finally:
        await events.close()


def _refused_parameter(error: APIStatusError, optional: frozenset[str]) -> str:
    """Which of the parameters the model does not take; empty when it is none of them."""
    if error.status_code not in _BAD_REQUEST:
        return ""
    param = (error.param or "").partition(".")[0]
    if param in optional:
        return param
    return next((name for name in sorted(optional) if name in error.message), "")


def read_arguments(name: str, text: str) -> ToolCall:
    """A tool call from the JSON a model wrote; raises ValueError when it is no object."""
    arguments = json.loads(text or "{}")
    if not name or not isinstance(arguments, dict):
        raise ValueError("no arguments")
    return ToolCall(name, arguments)


def effort(model: str) -> str:
    """How much a model is to think before it speaks, which a caller would hear as silence.

    Empty for models that do not. Should a model refuse it, it is asked again without.
    """
    return next((least for pattern, least in _EFFORTS if pattern.match(model)), "")
