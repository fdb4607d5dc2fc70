"""Numbering plans: which digits after a calling code are whose, and of what type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import patterns
from forest import DEAD, DIGITS, Forest
from machine import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from phonenumbers import PhoneMetadata
    from phonenumbers.phonemetadata import PhoneNumberDesc

LONGEST = 17
"""The most digits a national number may have."""

TYPES_IN_ORDER = (
    "premium_rate",
    "toll_free",
    "shared_cost",
    "voip",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)
"""The first of these that fits is a number's type; fixed lines and mobiles come after them."""

KINDS = ("", *TYPES_IN_ORDER, "fixed_line", "mobile", "fixed_line_or_mobile")
"""Types by their code; 0 is none."""

KIND_BITS = 4


@dataclass(frozen=True, slots=True)
class Description:
    """The numbers of one type: their digits, and how many there may be (empty: not looked at)."""

    language: Language
    lengths: frozenset[int]


@cache
def language(pattern: str) -> Language:
    """The digits a pattern stands for."""
    return Language(patterns.parse(pattern))


@cache
def leading(pattern: str) -> Language:
    """The digits that begin as a pattern says."""
    return Language(patterns.parse(pattern), prefix=True)


def described(desc: PhoneNumberDesc | None) -> Description | None:
    """A description of the metadata; None where a region has no such numbers."""
    if desc is None or not desc.national_number_pattern:
        return None
    return Description(language(desc.national_number_pattern), frozenset(desc.possible_length))


class Territory:
    """One region of a calling code, as far as valid numbers go."""

    def __init__(self, region: int, metadata: PhoneMetadata) -> None:
        self.region = region
        self.leading = leading(metadata.leading_digits) if metadata.leading_digits else None
        self.general = described(metadata.general_desc)
        self.kinds = {name: described(getattr(metadata, name)) for name in KINDS[1:-1]}
        self.same = metadata.same_mobile_and_fixed_line_pattern

    def languages(self) -> Iterable[Language]:
        """Every language that must be followed to know a number's type."""
        found = [desc.language for desc in (self.general, *self.kinds.values()) if desc]
        return [self.leading, *found] if self.leading else found

    def kind(self, accepting: frozenset[int], depth: int) -> int:
        """The type code of a number, given which languages (by id) it is in; 0 if it is invalid."""

        def fits(desc: Description | None) -> bool:
            if desc is None or (desc.lengths and depth not in desc.lengths):
                return False
            return id(desc.language) in accepting

        if not fits(self.general):
            return 0
        for name in TYPES_IN_ORDER:
            if fits(self.kinds[name]):
                return KINDS.index(name)
        mobile = fits(self.kinds["mobile"])
        if fits(self.kinds["fixed_line"]):
            return KINDS.index("fixed_line_or_mobile" if self.same or mobile else "fixed_line")
        return KINDS.index("mobile") if mobile and not self.same else 0


PlanState = tuple[tuple[int, int], ...]


class Plan:
    """A walk through the national digits of a calling code, shared by its territories."""

    def __init__(self, territories: Sequence[Territory]) -> None:
        self._territories = territories
        self._languages = list(
            {id(one): one for territory in territories for one in territory.languages()}.values()
        )
        self._leading = {id(territory.leading) for territory in territories}
        self.start: PlanState = tuple((at, one.start) for at, one in enumerate(self._languages))

    def step(self, state: PlanState, digit: str, depth: int) -> PlanState | None:
        """The languages still alive after a digit; None when only leading digits are."""
        moved = tuple((at, to) for at, was in state if (to := self._languages[at].step(was, digit)))
        alive = any(id(self._languages[at]) not in self._leading for at, _ in moved)
        return moved if alive and depth <= LONGEST else None

    def verdict(self, state: PlanState, depth: int) -> int:
        """Region and type of a valid number, 0 of any other.

        The region is the first whose leading digits the number has, or else which it is valid in.
        """
        accepting = frozenset(
            id(self._languages[at]) for at, was in state if self._languages[at].accepts[was]
        )
        for territory in self._territories:
            if territory.leading and id(territory.leading) not in accepting:
                continue
            kind = territory.kind(accepting, depth)
            if kind:
                return (territory.region << KIND_BITS) | kind
            if territory.leading or len(self._territories) == 1:
                return 0
        return 0


class Member:
    """A walk that says 1 of every number a language holds."""

    def __init__(self, found: Language) -> None:
        self._language = found
        self.start = found.start

    def step(self, state: int, digit: str, depth: int) -> int | None:
        """The language's state after a digit."""
        return (self._language.step(state, digit) or None) if depth <= LONGEST else None

    def verdict(self, state: int, _depth: int) -> int:
        """Whether the language holds the number."""
        return int(self._language.accepts[state])


class FirstLeading:
    """A walk that names, plus one, the first region of a calling code with these first digits."""

    def __init__(self, territories: Iterable[Territory]) -> None:
        self._marked = [(one.leading, one.region) for one in territories if one.leading]
        self.start = tuple(found.start for found, _ in self._marked)

    def step(self, state: tuple[int, ...], digit: str, depth: int) -> tuple[int, ...] | None:
        """The languages' states after a digit; what the first digits say stays said."""
        paired = zip(self._marked, state, strict=True)
        moved = tuple(found.step(was, digit) for (found, _), was in paired)
        return moved if any(moved) and depth <= LONGEST else None

    def verdict(self, state: tuple[int, ...], _depth: int) -> int:
        """The region plus one; 0 when no region claims the digits."""
        paired = zip(self._marked, state, strict=True)
        return next((region + 1 for (found, region), was in paired if found.accepts[was]), 0)


def international(forest: Forest, plans: Mapping[str, int], starters: Mapping[str, str]) -> int:
    """The root that reads calling code and national number of what parsing leaves as it is.

    ``plans`` are the roots by calling code, ``starters`` the first digits with which a national
    prefix may begin there: those numbers are not looked up here, for parsing may change them.
    """

    def settled(code: str) -> int:
        verdict, children = forest.states[plans[code]]
        kept = (
            DEAD if digit in starters[code] else child
            for digit, child in zip(DIGITS, children, strict=True)
        )
        return forest.add(verdict, tuple(kept))

    def trie(prefix: str) -> int:
        if prefix in plans:
            return settled(prefix)
        if not any(code.startswith(prefix) for code in plans):
            return DEAD
        return forest.add(0, tuple(trie(prefix + digit) for digit in DIGITS))

    return trie("")
