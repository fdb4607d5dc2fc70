"""The tokens of a text as a recogniser may have written it: words, numbers and signs."""

from __future__ import annotations

import re
import unicodedata

_KNOWN_CHARACTERS = 4096  # those of the languages in use; others are looked up again
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0
_HYPHENS = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{MINUS SIGN}"
_APOSTROPHES = (
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
)
_ALIKE = {
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
    "\N{ARABIC PERCENT SIGN}": "%",
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    # They join letters in Persian, Hindi and emoji, where without them it is another word.
    "\N{ZERO WIDTH JOINER}": "\N{ZERO WIDTH JOINER}",
    "\N{ZERO WIDTH NON-JOINER}": "\N{ZERO WIDTH NON-JOINER}",
}

_LETTER = "[a-z\x80-\xa2\xa4-\u20ab\u20ad-\U0010ffff]"
_TAIL = rf"(?:['_]?[{_LETTER[1:-1]}\d])*"
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WORD = rf"{_LETTER}{_TAIL}(?:\.(?<={_LETTER}{_LETTER}\.){_LETTER}{{2}}{_TAIL})*"
_NUMBER = (
    r"(?:(?<![^\s(])-)?[$£€]?(?:(?<![\w.])\.)?\d+(?:[.,:-]\d+)*"
    rf"(?:{_LETTER}{_TAIL})?"
)
_SIGN = r"[#$%&*+/<=>@\\^`|~£€]"
_MAIL = r"""[^\s@,;:()<>"]{1,64}@[^\s@,;:()<>"]{0,250}[^\s@,;:()<>"'!?.]"""
_TOKEN = re.compile(f"{_WORD}|{_NUMBER}|{_SIGN}")
_TOKEN_OR_MAIL = re.compile(f"{_MAIL}|{_WORD}|{_NUMBER}|{_SIGN}")
_HALF_OF_DAY = re.compile(r"(?<![^\s\d])([ap])\.m\b(?!@|\.\w)")
_RANGE = re.compile(rf"(?<=[\d%])-(?=[$£€])|(?<=%)-(?=\d)|(?<=\d[ap]m)-(?=\d)|(?<=day)-(?={_DAY})")


class _Characters(dict[int, "str | None"]):
    """What becomes of each character: itself, another, a space, or nothing."""

    def __missing__(self, code: int) -> str | None:
        kept = _kept(chr(code))
        if len(self) < _KNOWN_CHARACTERS:
            self[code] = kept
        return kept


def _kept(char: str) -> str | None:
    if char in _ALIKE:
        return _ALIKE[char]
    if ord(char) in _FULL_WIDTH:
        return chr(ord(char) - _FULL_WIDTH_SHIFT)
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Cf":
        return None
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return " " if category[0] in "PZ" or category == "Cc" else char


_CHARACTERS = _Characters({code: chr(code) for code in range(128)})


def tokens(text: str) -> list[str]:
    """Lower-case words, numbers and signs in order; punctuation between words is left out.

    A number keeps what changes its value: point, comma, colon, hyphen, minus, currency, and letters
    that follow at once (``1st``, ``5pm``, ``2x4``). Mail addresses and domains stay whole. Accents
    count, and digits of every script are those of ASCII.
    """
    folded = text.lower()
    # PERF: most sentences are letters, commas and a full stop: 1.5 us instead of 5.
    plain = folded.replace(", ", " ").replace(". ", " ").rstrip(".?!")
    if plain.isascii() and plain.replace(" ", "").isalpha():
        return plain.split()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded).translate(_CHARACTERS)
        folded = unicodedata.normalize("NFC", folded)
    if ".m" in folded:
        folded = _HALF_OF_DAY.sub(r"\1m", folded)
    if "-" in folded:
        folded = _RANGE.sub(" to ", folded)
    pattern = _TOKEN_OR_MAIL if "@" in folded else _TOKEN
    return pattern.findall(folded)
