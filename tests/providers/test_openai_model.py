"""Both APIs over HTTP, with OpenAI's own package, against the stand-in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from benches.standin.answers import first_sentence
from clientsvia.calls.prompt import ToolCall
from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from tests.providers.models import (
    APIS,
    IMPATIENT,
    KEY,
    MODEL,
    asking,
    heard,
    heard_until_it_fails,
    prompt,
    text_of,
    until,
    with_ai,
)
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benches.standin.server import Standin
    from clientsvia.companies.company import Company

pytestmark = pytest.mark.parametrize("api", APIS)

COUNTED = {"responses": 7, "chat": 5}  # as the stand-in counts the chunks of a call

REFUSALS = {
    "key_refused": KeyRefused,
    "forbidden": KeyRefused,
    "quota": QuotaUsedUp,
    "rate_limited": RateLimited,
    "unknown_model": UnknownModel,
    "context_too_long": ContextTooLong,
    "bad_request": ProviderBroken,
    "server_error": ProviderBroken,
    "overloaded": ProviderBroken,
    "bad_gateway": ProviderBroken,
    "redirect": ProviderBroken,
    "refused_connection": ProviderUnreachable,
}
LATE = {"silent": ProviderTimeout, "no_token": ProviderTimeout, "pings": ProviderTimeout}
HALF_WAY = {
    "stall": ProviderTimeout,
    "malformed": ProviderBroken,
    "odd": ProviderBroken,
    "cut": ProviderBroken,
    "unfinished": ProviderBroken,
    "failed": ProviderBroken,
    "failed_limit": RateLimited,
    "error_event": ProviderBroken,
    "filtered": ProviderBroken,
}


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running() as standin:
        yield standin


async def test_an_answer_comes_in_pieces(standin: Standin, api: str, demo: Company) -> None:
    async with asking(standin, api) as asked:
        pieces = await heard(asked.model, demo, prompt("How late are you open?"))
    assert text_of(pieces).startswith(first_sentence("How late are you open?"))
    assert len(pieces) > 20


async def test_the_prompt_is_sent_whole_with_the_platforms_key(
    standin: Standin, api: str, demo: Company
) -> None:
    async with asking(standin, api) as asked:
        await heard(asked.model, demo, prompt())
        sent = str(asked.body)
    parts = "You are Ava.", "It is Wednesday, 10 AM.", "Hello, how may I help?", "How late are"
    assert all(part in sent for part in parts)
    assert standin.seen[-1].key == KEY


async def test_what_stays_the_same_goes_first_and_is_cached(
    standin: Standin, api: str, demo: Company
) -> None:
    async with asking(standin, api) as asked:
        for text, context in (("Are you open?", "It is 9 AM."), ("Where are you?", "It is noon.")):
            asked_now = prompt(text, context=context, instructions="Be kind. " * 1000)
            await heard(asked.model, demo, asked_now)
    cached = [usage.cached_tokens for _, usage in asked.spending.usages]
    assert cached[0] == 0
    assert cached[1] > 2000


async def test_a_tool_call_is_told_with_its_arguments(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"personality": "tools"})
    async with asking(standin, api) as asked:
        pieces = await heard(asked.model, demo, prompt("Transfer me to billing."))
    assert pieces[-1] == ToolCall("transfer", {"target": "billing"})
    assert text_of(pieces) == "One moment."


async def test_who_listens_no_further_than_a_tool_leaves_the_connection_and_the_count_whole(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"personality": "tools"})
    async with asking(standin, api) as asked:
        for _ in range(2):
            stream = asked.model.stream(demo, prompt("Transfer me to billing."))
            while not isinstance(await anext(stream), ToolCall):
                pass
            await stream.aclose()  # type: ignore[attr-defined]  # an async generator
    assert standin.connections == 1
    assert [usage.output_tokens for _, usage in asked.spending.usages] == [COUNTED[api]] * 2


async def test_what_a_tool_gave_is_answered_from_in_a_second_round(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"personality": "tools"})
    results = ((ToolCall("transfer", {"target": "billing"}), "nobody is there"),)
    async with asking(standin, api) as asked:
        pieces = await heard(asked.model, demo, prompt("Transfer me.", results=results))
    assert "nobody is there" in text_of(pieces)


async def test_what_the_provider_counted_is_what_is_spent(
    standin: Standin, api: str, demo: Company
) -> None:
    async with asking(standin, api) as asked:
        pieces = await heard(asked.model, demo, prompt())
        usage = asked.usage
    assert (usage.provider, usage.model) == (APIS[api].provider, MODEL)
    assert usage.output_tokens == len(pieces)
    assert usage.input_tokens > 20
    assert usage.seconds > 0


async def test_who_stops_listening_is_counted_by_what_was_said(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"personality": "long", "tokens_per_second": 200})
    async with asking(standin, api) as asked:
        stream = asked.model.stream(demo, prompt())
        said = [await anext(stream) for _ in range(8)]
        await stream.aclose()  # type: ignore[attr-defined]  # an async generator
        usage = asked.usage
    assert usage.output_tokens == -(-len(text_of(said)) // 4)
    assert usage.input_tokens > 20


async def test_who_is_cancelled_while_waiting_is_counted(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"fault": "silent"})
    async with asking(standin, api) as asked:
        task = asyncio.create_task(heard(asked.model, demo, prompt()))
        await until(lambda: standin.seen)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        usage = asked.usage
    assert usage.output_tokens == 0
    assert usage.input_tokens > 20


@pytest.mark.parametrize(("fault", "kind"), REFUSALS.items())
async def test_each_refusal_has_its_error_and_costs_nothing(
    standin: Standin, api: str, demo: Company, fault: str, kind: type[ProviderFailed]
) -> None:
    standin.rules.add({"fault": fault})
    async with asking(standin, api) as asked:
        with pytest.raises(ProviderFailed) as caught:
            await heard(asked.model, demo, prompt())
    assert type(caught.value) is kind
    assert caught.value.found
    assert caught.value.remedy
    assert "canary" not in str(caught.value)
    assert asked.spending.usages == []


@pytest.mark.parametrize(("fault", "kind"), {**LATE, **HALF_WAY}.items())
async def test_each_fault_in_mid_stream_has_its_error_and_is_counted(
    standin: Standin, api: str, demo: Company, fault: str, kind: type[ProviderFailed]
) -> None:
    standin.rules.add({"fault": fault, "personality": "long"})
    patience = IMPATIENT if kind is ProviderTimeout else None
    async with asking(standin, api, patience) as asked:
        said, error = await heard_until_it_fails(asked.model, demo, prompt())
        usage = asked.usage
    assert type(error) is kind
    assert "canary" not in str(error)
    assert len(said) == (0 if fault in LATE else 5)
    assert usage.input_tokens > 20


async def test_a_tool_call_that_is_no_json_is_the_providers_fault(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"personality": "tools", "fault": "bad_arguments"})
    async with asking(standin, api) as asked:
        with pytest.raises(ProviderBroken, match="makes no sense"):
            await heard(asked.model, demo, prompt("Transfer me to billing."))


async def test_an_answer_cut_at_its_greatest_length_is_one(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"fault": "incomplete"})
    async with asking(standin, api) as asked:
        assert len(await heard(asked.model, demo, prompt())) == 5


async def test_a_length_that_was_used_up_without_a_word_is_told(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"fault": "wordless"})
    async with asking(standin, api) as asked:
        with pytest.raises(ProviderBroken, match=r"ai\.length"):
            await heard(asked.model, demo, prompt())


async def test_a_model_that_takes_no_temperature_is_asked_without_ever_after(
    standin: Standin, api: str, demo: Company
) -> None:
    standin.rules.add({"fault": "refuses_temperature"}, model=MODEL)
    async with asking(standin, api) as asked:
        await heard(asked.model, demo, prompt())
        await heard(asked.model, demo, prompt())
    assert ["temperature" in seen.body for seen in standin.seen] == [True, False, False]


async def test_a_model_that_thinks_is_asked_to_think_little(
    standin: Standin, api: str, demo: Company
) -> None:
    async with asking(standin, api) as asked:
        await heard(asked.model, with_ai(demo, model="gpt-5.4-mini"), prompt())
        sent = asked.body
    assert "temperature" not in sent
    assert "none" in {sent.get("reasoning_effort"), (sent.get("reasoning") or {}).get("effort")}


async def test_every_answer_goes_over_the_connection_that_was_opened_for_the_call(
    standin: Standin, api: str, demo: Company
) -> None:
    async with asking(standin, api) as asked:
        asked.model.warm(demo)
        await until(lambda: standin.connections)
        await asyncio.sleep(0.1)
        for _ in range(3):
            await heard(asked.model, demo, prompt())
        asked.model.warm(demo)
        await asyncio.sleep(0.05)
    assert standin.connections == 1


async def test_opening_a_connection_to_nobody_fails_silently(api: str, demo: Company) -> None:
    with running() as standin:
        pass
    async with asking(standin, api) as asked:
        asked.model.warm(demo)
        await asyncio.sleep(0.2)
        with pytest.raises(ProviderUnreachable, match="OPENAI_BASE_URL"):
            await heard(asked.model, demo, prompt())
