"""What goes wrong: each fault as what model, voice and Redis do, one phase after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Behaving = Mapping[str, object]

HEALTHY: Behaving = {
    "fault": "",
    "fault_share": 1.0,
    "first_token_ms": 150.0,
    "voice_ms": 60.0,
    "tokens_per_second": 0.0,
}
"""Quick, so that a run has many turns; the pace of real ones is for ``benches.conversation``."""
SOME = 0.25
"""The share of requests that meet a fault where the breaker is to stay closed mostly."""


@dataclass(frozen=True, slots=True)
class Phase:
    """How everybody behaves for a while; ``redis`` is up, killed, frozen or slow."""

    model: Behaving = field(default_factory=dict)
    voice: Behaving = field(default_factory=dict)
    redis: str = "up"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault by name. Phases share the turns evenly, or take ``seconds`` each, over and over."""

    name: str
    group: str
    phases: tuple[Phase, ...]
    seconds: float = 0.0


def _model(name: str, **behaviour: object) -> Trouble:
    """Some requests meet it at first, then all of them: the breaker closed, and open."""
    some = Phase(behaviour | {"fault_share": SOME}) if "fault" in behaviour else Phase(behaviour)
    return Trouble(name, "provider", (some, Phase(behaviour)))


def _voice(name: str, **behaviour: object) -> Trouble:
    some = behaviour | {"fault_share": SOME} if "fault" in behaviour else behaviour
    return Trouble(name, "provider", (Phase(voice=some), Phase(voice=behaviour)))


def _redis(name: str, *states: str, seconds: float = 0.0) -> Trouble:
    return Trouble(name, "redis", tuple(Phase(redis=state) for state in states), seconds)


_MIX = (
    Phase({"fault": "stall", "fault_share": 0.5}),
    Phase({"fault": "server_error"}, {"fault": "server_error"}),
    Phase(voice={"fault": "no_token"}),
    Phase(redis="frozen"),
    Phase({"first_token_ms": 5000.0}, redis="killed"),
    Phase({"fault": "malformed", "fault_share": 0.5}, {"fault": "cut", "fault_share": 0.5}),
    Phase({"fault": "rate_limited"}, {"voice_ms": 3000.0}, "slow"),
    Phase(),
)

TROUBLES = (
    Trouble("none", "none", (Phase(),)),
    _model("model-slow", first_token_ms=5000.0),
    _model("model-500", fault="server_error"),
    _model("model-429", fault="rate_limited"),
    _model("model-quota", fault="quota"),
    _model("model-key", fault="key_refused"),
    _model("model-silent", fault="silent"),
    _model("model-stall", fault="stall", after_tokens=20),
    _model("model-malformed", fault="malformed", after_tokens=20),
    _model("model-cut", fault="cut", after_tokens=20),
    _model("model-refused", fault="refused_connection"),
    _voice("voice-slow", voice_ms=3000.0),
    _voice("voice-500", fault="server_error"),
    _voice("voice-quota", fault="quota"),
    _voice("voice-key", fault="key_refused"),
    _voice("voice-stall", fault="stall", after_tokens=2),
    _voice("voice-empty", fault="empty"),
    Trouble("both-500", "provider", (Phase({"fault": "server_error"}, {"fault": "server_error"}),)),
    Trouble("mix", "provider", _MIX, 3.0),
    _redis("redis-killed", "up", "killed"),
    _redis("redis-frozen", "up", "frozen"),
    _redis("redis-slow", "slow"),
    _redis("redis-flapping", "up", "killed", "up", "frozen", seconds=1.5),
)
