"""How the stand-in behaves, and towards whom: delays, faults, personalities."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from benches.standin.answers import PERSONALITIES
from benches.standin.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_Z99 = 2.3263478740408408  # the normal distribution's 99th percentile


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What one request gets; times of 0 mean at once, a p99 of 0 no spread.

    Delays are lognormal. ``fault`` is one of FAULTS or empty, and meets ``fault_share`` of the
    requests; those in mid-stream come ``after_tokens`` tokens, or after so many kilobytes of sound.
    """

    first_token_ms: float = 0
    first_token_p99_ms: float = 0
    tokens_per_second: float = 0
    voice_ms: float = 0
    voice_p99_ms: float = 0
    fault: str = ""
    fault_share: float = 1
    after_tokens: int = 5
    personality: str = "quotes"

    def __post_init__(self) -> None:
        if self.fault and self.fault not in FAULTS:
            raise ValueError(f"no such fault: {self.fault}; there are {', '.join(sorted(FAULTS))}")
        if self.personality not in PERSONALITIES:
            names = ", ".join(sorted(PERSONALITIES))
            raise ValueError(f"no such personality: {self.personality}; there are {names}")


PEOPLE = Behaviour(400, 1200, 60, 150, 450)
"""What a person who tries the service out should meet: a usual model, and a usual voice."""


def lognormal(random: Random, median_ms: float, p99_ms: float) -> float:
    """Seconds, drawn so that half are below the median and one in a hundred beyond the p99."""
    if not median_ms:
        return 0.0
    sigma = math.log(p99_ms / median_ms) / _Z99 if p99_ms > median_ms else 0.0
    return random.lognormvariate(math.log(median_ms), sigma) / 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """What is different for requests with this key or this model (or voice); empty fits all."""

    changes: Mapping[str, Any]
    key: str = ""
    model: str = ""

    def fits(self, key: str, model: str) -> bool:
        return self.key in {"", key} and self.model in {"", model}


class Rules:
    """A behaviour for everybody, and what is different for some; later rules go before."""

    def __init__(self, base: Behaviour) -> None:
        self._first = base
        self._rules: list[Rule] = []

    def add(self, changes: Mapping[str, Any], key: str = "", model: str = "") -> None:
        """Raises ValueError when a change names nothing that can be changed."""
        if unknown := set(changes) - {field.name for field in fields(Behaviour)}:
            raise ValueError(f"nothing is called {', '.join(sorted(unknown))}")
        replace(self._first, **changes)  # which checks the values
        new = Rule(dict(changes), key, model)
        self._rules = [rule for rule in self._rules if (rule.key, rule.model) != (key, model)]
        self._rules.append(new)

    def clear(self) -> None:
        self._rules.clear()

    def chosen(self, key: str, model: str) -> Behaviour:
        """For a request; ``:NAME`` at the end of its key or model is a fault or a personality."""
        behaviour = self._first
        for rule in self._rules:
            if rule.fits(key, model):
                behaviour = replace(behaviour, **rule.changes)
        for name in (model.partition(":")[2], key.partition(":")[2]):
            if name in FAULTS:
                behaviour = replace(behaviour, fault=name)
            elif name in PERSONALITIES:
                behaviour = replace(behaviour, personality=name)
        return behaviour
