"""What models and voices cost: an estimate, in US dollars.

The figures are the vendors' list prices as public tables of 2026 repeat them, looked up in
November 2026: OpenAI's "API pricing" (standard tier, without batches and regional surcharges) and
ElevenLabs' "API pricing" (per character, whatever the plan). Vendors change them: an installation
that pays otherwise has a file of its own, which ``read_prices`` lays over them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clientsvia.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clientsvia.calls.ports import Usage

NANO = 1_000_000_000
OTHER = "other"
"""The entry that prices every model which no other entry names."""


class ModelPrice(BaseModel):
    """US dollars for a million tokens: read, read before and still in the cache, and written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: float = Field(ge=0)
    cached: float = Field(ge=0)
    output: float = Field(ge=0)


class _PriceFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    models: dict[str, ModelPrice] = {}
    voices: dict[str, Annotated[float, Field(ge=0)]] = {}  # US dollars for a thousand characters


def _model(read: float, cached: float, written: float) -> ModelPrice:
    return ModelPrice(input=read, cached=cached, output=written)


MODELS: Mapping[str, ModelPrice] = MappingProxyType(
    {
        "gpt-4.1": _model(2.00, 0.50, 8.00),
        "gpt-4.1-mini": _model(0.40, 0.10, 1.60),
        "gpt-4.1-nano": _model(0.10, 0.025, 0.40),
        "gpt-4o": _model(2.50, 1.25, 10.00),
        "gpt-4o-mini": _model(0.15, 0.075, 0.60),
        "gpt-5": _model(1.25, 0.125, 10.00),
        "gpt-5-mini": _model(0.25, 0.025, 2.00),
        "gpt-5-nano": _model(0.05, 0.005, 0.40),
        "gpt-5.1": _model(1.25, 0.125, 10.00),
        "o3": _model(2.00, 0.50, 8.00),
        "o4-mini": _model(1.10, 0.275, 4.40),
        # As a large one of OpenAI's: a cap is rather reached too early than never.
        OTHER: _model(2.50, 2.50, 15.00),
    }
)
VOICES: Mapping[str, float] = MappingProxyType(
    {
        "eleven_flash": 0.05,
        "eleven_turbo": 0.05,
        "eleven_multilingual": 0.10,
        "eleven_v3": 0.10,
        OTHER: 0.10,
    }
)


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of models and of voice models, by name.

    A name prices its versions too: ``gpt-4.1-mini`` those of ``gpt-4.1-mini-2025-04-14``, and
    ``eleven_flash`` those of ``eleven_flash_v2_5``. The longest name that fits counts, else OTHER.
    """

    models: Mapping[str, ModelPrice] = field(default_factory=lambda: MODELS)
    voices: Mapping[str, float] = field(default_factory=lambda: VOICES)

    def cost(self, usage: Usage) -> float:
        """What a request cost, in US dollars."""
        return self.nano_usd(usage) / NANO

    def nano_usd(self, usage: Usage) -> int:
        """The same in thousand-millionths of a dollar, which can be added up without rounding."""
        dollars = 0.0
        if usage.input_tokens or usage.output_tokens:
            price = self.models[_named(usage.model, self.models)]
            cached = min(usage.cached_tokens, usage.input_tokens)
            fresh = usage.input_tokens - cached
            tokens = (
                fresh * price.input + cached * price.cached + usage.output_tokens * price.output
            )
            dollars += tokens / 1_000_000
        if usage.characters:
            dollars += usage.characters * self.voices[_named(usage.model, self.voices)] / 1000
        return round(dollars * NANO)


def _named(model: str, prices: Mapping[str, object]) -> str:
    """The longest name in ``prices`` that ``model`` begins with, up to a hyphen or underscore."""
    while model and model not in prices:
        model = model[: max(model.rfind("-"), model.rfind("_"), 0)]
    return model or OTHER


def read_prices(file: Path) -> Prices:
    """The listed prices with those of a YAML file over them; raises ConfigurationError."""
    import yaml  # noqa: PLC0415 - only where there is such a file

    try:
        found = _PriceFile.model_validate(yaml.safe_load(file.read_bytes()) or {})
    except OSError as error:
        raise ConfigurationError(
            f"the prices in {file} cannot be read ({error.strerror}): correct CLIENTSVIA_PRICES, "
            "or unset it"
        ) from None
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(
            f"the prices in {file} cannot be used ({_reason(error)}): "
            "write models: {NAME: {input: 0.4, cached: 0.1, output: 1.6}} and voices: {NAME: 0.05}"
        ) from None
    return Prices({**MODELS, **found.models}, {**VOICES, **found.voices})


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return "it is no YAML"
