"""A tried conversation as lines, which a page shows and brings back with the next step."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientsvia.admin.try_it import Tried

MOST_LINES = 60  # a page stays small; a conversation seldom has that many
LONGEST = 2_000  # characters of a line, as of what a caller says
_WORDS = 3

EVENTS: Mapping[str, str] = {
    "Ringing": "rings",
    "Silence": "says nothing",
    "HungUp": "hangs up",
    "MessageRecorded": "leaves a recording",
    "Continued": "waits",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Who said or did something: ``caller``, ``agent``, or the name of somebody who is rung.

    ``act`` says that ``text`` is not what was said but what was done.
    """

    who: str
    text: str
    act: bool = False


def step_lines(tried: Tried, names: Mapping[str, str]) -> Iterator[Line]:
    """What happened in a step, and what is said to it; ``names`` are those of targets by id."""
    yield happened(tried.event)
    for whisper in tried.whispers:
        target = whisper["target"]
        yield Line(names.get(target, target), f"hears: {whisper['said']}", act=True)
    if said := " ".join(one["text"] for one in tried.reply["say"]):
        yield Line("agent", said)
    if follows := _follows(tried.reply["next"]):
        yield Line("agent", follows, act=True)


def happened(event: Mapping[str, Any]) -> Line:
    """What befell the call."""
    kind = event["type"]
    if kind == "Heard":
        return Line("caller", event["text"])
    if kind == "Digits":
        return Line("caller", f"presses {event['digits']}", act=True)
    if kind == "DialEnded":
        return Line("the ring", f"ends: {event['status'].replace('-', ' ')}", act=True)
    return Line("caller", EVENTS.get(kind, kind), act=True)


def _follows(following: Mapping[str, Any]) -> str:
    """What the agent does after it has spoken, but for listening."""
    kind = following["kind"]
    if kind == "connect":
        return f"rings {', '.join(callee['name'] for callee in following['callees'])}"
    told = {"record": "records a message", "continue": "has more to say", "hang_up": "hangs up"}
    return told.get(kind, "")


def written_talk(lines: Sequence[Line]) -> str:
    """Lines as a page keeps them in a field; of a long conversation the newest."""
    return orjson.dumps([astuple(line) for line in lines[-MOST_LINES:]]).decode()


def read_talk(text: str) -> tuple[Line, ...]:
    """The lines of a field; none where it is not as we wrote it.

    It is not signed: who changes it changes what they alone are shown.
    """
    try:
        rows = orjson.loads(text)
    except orjson.JSONDecodeError:
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple(
        Line(str(row[0]), str(row[1])[:LONGEST], act=bool(row[2]))
        for row in rows[-MOST_LINES:]
        if isinstance(row, list) and len(row) == _WORDS
    )
