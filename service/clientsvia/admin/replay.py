"""A call of the log played again with today's settings, beside what happened then."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from clientsvia.admin.played_call import Caller
from clientsvia.calls.events import (
    Continued,
    DialEnded,
    Digits,
    Heard,
    MessageRecorded,
    Silence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clientsvia.admin.played_call import Played, Player, Scene
    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import LoggedCall, LoggedTurn
    from clientsvia.companies.company import Company

SECONDS_AT_MOST = 30.0  # somebody waits for the page
FITS: Mapping[str, tuple[type, ...]] = {
    "listen": (Heard, Digits, Silence),
    "connect": (DialEnded,),
    "record": (MessageRecorded,),
    "hang_up": (),
}
"""What can happen after a reply, by what it led to."""
PLAYED = {kind.__name__: kind for kinds in FITS.values() for kind in kinds}
WAITS = {
    "listen": "listens",
    "connect": "rings somebody",
    "record": "records",
    "hang_up": "is over",
}


@dataclass(frozen=True, slots=True)
class Side:
    """What came of a turn: ``next`` is what it led to, ``rung`` the ids of those it rang.

    ``rung`` is None where the log does not tell. ``stages`` are in nanoseconds.
    """

    said: tuple[str, ...]
    source: str
    why: str
    outcome: str
    next: str
    rung: tuple[str, ...] | None
    stages: Mapping[str, int]

    def followed_by(self, later: Side) -> Side:
        """This and the rest of the answer; a filler is no part of either's words."""
        stages = {
            name: self.stages.get(name, 0) + later.stages.get(name, 0)
            for name in {**self.stages, **later.stages}
        }
        if self.source == "filler":
            return replace(later, stages=stages)
        said, outcome = self.said + later.said, later.outcome or self.outcome
        return replace(self, said=said, outcome=outcome, next=later.next, rung=later.rung,
                       stages=stages)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One event of the call, with what came of it ``then`` and ``now``.

    ``then`` is None where the log does not tell.
    """

    event: Mapping[str, Any]
    at: datetime
    then: Side | None
    now: Side

    @property
    def differences(self) -> tuple[str, ...]:
        """The names of what is not as it was: ``said``, ``source``, ``next``, ``rung``."""
        then, now = self.then, self.now
        if then is None:
            return ()
        named = [
            name for name in ("said", "source", "next") if getattr(then, name) != getattr(now, name)
        ]
        if then.rung is not None and then.rung != now.rung:
            named.append("rung")
        return tuple(named)


@dataclass(frozen=True, slots=True)
class Replay:
    """A call played again; ``parted`` says why it was not to the end, and is empty if it was."""

    call_sid: str
    company: str
    at: datetime
    pairs: tuple[Pair, ...]
    parted: str = ""

    @property
    def same(self) -> bool:
        """Whether the call would go as it went."""
        return not self.parted and not any(pair.differences for pair in self.pairs)


def as_data(again: Replay) -> dict[str, Any]:
    """A replay as JSON has it, each pair with the names of its differences."""
    pairs = [asdict(pair) | {"differences": pair.differences} for pair in again.pairs]
    return asdict(again) | {"pairs": pairs, "same": again.same}


async def replay(
    player: Player, company: Company, call: LoggedCall, at: datetime | None = None
) -> Replay:
    """The events of ``call`` as the company answers them now, at the call's own moment.

    With ``at`` it is as if it had come in then. Where today's call goes elsewhere, what the caller
    did next cannot be known: there it ends.
    """
    shift = timedelta(0) if at is None else at - call.started_at
    first = _ringing(call)
    caller = Caller(call.called, call.caller, bool(first and first.get("unverified")))
    played = player.ring(company, f"TRY{secrets.token_hex(16)}", caller, call.started_at + shift)
    then = None if first is None else _side(first, first.get("stages") or {})
    pairs = [Pair({"type": "Ringing"}, call.started_at, then, _side_of(played))]
    parted, ends = "", monotonic() + SECONDS_AT_MOST
    for group in _groups(call.turns):
        parted = _parts(played.scene, group, pairs[-1])
        if not parted and monotonic() > ends:
            parted = f"the rest is not played: the answers took over {SECONDS_AT_MOST:.0f} s"
        if parted:
            break
        played, now = await _again(player, company, played.scene, group, shift)
        pairs.append(Pair(group.turn.event, group.turn.at, group.then, now))
    player.over(company, played.scene)
    return Replay(call.call_sid, company.slug, call.started_at + shift, tuple(pairs), parted)


@dataclass(frozen=True, slots=True)
class _Group:
    """A turn of the log with the rest of its answer, and the keys of whoever was rung before it."""

    turn: LoggedTurn
    then: Side
    keys: Mapping[str, str]


def _groups(turns: Sequence[LoggedTurn]) -> Iterator[_Group]:
    """The events that befell the caller; of two deliveries with other words, the first."""
    group, keys, seen = None, dict[str, str](), set[int]()
    for turn in turns:
        kind = turn.event.get("type")
        side = _side(turn.answered, turn.latency)
        if kind == "Whispered":
            target, status = str(turn.event.get("target")), str(turn.event.get("status"))
            keys[target] = status.removeprefix("pressed ") if "pressed" in status else ""
        elif kind == Continued.__name__ and group is not None:
            group = replace(group, then=group.then.followed_by(side))
        elif (kind in PLAYED or kind == "Failed") and turn.turn not in seen:
            if group is not None:
                yield group
            seen.add(turn.turn)
            group, keys = _Group(turn, side, keys), {}
    if group is not None:
        yield group


def _parts(scene: Scene, group: _Group, before: Pair) -> str:
    """Why what happened next then cannot happen now; empty where it can."""
    kind, happened = scene.next["kind"], str(group.turn.event.get("type"))
    if happened == "Failed":
        return f"then something failed: {group.turn.event.get('reason') or 'the log has no reason'}"
    if PLAYED[happened] not in FITS[kind]:
        return f"the call {WAITS[kind]} now, where then came {happened}"
    if "rung" in before.differences:
        return f"now {', '.join(before.now.rung or ())} is rung, and nobody knows who would answer"
    return ""


async def _again(
    player: Player, company: Company, scene: Scene, group: _Group, shift: timedelta
) -> tuple[Played, Side]:
    """An event with all of its answer."""
    event, at = _event(group.turn.event), group.turn.at + shift
    if isinstance(event, DialEnded):
        played = await player.dialled(company, scene, event, group.keys, at)
    else:
        played = await player.play(company, scene, event, at)
    side = _side_of(played)
    while played.scene.next["kind"] == "continue":
        played = await player.go_on(company, played.scene)
        side = side.followed_by(_side_of(played))
    return played, side


def _event(data: Mapping[str, Any]) -> Event:
    """An event as the log keeps it; another release may have kept more."""
    kind = PLAYED[data["type"]]
    known = {field.name for field in fields(kind)}
    event: Event = kind(**{name: value for name, value in data.items() if name in known})
    return event


def _ringing(call: LoggedCall) -> Mapping[str, Any] | None:
    """What the log has of the call's beginning."""
    return next((entry.data for entry in call.entries if entry.kind == "ringing"), None)


def _side_of(played: Played) -> Side:
    return _side(played.answered, played.stages)


def _side(answered: Mapping[str, Any], stages: Mapping[str, int]) -> Side:
    """A side from what the log keeps; the entry of a call's beginning tells of nobody rung."""
    following, rung = answered.get("next") or {}, None
    if not isinstance(following, str):
        rung = tuple(callee["target"] for callee in following.get("callees", ()))
        following = following.get("type", "")
    said, words = answered.get("said") or (), ("source", "why", "outcome")
    source, why, outcome = (str(answered.get(name) or "") for name in words)
    return Side(tuple(said), source, why, outcome, following, rung, stages)
