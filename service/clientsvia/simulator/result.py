"""What became of a simulated call."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.simulator.problems import Problem

RINGS = "rings "
Speaker = Literal["agent", "caller", "callee", "twilio"]
Kind = Literal["says", "whispers", "plays", "presses", "hangs up", "notes"]
Outcome = Literal["completed", "hung-up", "rejected", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class Line:
    """Something somebody did on the line, from ``at`` until ``until`` in seconds of the call.

    ``cut`` is true when it was interrupted; ``text`` then holds what could be heard of it.
    """

    at: float
    until: float
    who: Speaker
    kind: Kind
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its answer; ``status`` is None when there was none.

    ``at`` is in seconds of the call, ``duration_ms`` in real milliseconds, ``purpose`` the reason
    for the request (``voice``, ``gather``, ``partial``, ``dial``, ``record``, ``status`` and so
    on).
    """

    at: float
    purpose: str
    method: str
    url: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    status: int | None
    content_type: str
    body: bytes
    duration_ms: float
    attempts: int

    @property
    def document(self) -> str:
        """The answer as text, with what is not UTF-8 replaced."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A phrase the agent should have said; ``after`` is what the caller did before."""

    phrase: str
    after: str
    met: bool


@dataclass(frozen=True, slots=True)
class Recording:
    """A message left; ``seconds`` long, ``text`` is what the caller said in it."""

    sid: str
    url: str
    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Fetch:
    """An audio file asked for; ``status`` 0 tells that it came from the cache without asking."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class CallResult:
    """A whole call.

    ``outcome`` is ``completed`` when the documents came to their end or hung up, ``hung-up`` when
    the caller did, ``rejected``, ``failed`` when the caller heard that an application error
    occurred, or ``stopped`` at a bound of the simulator. ``unsaid`` lists what the caller did not
    get to do.
    """

    call_sid: str
    outcome: Outcome
    seconds: float
    conversation: tuple[Line, ...]
    requests: tuple[Exchange, ...]
    problems: tuple[Problem, ...]
    expectations: tuple[Expectation, ...]
    unsaid: tuple[str, ...]
    recordings: tuple[Recording, ...]
    audio: tuple[Fetch, ...] = ()

    @property
    def ok(self) -> bool:
        """True when Twilio had no error to report and everything expected came about."""
        return (
            all(problem.level == "warning" for problem in self.problems)
            and all(expectation.met for expectation in self.expectations)
            and not self.unsaid
        )

    def said(self, who: Speaker = "agent") -> list[str]:
        """What one side said to the other, in order."""
        return [line.text for line in self.conversation if line.who == who and line.kind == "says"]

    def whispered(self) -> list[str]:
        """What those heard who were dialled, before they were connected, in order."""
        return [line.text for line in self.conversation if line.kind == "whispers"]

    def dialled(self) -> list[str]:
        """Whom the call rang, in order: the numbers of one ring with spaces between them."""
        return [
            line.text.removeprefix(RINGS)
            for line in self.conversation
            if line.kind == "notes" and line.text.startswith(RINGS)
        ]

    def asked(self, purpose: str) -> list[Exchange]:
        """The requests made for one purpose, in order."""
        return [request for request in self.requests if request.purpose == purpose]

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON values."""
        report = asdict(self)
        for request, exchange in zip(report["requests"], self.requests, strict=True):
            del request["body"]
            request["document"] = exchange.document
            request["parameters"] = dict(exchange.parameters)
            request["headers"] = dict(exchange.headers)
        return {"ok": self.ok, **report, "totals": self.totals()}

    def totals(self) -> dict[str, float]:
        """Counts, and the longest and the median webhook in milliseconds."""
        took = sorted(request.duration_ms for request in self.requests) or [0.0]
        return {
            "seconds": round(self.seconds, 3),
            "requests": len(self.requests),
            "partials": len(self.asked("partial")),
            "caller_turns": len(self.said("caller")),
            "problems": len(self.problems),
            "median_ms": round(took[len(took) // 2], 3),
            "longest_ms": round(took[-1], 3),
        }
