from __future__ import annotations

from clientsvia.calls.prompt import ToolCall
from clientsvia.errors import KeyRefused, ProviderTimeout
from clientsvia.providers.openai_meter import CHARACTERS_A_TOKEN, Meter, Tokens
from tests.providers.models import prompt


def test_what_the_provider_told_goes_before_what_is_estimated() -> None:
    meter = Meter(prompt())
    meter.add(("some text",))
    usage = meter.usage("openai", "m", Tokens(100, 64, 7))
    assert usage is not None
    assert (usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (100, 64, 7)


def test_untold_it_is_estimated_by_all_that_was_sent_and_heard() -> None:
    meter, longer = Meter(prompt()), Meter(prompt(instructions="x" * 4000))
    meter.add(("x" * 40, ToolCall("transfer", {})))
    few, many = meter.usage("openai", "m", None), longer.usage("openai", "m", None)
    assert few is not None
    assert many is not None
    assert 960 < many.input_tokens - few.input_tokens <= 4000 / CHARACTERS_A_TOKEN
    assert few.output_tokens == 13  # of 40 characters, a name of 8, and {}


def test_a_request_that_was_refused_used_nothing_but_one_that_came_late_did() -> None:
    refused, late = Meter(prompt()), Meter(prompt())
    refused.failed = KeyRefused("no key", "set one")
    late.failed = ProviderTimeout("late", "wait")
    assert refused.usage("openai", "m", None) is None
    assert late.usage("openai", "m", None) is not None
