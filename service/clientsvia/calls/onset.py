"""When to begin an answer while the caller still speaks: rules without I/O or a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.endings import Ending, ending_of
from clientsvia.calls.meaning import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

MENDED = 2
"""How many of the newest words a recogniser may correct at a time."""


@dataclass(frozen=True, slots=True)
class StartPolicy:
    """How long words must have stood before an answer to them is begun; seconds, None for never.

    ``finished`` is for words that may well be all, ``open`` for those that mostly go on, and
    ``unfinished`` for those that cannot be the end. Words that may be all are answered at once when
    a second partial repeats them, or when they are no fewer than ``sentence``; the latter only for
    the first ``hasty`` answers of a turn. At most ``generations`` are begun in a turn.
    """

    name: str
    finished: float | None = None
    open: float | None = None
    unfinished: float | None = None
    sentence: int = 1000
    hasty: int = 0
    repeats: bool = False
    generations: int = 1000

    def __call__(self, language: str = "en") -> Pace:
        """The policy for one turn."""
        return Pace(self, language)

    def quiet(self, said: Sequence[str], times: int, begun: int, language: str) -> float | None:
        """How long these words, heard so many ``times`` in a row, must have stood.

        In other languages than English nothing tells how words go on, only that they do not.
        """
        english = language[:2] == "en"
        ending = ending_of(said) if english else Ending.FINISHED
        if ending is Ending.UNFINISHED:
            return self.unfinished
        if ending is Ending.OPEN:
            return self.open
        if self.repeats and times > 1:
            return 0.0
        whole = english and len(said) >= self.sentence and begun < self.hasty
        return 0.0 if whole else self.finished


class Pace:
    """A policy through the partial results of one turn; moments are seconds of any one clock."""

    __slots__ = ("_begun", "_count", "_language", "_meaning", "_policy", "_since", "_times")

    def __init__(self, policy: StartPolicy, language: str) -> None:
        self._policy = policy
        self._language = language
        self._meaning = self._begun = ""
        self._since = 0.0
        self._count = self._times = 0

    def hear(self, text: str, stable: str, now: float) -> float | None:
        """In how many seconds to begin, if nothing newer is heard by then; None for not at all.

        Where the ``stable`` part holds all the words they count as repeated.
        """
        policy, meaning = self._policy, canonical(text, self._language)
        said = meaning.split()
        if meaning == self._meaning:
            self._times += 1
        else:
            self._times = 2 if _mended(self._meaning.split(), said) else 1
            self._meaning, self._since = meaning, now
        if stable and canonical(stable, self._language) == meaning:
            self._times = max(self._times, 2)
        if not said or meaning == self._begun or self._count >= policy.generations:
            return None
        quiet = policy.quiet(said, self._times, self._count, self._language)
        if quiet is None:
            return None
        return max(0.0, quiet - (now - self._since))

    def began(self) -> None:
        """Note that an answer to the newest words was begun."""
        self._begun = self._meaning
        self._count += 1


def _mended(before: Sequence[str], said: Sequence[str]) -> bool:
    """Whether only the newest words were corrected: the caller has said nothing since.

    A number may have grown by what was said since without being one word more.
    """
    if not said or said[-1][0].isdigit() or not len(before) - 1 <= len(said) <= len(before):
        return False
    kept = max(0, len(said) - MENDED)
    return said[:kept] == before[:kept]


def _quiet(milliseconds: int) -> StartPolicy:
    seconds = milliseconds / 1000
    return StartPolicy(f"quiet-{milliseconds}", seconds, seconds, seconds)


NONE = StartPolicy("none")
EAGER = StartPolicy("eager", 0.0, 0.0, 0.0)
BALANCED = StartPolicy("balanced", 0.35, 0.7, 0.8, sentence=7, hasty=4, repeats=True, generations=8)
DEFAULT = BALANCED
POLICIES = {policy.name: policy for policy in (NONE, _quiet(600), _quiet(300), BALANCED, EAGER)}
