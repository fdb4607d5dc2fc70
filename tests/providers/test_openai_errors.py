"""What servers that are compatible otherwise say, in sentences and statuses of their own."""

from __future__ import annotations

import httpx2
import openai
import pytest

from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from clientsvia.providers.accounts import Account
from clientsvia.providers.openai_errors import Party, explained, told

KEY = "sk-canary"
PLACE = "ai.api_key in the profile of demo"
PARTY = Party(Account("https://models.example/v1", KEY, trusted=False, key_place=PLACE), "llama-9")
REQUEST = httpx2.Request("POST", "https://models.example/v1", headers={"Authorization": KEY})


def raised(status: int, body: object) -> ProviderFailed:
    """What a refusal with this body becomes, through the package's own reading of it."""
    response = httpx2.Response(status, json=body, request=REQUEST)
    client = openai.AsyncOpenAI(api_key=KEY, base_url=PARTY.account.base_url)
    error = client._make_status_error_from_response(response)  # noqa: SLF001 - how it reads one
    with pytest.raises(ProviderFailed) as caught, explained(PARTY, begun=False):
        raise error
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    return caught.value


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "This model's maximum context length is 4096 tokens.", ContextTooLong),
        (400, "the request exceeds the available context size", ContextTooLong),
        (400, "prompt is too long: 9000 tokens", ContextTooLong),
        (404, "The model `llama-9` does not exist.", UnknownModel),
        (400, "llama-9 is a model that was not found", UnknownModel),
        (400, "x/y is not a valid model ID: model x/y is not a valid one", UnknownModel),
        (402, "Insufficient Balance", QuotaUsedUp),
        (403, "Forbidden", KeyRefused),
        (408, "Timed out", ProviderTimeout),
        (413, "Payload too large", ContextTooLong),
        (429, "Slow down", RateLimited),
        (504, "Gateway time-out", ProviderTimeout),
        (529, "Overloaded", ProviderBroken),
        (400, "Your template does not take a system role", ProviderBroken),
    ],
)
def test_each_sentence_and_status_has_its_error(
    status: int, message: str, kind: type[ProviderFailed]
) -> None:
    assert type(raised(status, {"error": {"message": message}})) is kind


def test_the_remedy_names_the_place_of_the_key_and_the_model() -> None:
    refused = raised(401, {"error": {"message": "no", "code": "invalid_api_key"}})
    assert PLACE in refused.remedy
    assert refused.found == "models.example answers HTTP 401, invalid_api_key"
    assert "'llama-9'" in raised(404, {"error": {"message": "no"}}).remedy


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_key_the_provider_repeats_is_not_told(status: int) -> None:
    assert KEY not in str(raised(status, {"error": {"message": f"bad key {KEY} sent"}}))
    assert KEY not in str(told(PARTY, "server_error", f"bad key {KEY} sent"))


@pytest.mark.parametrize("body", ["plain text", ["a list"], {"detail": "else"}, {"error": 7}])
def test_a_body_of_any_shape_is_understood_as_far_as_it_goes(body: object) -> None:
    assert type(raised(500, body)) is ProviderBroken


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("rate_limit_exceeded", RateLimited),
        ("insufficient_quota", QuotaUsedUp),
        ("server_error", ProviderBroken),
        ("", ProviderBroken),
    ],
)
def test_what_comes_in_mid_stream_has_its_error_by_its_code(
    code: str, kind: type[ProviderFailed]
) -> None:
    assert type(told(PARTY, code, "it went wrong")) is kind
