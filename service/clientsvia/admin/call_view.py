"""One call told for people and for JSON: what was heard and said, why, and where the time went."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from clientsvia.calls.explain import explain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping
    from datetime import datetime, timedelta

    from clientsvia.calls.explain import Explanation
    from clientsvia.calls.ports import CallLog, LoggedCall, LoggedTurn
    from clientsvia.companies.company import Company
    from clientsvia.inbox.message import Message
    from clientsvia.inbox.ports import Messages

TWILIO = "twilio"
"""The segment that is not ours: Twilio speaks, the caller does, and Twilio recognises it."""

RINGING = "ringing"
"""The key of the turn that is the ringing: nothing was heard, and the greeting was said."""

_SHOWN_DIGITS = 4
_NANOSECONDS_IN_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a turn's time, in nanoseconds; only what is ``ours`` can be made shorter here."""

    name: str
    nanoseconds: int
    ours: bool = True


@dataclass(frozen=True, slots=True)
class TurnView:
    """What was heard, or in brackets what else happened, and what was said to it, from what.

    ``who`` is ``caller``, or the id of the target that was rung. ``at`` is in UTC. ``recording`` is
    the address at Twilio. The ``segments`` are in the order of time, Twilio's first.
    """

    key: str
    turn: int
    at: datetime
    who: str
    heard: str
    said: str
    source: str
    why: str
    outcome: str
    recording: str
    segments: tuple[Segment, ...]

    @property
    def ours_ns(self) -> int:
        """What the service took, in nanoseconds."""
        return sum(segment.nanoseconds for segment in self.segments if segment.ours)


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with its turns, of which the first is the ringing where it is known.

    ``consent`` is what was disclosed when it began, word for word. ``message`` is what it left.
    ``route`` is where such a call would go by the company's present settings, at its own moment;
    where it did go stands with the ringing. ``length`` is up to the latest news of one under way.
    """

    call: LoggedCall
    turns: tuple[TurnView, ...]
    consent: str
    length: timedelta | None
    message: Message | None = None
    route: Explanation | None = None

    @property
    def recordings(self) -> tuple[str, ...]:
        """The addresses of its recordings at Twilio."""
        return tuple(dict.fromkeys(turn.recording for turn in self.turns if turn.recording))


async def call_view(
    log: CallLog,
    messages: Messages,
    company_of: Callable[[str], Awaitable[Company | None]],
    call_sid: str,
    *,
    company: str | None = None,
    limit: int = 500,
) -> CallView | None:
    """One call, of this company where one is given, with its last ``limit`` turns and entries.

    None when there is none. ``company_of`` finds the company by its slug as it is now.
    """
    call = await log.call(call_sid, company=company)
    if call is None:
        return None
    message = await messages.get(call.company, call.call_sid)
    return view_of(cut(call, limit), message, await company_of(call.company))


def view_of(
    call: LoggedCall, message: Message | None = None, company: Company | None = None
) -> CallView:
    """A logged call as it is told, with the route where its ``company`` is given."""
    route = explain(company, call.called, call.started_at) if company else None
    return CallView(call, tuple(_turns(call)), consent_of(call), length_of(call), message, route)


def consent_of(call: LoggedCall) -> str:
    """What was disclosed to the caller when the call began, word for word; empty for nothing."""
    disclosed = (str(entry.data.get("consent") or "") for entry in call.entries)
    return next(filter(None, disclosed), "")


def length_of(call: LoggedCall) -> timedelta | None:
    """How long a call took, or took so far; None when nothing came after the ringing."""
    moments = [call.ended_at] if call.ended_at else [turn.at for turn in call.turns]
    return max(moments) - call.started_at if moments else None


def cut(call: LoggedCall, limit: int) -> LoggedCall:
    """The call with its last ``limit`` turns and entries."""
    return replace(call, turns=call.turns[-limit:], entries=call.entries[-limit:])


def shown(caller: str, *, numbers: bool) -> str:
    """The caller's last digits; the words Twilio sends when there is no number stay."""
    if numbers or not any(character.isdigit() for character in caller):
        return caller or "unknown"
    return "…" + caller[-_SHOWN_DIGITS:]


