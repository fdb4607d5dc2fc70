"""Amounts, times and numbers as people say them in English."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = {
    "$": ("dollar", "cent"),
    "\N{EURO SIGN}": ("euro", "cent"),
    "\N{POUND SIGN}": ("pound", "penny"),
}
_MONEY = re.compile(
    rf"(?P<sign>[$\N{{EURO SIGN}}\N{{POUND SIGN}}])\s?(?P<low>{_NUMBER})(?P<low_scale>[kK]\b)?"
    rf"(?:\s*[-\N{{EN DASH}}]\s*(?P=sign)?\s?(?P<high>{_NUMBER})(?P<high_scale>[kK]\b)?)?"
    r"(?:\s(?P<scale>hundred|thousand|million|billion)\b)?(?:\s(?:dollars|euros|pounds|USD)\b)?"
)
_PER = re.compile(
    r"(?<=[a-z])\s?/\s?(?=(?:hour|hr|day|week|month|mo|year|visit|person|night|room|foot)\b)"
)
_CLOCK = r"(?P<{0}h>[01]?\d|2[0-4])(?::(?P<{0}m>[0-5]\d))?\s?(?P<{0}x>[aApP]\.?\s?[mM]\b\.?)?"
_RANGE = re.compile(
    rf"(?<![\d:.$]){_CLOCK.format('a')}\s*(?:[-\N{{EN DASH}}\N{{EM DASH}}])"
    rf"\s*{_CLOCK.format('b')}(?![\d:])"
)
_PAIR = re.compile(
    rf"(?<![\d:.$]){_CLOCK.format('a')}\s+(?P<word>to|and|until|till|through)\s+{_CLOCK.format('b')}(?![\d:])"
)
_TIME = re.compile(rf"(?<![\d:.$,]){_CLOCK.format('a')}(?![\d:])")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]\s?(\d{3})[-. ](\d{4})(?!\d)|\+\d{8,15}\b"
)
_PERCENT = re.compile(r"(?<=\d)\s?%")
_SPAN = re.compile(r"(?<=\d)\s?[-\N{EN DASH}]\s?(?=\d)")
_DEGREES = re.compile(r"(?<=\d)\s?\N{DEGREE SIGN}\s?[FC]?\b")
_NOON = 12


def figures(text: str) -> str:
    """The text with its figures as words go: ``$89.50`` is ``89 dollars and 50 cents``."""
    text = _PHONE.sub(lambda match: in_groups(match[0]), text)
    text = _PER.sub(" per ", _MONEY.sub(_money, text))
    text = _PERCENT.sub(" percent", _DEGREES.sub(" degrees", text))
    text = _RANGE.sub(_range, text)
    text = _PAIR.sub(_pair, text)
    text = _TIME.sub(_time, text)
    return _SPAN.sub(" to ", text)


def in_groups(number: str) -> str:
    """A telephone number's digits in the groups people say: ``2 3 9, 5 5 5, 0 1 4 2``."""
    digits = [char for char in number if char.isdigit()]
    national = digits[-10:] if len(digits) in (10, 11) else digits
    head, tail = national[:-4], national[-4:]
    groups = [head[at : at + 3] for at in range(0, len(head), 3)] + [tail]
    return ", ".join(" ".join(group) for group in groups if group)


def _money(match: re.Match[str]) -> str:
    one, hundredth = _UNIT[match["sign"]]
    scale = f" {match['scale']}" if match["scale"] else ""
    low, high = match["low"], match["high"]
    thousands = " thousand" if match["low_scale"] or match["high_scale"] else scale
    if high:
        return f"{low} to {high}{thousands} {one}s"
    whole, _, part = low.partition(".")
    if thousands or (part and len(part) != 2):  # noqa: PLR2004 - hundredths have two digits
        return f"{low}{thousands} {one}s"
    cents = int(part or 0)
    said = f"{whole} {one}{'' if whole == '1' else 's'}"
    if not cents:
        return said
    small = f"{cents} {hundredth if cents == 1 else _plural(hundredth)}"
    return small if whole == "0" else f"{said} and {small}"


def _plural(hundredth: str) -> str:
    return "pence" if hundredth == "penny" else f"{hundredth}s"


def _range(match: re.Match[str]) -> str:
    """A range of times where a colon or a half tells that it is one."""
    if not any(match[name] for name in ("am", "ax", "bm", "bx")):
        return match[0]
    return _from_to(match, "to")


def _pair(match: re.Match[str]) -> str:
    if not any(match[name] for name in ("am", "ax", "bm", "bx")):
        return match[0]
    return _from_to(match, match["word"])


def _from_to(match: re.Match[str], word: str) -> str:
    """One AM or PM serves both ends where only the second is given."""
    start, end = _half(match, "a"), _half(match, "b")
    if match["am"] and not start and _is_24_hour(match, "b"):
        start = "PM" if int(match["ah"]) == _NOON else "AM"
    alone = not start and bool(end)
    first = _clock(match["ah"], match["am"], start, bare=alone)
    return f"{first} {word} {_clock(match['bh'], match['bm'], end)}{_stop(match, 'b')}"


def _time(match: re.Match[str]) -> str:
    if not (match["am"] or match["ax"]):
        return match[0]
    return _clock(match["ah"], match["am"], _half(match, "a")) + _stop(match, "a")


def _half(match: re.Match[str], end: str) -> str:
    """AM or PM as written, or as a 24-hour clock tells."""
    if match[f"{end}x"]:
        return match[f"{end}x"][0].upper() + "M"
    hour = int(match[f"{end}h"])
    if match[f"{end}m"] and hour > _NOON:
        return "AM" if hour == 2 * _NOON else "PM"
    return "AM" if match[f"{end}m"] and match[f"{end}h"].startswith("0") else ""


def _is_24_hour(match: re.Match[str], end: str) -> bool:
    return bool(match[f"{end}m"]) and int(match[f"{end}h"]) > _NOON


def _clock(hour: str, minutes: str | None, half: str, *, bare: bool = False) -> str:
    number = int(hour)
    number = (number - 1) % _NOON + 1
    past = f":{minutes}" if minutes and minutes != "00" else ""
    if half or past or bare:
        return f"{number}{past}{' ' if half else ''}{half}"
    return f"{number} o'clock" if minutes else f"{number}"


def _stop(match: re.Match[str], end: str) -> str:
    """The full stop of "a.m." at the end of a sentence is the sentence's."""
    at_end = not match.string[match.end() :].strip()
    return "." if at_end and (match[f"{end}x"] or "").endswith(".") else ""
