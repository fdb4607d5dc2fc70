"""What a profile accepts about models, voices and money."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clientsvia.companies.provider_profiles import AiProfile, SpendProfile, VoiceProfile

SERVER = "https://models.example/v1"


def refusal(**fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        AiProfile(**fields)
    return str(caught.value)


def test_without_a_word_the_service_decides() -> None:
    ai = AiProfile()
    assert (ai.responder, ai.fallbacks, ai.api_key) == ("auto", ("knowledge",), None)
    assert VoiceProfile().provider == "auto"
    assert SpendProfile().monthly_usd == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        SERVER,
        "https://models.example:8443/a/v1/",
        "https://8.8.8.8/v1",
        "https://[2606:4700::1111]/v1",
    ],
)
def test_a_server_may_be_any_public_one(url: str) -> None:
    assert AiProfile(base_url=url).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example/v1",
        "models.example",
        "https://",
        "https://:443/v1",
        "https://models.example:0/v1",
        "https://models.example:99999/v1",
        "https://user:word@models.example/v1",
        "https://models.example/v1?key=1",
        "https://models.example/v1#here",
        "https://models.example\\@127.0.0.1/v1",
        "https://models.example/\nHost: a",
        "https://bücher.example/v1",
        "https://[::1",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    assert f"as in {SERVER}" in refusal(base_url=url)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "169.254.169.254",
        "10.0.0.1:8000",
        "[::1]:8000",
        "2130706433",
        "nas",
    ],
)
def test_no_profile_reaches_inner_networks(host: str) -> None:
    assert "name a host of the public Internet" in refusal(base_url=f"https://{host}/v1")


@pytest.mark.parametrize(
    "fields", [{"responder": "compatible"}, {"fallbacks": ["compatible", "knowledge"]}]
)
def test_a_compatible_server_needs_an_address(fields: dict[str, Any]) -> None:
    assert "compatible needs base_url" in refusal(**fields)
    assert AiProfile(**fields, base_url=SERVER).base_url == SERVER


def test_who_answers_comes_once_in_the_order() -> None:
    assert "stands here twice" in refusal(fallbacks=["knowledge", "knowledge"])
    assert "openai is the responder already" in refusal(responder="openai", fallbacks=["openai"])
    assert AiProfile(responder="knowledge").fallbacks == ("knowledge",)
    both = AiProfile(responder="compatible", base_url=SERVER, fallbacks=("openai", "knowledge"))
    assert both.fallbacks == ("openai", "knowledge")


@pytest.mark.parametrize("key", ["two words", "a\nb", "ключ", "k" * 301])
def test_what_is_no_key_is_refused(key: str) -> None:
    assert "api_key" in refusal(api_key=key)


def test_a_key_may_have_spaces_around_it_in_the_file() -> None:
    assert AiProfile(api_key=" sk-1 ").api_key == "sk-1"
