"""Pairs of texts of which it is known by construction whether they mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.rehearsal.respelling import bare, in_words, punctuated, recased, respelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today tomorrow tonight".split()
_NAMES = (
    "Miller Müller Smith Smythe Jansen Janssen Garcia Nguyen Naples Tampa Maple Main Park Anna "
    "Hannah John Joan Erik Erika Lee Leigh Brown Browne"
).split()
_BEFORE_NOT = frozenset(
    "is are was were do does did can could would will should have has am must may might".split()
)
_BEFORE_DONT = frozenset("i you we they".split())
_TAKEN_BACK = (
    "never mind",
    "no forget it",
    "no wait",
    "sorry that was wrong",
    "actually no",
    "scratch that",
)
_CORRECTED = ("no wait {}", "I mean {}", "actually {}", "sorry {}", "or rather {}", "no {}")
_ADDED = (
    "and a new roof",
    "and how much is it",
    "but only in the morning",
    "please",
    "with my wife",
    "if it rains",
    "too",
    "instead",
    "right now",
    "for two",
    "well",
    "or not",
)
_ADJECTIVES = "cheap old second other last big small whole first".split()
_FILLERS = ("um", "uh", "hmm", "er", "ah", "Um,", "uh…")
_CONTRACTED = {
    "I'm": "I am",
    "don't": "do not",
    "what's": "what is",
    "that's": "that is",
    "can't": "cannot",
    "I'll": "I will",
    "you're": "you are",
    "isn't": "is not",
}
_WITH_NUMBER = (
    "for {n} people",
    "at {h}:{m} pm",
    "at {h} a.m.",
    "on the {nth}",
    "for ${n}",
    "with {n}% off",
    "at {n} Maple Street",
    "my number is 239-555-{phone}",
    "about {h}.{d} miles",
)
_NUMBER = re.compile(r"\d+")
_NTH = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts; ``kind`` names what was changed, or the noise by which alone they differ."""

    one: str
    other: str
    kind: str
    same: bool


def changed_pairs(texts: Sequence[str], count: int, rng: Random) -> Iterator[Pair]:
    """Pairs whose meaning differs, every kind of change in turn, with noise on half of them."""
    kinds = list(_CHANGES)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        words = rng.choice(texts).split()
        one, other = _CHANGES[kind](words, rng)
        if rng.random() < 0.5:  # noqa: PLR2004 - the other half differs by the change alone
            yield Pair(noisy(one, rng), noisy(other, rng), kind, same=False)
        else:
            yield Pair(" ".join(one), " ".join(other), kind, same=False)


def noise_pairs(texts: Sequence[str], count: int, rng: Random) -> Iterator[Pair]:
    """Pairs that differ as two results of one recogniser do; a third of them with a number."""
    for number in range(count):
        words = rng.choice(texts).split()
        kind = "words"
        if number % 3 == 0:
            words, kind = [*words, *_quantity(rng).split()], "numbers"
        yield Pair(noisy(words, rng), noisy(words, rng), kind, same=True)


def noisy(words: Sequence[str], rng: Random) -> str:
    """The words as a recogniser may write them: case, punctuation, fillers, spelling."""
    spelled = respelled([bare(word) for word in words], rng)
    contracted = [_CONTRACTED.get(w, w) if rng.random() < 0.3 else w for w in spelled]  # noqa: PLR2004 - a share
    if rng.random() < 0.3:  # noqa: PLR2004 - likewise
        contracted.insert(rng.randrange(len(contracted) + 1), rng.choice(_FILLERS))
    return recased(punctuated(contracted, rng), rng)


def _negated(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    places = [
        place
        for place, word in enumerate(words)
        if word.lower() in _BEFORE_NOT or word.lower() in _BEFORE_DONT
    ]
    if not places:
        return list(words), [rng.choice(("not", "no", "don't")), *words]
    place = rng.choice(places) + 1
    denial = "not" if words[place - 1].lower() in _BEFORE_NOT else "don't"
    return list(words), [*words[:place], denial, *words[place:]]


def _corrected(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    said = rng.choice(_CORRECTED).format(rng.choice(_NAMES + _DAYS + list(words)))
    return list(words), [*words, *said.split()]


def _renamed(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    one, other = rng.sample(_NAMES, 2)
    places = [place for place, word in enumerate(words) if place and word[:1].isupper()]
    if places:
        place = rng.choice(places)
        if bare(words[place]).lower() != other.lower():
            return list(words), [*words[:place], other, *words[place + 1 :]]
    return [*words, "for", one], [*words, "for", other]


def _renumbered(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    phrase = _quantity(rng)
    found = rng.choice(list(_NUMBER.finditer(phrase)))
    value = int(found[0])
    # What is easily mistaken: the tenth, the neighbour, a digit more, and another number.
    candidates = {value + 1, value * 10, value // 10, value + 10, rng.randrange(2, 100)} - {value}
    number = str(rng.choice(sorted(candidates))).zfill(len(found[0]) if found[0][0] == "0" else 1)
    changed = f"{phrase[: found.start()]}{number}{phrase[found.end() :]}"
    return [*words, *phrase.split()], [*words, *changed.split()]


def _another_unit(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    """The same digits, read as something else."""
    n = rng.randrange(2, 60)
    forms = [f"{n}", f"${n}", f"{n}%", f"-{n}", f"{n}.5", f"{n}5", f"{n}th", f"1/{n}", f"{n},000"]
    forms += [f"{n}-{n + 1}", f"{in_words(n)} percent off"]
    one, other = rng.sample(forms[:-1] if rng.random() < 0.9 else forms, 2)  # noqa: PLR2004 - seldom
    return [*words, *one.split()], [*words, *other.split()]


def _another_day(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    one, other = rng.sample(_DAYS, 2)
    return [*words, one], [*words, other]


def _taken_back(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    return list(words), [*words, *rng.choice(_TAKEN_BACK).split()]


def _added(words: Sequence[str], rng: Random) -> tuple[list[str], list[str]]:
    if rng.random() < 0.5:  # noqa: PLR2004 - at the end as often as within
        return list(words), [*words, *rng.choice(_ADDED).split()]
    place = rng.randrange(len(words) + 1)
    return list(words), [*words[:place], rng.choice(_ADJECTIVES), *words[place:]]


def _quantity(rng: Random) -> str:
    """A phrase with a number as callers use it."""
    day = rng.randrange(1, 31)
    return rng.choice(_WITH_NUMBER).format(
        n=rng.randrange(2, 200),
        h=rng.randrange(1, 13),
        m=rng.choice((15, 30, 45, 10, 20, 50)),
        d=rng.randrange(1, 10),
        nth=f"{day}{_NTH.get(day, 'th')}",
        phone=rng.randrange(1000, 10_000),
    )


_CHANGES: dict[str, Callable[[Sequence[str], Random], tuple[list[str], list[str]]]] = {
    "negation": _negated,
    "correction": _corrected,
    "name": _renamed,
    "number": _renumbered,
    "unit": _another_unit,
    "day": _another_day,
    "never mind": _taken_back,
    "addition": _added,
}
