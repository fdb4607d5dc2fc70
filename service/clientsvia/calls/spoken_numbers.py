"""Numbers said in words, as the digits they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_NTH_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth"
).split()
_NTH_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()


def _values(below_20: Sequence[str], tens: Sequence[str]) -> dict[str, int]:
    small = {word: value for value, word in enumerate(below_20, 1)}
    return small | dict(zip(tens, range(20, 100, 10), strict=True))


CARDINALS = frozenset({"zero", *_UNITS, *_TEENS, *_TENS})
_ORDINALS = _values(_NTH_UNITS + _NTH_TEENS, _NTH_TENS)
_SMALL = _values(_UNITS + _TEENS, _TENS) | _ORDINALS
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_NTH_SCALES = {f"{word}th": value for word, value in SCALES.items()}
_HUNDRED = ("hundred", "hundredth")
_MULTIPLES = frozenset({"hundred", *SCALES})
_DIGITS = {word: str(value) for value, word in enumerate(["zero", *_UNITS])} | {
    str(value): str(value) for value in range(10)
}
NUMBER_WORDS = frozenset({*_SMALL, *SCALES, *_NTH_SCALES, *_HUNDRED, "zero"})
_GOES_ON = frozenset({*_TEENS, *_TENS, *_HUNDRED, *SCALES, *_NTH_SCALES})
"""What may follow a digit: the minutes of its hour, or what multiplies it."""

WRITTEN_BEFORE_A_SCALE = 3  # digits of the number in "250 thousand"
IDENTIFIER = 10**6
"""From here on a quantity keeps its commas: seven digits without are a telephone number."""
_HOURS = range(1, 24)
_MINUTES = range(10, 60)


def in_digits(words: Sequence[str]) -> list[str]:
    """The words with each number in digits: ``23``, ``21st``, ``5:30`` for "five thirty".

    Digits already written stay apart: "20 3" is not "23", nor is "5 30" a time. "No one" is nobody.
    """
    done: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        # PERF: most words are none of a number, and to begin one costs more than the rest.
        if word not in NUMBER_WORDS and (at + 1 == len(words) or words[at + 1] not in _MULTIPLES):
            done.append(word)
            at += 1
        elif done[-1:] == ["point"] and done[-2:-1] and done[-2].isdigit():
            at = _fraction(words, at, done)
        else:
            at = _number(words, at, done)
    return done


def _fraction(words: Sequence[str], at: int, done: list[str]) -> int:
    """What follows a point is said digit by digit; the index behind it."""
    start = at
    while at < len(words) and (digit := _DIGITS.get(words[at])):
        done.append(digit)
        at += 1
    return at if at > start else _number(words, at, done)


def _number(words: Sequence[str], at: int, done: list[str]) -> int:
    """Add the number or the word that stands there; the index behind it."""
    # PERF: most digits of a telephone number are such; a tenth of what reading on costs.
    digit = _DIGITS.get(words[at])
    if digit and done[-1:] != ["no"] and (at + 1 == len(words) or words[at + 1] not in _GOES_ON):
        done.append(digit)
        return at + 1
    number = _Number(words, at)
    if not number.said:
        done.append("0" if words[at] == "zero" else words[at])
        return at + 1
    if words[at] == "one" and number.value == 1 and done[-1:] == ["no"]:
        done.append("one")
    elif number.clock_part(_HOURS) and (minutes := _Number(words, number.end)).clock_part(_MINUTES):
        done.append(f"{number.value}:{minutes.value}")
        return minutes.end
    else:
        done.append(number.text)
    return number.end


def ending(value: int) -> str:
    """What follows the digits of an ordinal: st, nd, rd or th."""
    if value % 100 in range(11, 14):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


class _Number:
    """The longest number that begins at ``words[start]``, as it is said in English.

    ``end`` is the index behind it, equal to ``start`` when there is none.
    """

    __slots__ = ("_free", "_group", "_limit", "_total", "end", "ordinal", "spoken")

    def __init__(self, words: Sequence[str], start: int) -> None:
        self._total = self._group = 0
        self._free = 100  # what is added next must be below: 100 after "hundred", 10 after "twenty"
        self._limit = 10**12  # likewise for a scale
        self.ordinal = False
        self.end = start + self._begun(words, start)
        self.spoken = self.end == start
        while self.end < len(words) and not self.ordinal and (taken := self._take(words)):
            self.end += taken

    @property
    def said(self) -> bool:
        """Whether there is a number at all."""
        return self._total + self._group > 0

    @property
    def value(self) -> int:
        """How much it is."""
        return self._total + self._group

    @property
    def text(self) -> str:
        """The digits, with commas from a million on."""
        if self.ordinal:
            return f"{self.value}{ending(self.value)}"
        return f"{self.value:,}" if self.value >= IDENTIFIER else str(self.value)

    def clock_part(self, values: range) -> bool:
        """Whether it was said in words and may be the hour or the minutes of a time."""
        return self.spoken and not self.ordinal and self.value in values

    def _begun(self, words: Sequence[str], at: int) -> int:
        """Start with "a" or written digits where a hundred or a scale follows."""
        following = words[at + 1] if at + 1 < len(words) else ""
        if following not in _MULTIPLES:
            return 0
        word = words[at]
        if word == "a":
            self._group = self._free = 1
            return 1
        if len(word) <= WRITTEN_BEFORE_A_SCALE and word.isdigit() and word[0] != "0":
            if following == "hundred" and len(word) > len("99"):
                return 0
            self._group, self._free = int(word), 1
            return 1
        return 0

    def _take(self, words: Sequence[str]) -> int:
        """Add the next word, if it goes on with the number; the words taken, 0 for none."""
        word = words[self.end]
        small = _SMALL.get(word, 0)
        if small:
            return self._add(word, small)
        if word in _HUNDRED:
            return self._multiply(word)
        if word in SCALES or word in _NTH_SCALES:
            return self._scale(word, SCALES.get(word) or _NTH_SCALES[word])
        if word == "and" and self.said and self._free == 100:  # noqa: PLR2004 - right after a hundred or a scale
            following = words[self.end + 1] if self.end + 1 < len(words) else ""
            small = _SMALL.get(following, 0)
            return 1 + self._add(following, small) if small else 0
        return 0

    def _add(self, word: str, value: int) -> int:
        if value >= self._free:
            return 0
        self._group += value
        self._free = 10 if value >= 20 else 1  # noqa: PLR2004 - twenty-one, and no nineteen-one
        self.ordinal = word in _ORDINALS
        return 1

    def _multiply(self, word: str) -> int:
        if not 0 < self._group < 100:  # noqa: PLR2004 - "thirty-five hundred" is the most
            return 0
        self._group *= 100
        self._free = 100
        self.ordinal = word == "hundredth"
        return 1

    def _scale(self, word: str, scale: int) -> int:
        if not self._group or scale >= self._limit:
            return 0
        self._total += self._group * scale
        self._group, self._free, self._limit = 0, 100, scale
        self.ordinal = word in _NTH_SCALES
        return 1
