"""How long speaking takes, and what a recogniser makes of it while it lasts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from clientsvia.simulator.script import Recognition

SYNTHESIS_CHARACTERS = 14.0
"""Characters a second of a synthetic voice."""
PERSON_WORDS = 2.7
"""Words a second of somebody on the phone."""
STABLE_AFTER = 0.9
"""Seconds after which the recogniser no longer changes its mind about a word."""

_TOKEN = re.compile(r"\[(\d+(?:\.\d+)?)\]|([^\s\[]+|\[)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with when it begins and ends, in seconds from the first."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Partial:
    """What the recogniser believes ``at`` seconds after the first word began.

    ``unstable`` is the whole of what it heard so far, ``stable`` the beginning of it that will
    stay.
    """

    at: float
    sequence: int
    unstable: str
    stable: str
    stability: float


def synthesis_seconds(text: str) -> float:
    """How long a synthetic voice takes to say ``text``."""
    return len(text) / SYNTHESIS_CHARACTERS


def spoken(text: str, rate: float = PERSON_WORDS) -> tuple[Word, ...]:
    """The words of ``text`` in time; ``[1.5]`` between words is a pause of so many seconds."""
    words: list[Word] = []
    at = 0.0
    for pause, word in _TOKEN.findall(text):
        if pause:
            at += float(pause)
            continue
        # Longer words take longer; the average English word has about five letters.
        end = at + (0.5 + len(word) / 10) / rate
        words.append(Word(word, at, end))
        at = end
    return tuple(words)


def joined(words: Sequence[Word]) -> str:
    """The text of words."""
    return " ".join(word.text for word in words)


def written(words: Sequence[Word]) -> str:
    """The words as a script has them, pauses included."""
    parts: list[str] = []
    for index, word in enumerate(words):
        gap = word.start - words[index - 1].end if index else 0.0
        parts += [f"[{gap:g}]"] * (gap > 0) + [word.text]
    return " ".join(parts)


def partials(words: Sequence[Word], recognition: Recognition, rng: Random) -> list[Partial]:
    """What a recogniser sends while ``words`` are spoken, as unkind as ``recognition`` asks for."""
    if not words or recognition.every <= 0:
        return []
    found: list[Partial] = []
    at, end = recognition.every, words[-1].end + recognition.delay
    previous = ""
    while at < end + recognition.every:
        heard = [word for word in words if word.end <= at - recognition.delay]
        if heard and (text := _believed(heard, recognition, rng)) != previous:
            found.append(_partial(at, len(found), heard, text))
            previous = text
        at += recognition.every
    return _delivered(found, recognition, rng)


def _partial(at: float, sequence: int, heard: Sequence[Word], text: str) -> Partial:
    stable = joined([word for word in heard if word.end <= at - STABLE_AFTER])
    share = len(stable) / len(text)
    return Partial(at, sequence, text, stable, round(0.1 + 0.8 * share, 3))


def _believed(heard: Sequence[Word], recognition: Recognition, rng: Random) -> str:
    text = joined(heard)
    if rng.random() >= recognition.errors:
        return text
    newest = heard[-1].text
    return text[: len(text) - len(newest)] + (newest[: max(1, len(newest) - 2)])


def _delivered(found: list[Partial], recognition: Recognition, rng: Random) -> list[Partial]:
    sent: list[Partial] = []
    for partial in found:
        late = recognition.lateness if rng.random() < recognition.late else 0.0
        arrives = Partial(
            partial.at + late, partial.sequence, partial.unstable, partial.stable, partial.stability
        )
        sent.append(arrives)
        if rng.random() < recognition.doubled:
            sent.append(arrives)
    return sorted(sent, key=lambda partial: partial.at)
