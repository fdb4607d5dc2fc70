"""How long a text message is to a telephone network."""

from __future__ import annotations

MOST = 3
"""Segments of a notice; each is paid for."""

_ONE_7, _EACH_7 = 160, 153
_ONE_16, _EACH_16 = 70, 67
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # written as two
# Curly quotes, long dashes, the ellipsis and the hard space, which a device or a model may write.
_PLAIN = str.maketrans(
    {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"}
    | {0x2026: "...", 0xA0: " "}
)


def segments(text: str) -> int:
    """How many segments a text takes: of 7 bits a character in GSM's alphabet, else of 16."""
    size, one, each = _size(text)
    return 1 if size <= one else -(-size // each)


def fit(text: str) -> str:
    """The text with plain quotes and dashes, cut so that it takes ``MOST`` segments at most."""
    text = text.translate(_PLAIN)
    if segments(text) <= MOST:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if segments(text[:middle] + "...") <= MOST else (low, middle)
    return text[:low].rstrip() + "..."


def _size(text: str) -> tuple[int, int, int]:
    if all(char in _BASIC or char in _EXTENDED for char in text):
        return sum(2 if char in _EXTENDED else 1 for char in text), _ONE_7, _EACH_7
    return len(text.encode("utf-16-le")) // 2, _ONE_16, _EACH_16