def without_caller(data: Mapping[str, Any], *, numbers: bool) -> dict[str, Any]:
    """A JSON object whose ``caller`` is hidden but for the last digits unless ``numbers``."""
    return {
        name: shown(str(value), numbers=numbers) if name == "caller" else value
        for name, value in data.items()
    }


def as_data(view: CallView, *, numbers: bool) -> dict[str, Any]:
    """A call as JSON has it: all that is logged, and what it is told to mean."""
    data = without_caller(asdict(view.call), numbers=numbers)
    told = {turn.key: turn for turn in view.turns}
    data["turns"] = [turn | _turn_data(told[turn["key"]]) for turn in data["turns"]]
    data["entries"] = [
        entry | {"data": without_caller(entry["data"], numbers=numbers)}
        for entry in data["entries"]
    ]
    return data | {
        "place": str(view.call.place),
        "consent": view.consent,
        "seconds": None if view.length is None else round(view.length.total_seconds()),
        "recordings": view.recordings,
        "message": None if view.message is None else _message_data(view.message, numbers=numbers),
        "route_today": None if view.route is None else _route_data(view.route),
    }


def _turn_data(turn: TurnView) -> dict[str, Any]:
    names = ("who", "heard", "said", "source", "why", "recording")
    return {name: getattr(turn, name) for name in names} | {
        "segments": [asdict(segment) for segment in turn.segments]
    }


def _message_data(message: Message, *, numbers: bool) -> dict[str, Any]:
    data = without_caller(asdict(message), numbers=numbers)
    return data | {"number": shown(message.number, numbers=numbers) if message.number else ""}


def _route_data(route: Explanation) -> dict[str, Any]:
    return {
        "at": route.at.isoformat(),
        "route": route.route.kind,
        "why": route.route.why,
        "open": route.route.status.open,
        "reason": route.route.status.reason,
        "target": route.route.target.id if route.route.target else None,
    }


def _turns(call: LoggedCall) -> Iterator[TurnView]:
    before = None
    for entry in call.entries:
        if entry.kind == RINGING and "said" in entry.data and before is None:
            stages = entry.data.get("stages") or {}
            before = _turn(RINGING, 0, entry.at, {"type": "Ringing"}, entry.data, stages, None)
            yield before
    for turn in call.turns:
        before = _turn_of(turn, before)
        yield before


def _turn_of(turn: LoggedTurn, before: TurnView | None) -> TurnView:
    return _turn(turn.key, turn.turn, turn.at, turn.event, turn.answered, turn.latency, before)


def _turn(
    key: str,
    turn: int,
    at: datetime,
    event: Mapping[str, Any],
    answered: Mapping[str, Any],
    stages: Mapping[str, int],
    before: TurnView | None,
) -> TurnView:
    said = answered.get("said") or ""
    ours = tuple(Segment(name, nanoseconds) for name, nanoseconds in stages.items())
    return TurnView(
        key,
        turn,
        at,
        str(event.get("target") or "caller"),  # whoever is rung is no caller
        heard(event),
        said if isinstance(said, str) else " ".join(map(str, said)),
        str(answered.get("source") or ""),
        str(answered.get("why") or ""),
        str(answered.get("outcome") or ""),
        str(event.get("url") or ""),
        (*_twilios(at, before), *ours),
    )


def _twilios(at: datetime, before: TurnView | None) -> Iterator[Segment]:
    """From the answer of the turn before to the next webhook; nothing where they overlap."""
    if before is not None:
        gap = round((at - before.at).total_seconds() * _NANOSECONDS_IN_S) - before.ours_ns
        if gap > 0:
            yield Segment(TWILIO, gap, ours=False)


def heard(event: Mapping[str, Any]) -> str:
    """What the caller said or pressed, or in brackets what else happened."""
    if text := event.get("text"):
        return str(text)
    if digits := event.get("digits"):
        return f"(pressed {digits})"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(event.get("type") or "nothing")).lower()
    told = [str(event[name]) for name in ("status", "reason", "url") if event.get(name)]
    return f"({': '.join([kind, *told])})"
