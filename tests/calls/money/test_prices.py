"""What a request is estimated to cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls.money.prices import MODELS, OTHER, VOICES, Prices, read_prices
from clientsvia.calls.ports import Usage
from clientsvia.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

MILLION = 1_000_000


def cost(model: str, prices: Prices | None = None, **used: Any) -> float:
    return (prices or Prices()).cost(Usage("anybody", model, **used))


@pytest.mark.parametrize(
    ("used", "usd"),
    [
        ({"input_tokens": MILLION}, 0.40),
        ({"input_tokens": MILLION, "cached_tokens": MILLION}, 0.10),
        ({"output_tokens": MILLION}, 1.60),
        ({"input_tokens": 700, "cached_tokens": 500, "output_tokens": 30}, 0.000178),
        ({"seconds": 3.0}, 0.0),
    ],
)
def test_tokens_have_their_prices(used: dict[str, Any], usd: float) -> None:
    assert cost("gpt-4.1-mini", **used) == pytest.approx(usd, abs=1e-12)


def test_characters_have_theirs() -> None:
    assert cost("eleven_flash_v2_5", characters=1000) == 0.05
    assert cost("eleven_multilingual_v2", characters=80) == pytest.approx(0.008)


def test_a_version_costs_what_its_model_costs() -> None:
    for version, model in (
        ("gpt-4.1-mini-2025-04-14", "gpt-4.1-mini"),
        ("gpt-4.1-2025-04-14", "gpt-4.1"),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
    ):
        assert cost(version, output_tokens=9) == cost(model, output_tokens=9)


@pytest.mark.parametrize("model", ["llama-3.3-70b", "gpt-9", "gpt-4.15", "-", "", "ft:gpt-4.1:x"])
def test_what_nobody_knows_is_not_cheap(model: str) -> None:
    assert cost(model, input_tokens=MILLION) == MODELS[OTHER].input
    assert cost(model, characters=1000) == VOICES[OTHER]
    assert MODELS[OTHER].output >= max(price.output for price in MODELS.values())


def test_more_cached_than_read_costs_nothing_less() -> None:
    assert cost("gpt-4.1-mini", input_tokens=100, cached_tokens=500) == cost(
        "gpt-4.1-mini", input_tokens=100, cached_tokens=100
    )


def test_a_file_lies_over_the_listed_prices(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(
        "models: {llama-3.3-70b: {input: 0.1, cached: 0.1, output: 0.2}}\nvoices: {other: 0}\n"
    )

    prices = read_prices(file)

    assert cost("llama-3.3-70b", prices, output_tokens=MILLION) == 0.2
    assert cost("gpt-4.1-mini", prices, output_tokens=MILLION) == 1.6
    assert cost("a-voice-of-our-own", prices, characters=1000) == 0


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text("# none yet\n")
    assert read_prices(file) == Prices({**MODELS}, {**VOICES})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("models: {a: {input: 1}}", "models.a.cached"),
        ("models: {a: {input: -1, cached: 0, output: 0}}", "models.a.input"),
        ("voices: {a: free}", "voices.a"),
        ("prices: {}", "prices"),
        ("[", "it is no YAML"),
        ("- 1", "valid dictionary"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match="write models: ") as refused:
        read_prices(file)
    assert why in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="correct CLIENTSVIA_PRICES"):
        read_prices(tmp_path / "none.yaml")
