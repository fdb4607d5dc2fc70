"""Card numbers a caller reads out or keys in: masked before anybody is told or anything is kept.

A card number has 13 to 19 digits of which the last proves the others (ISO/IEC 7812, Luhn). It may
be written in digits, said in English words, grouped in any way, and go on from one turn to the
next. Telephone and order numbers stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.events import Digits, Heard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientsvia.calls.events import Event

MASK = "[card number]"
LENGTHS = range(13, 20)
LEAST_DIGITS = 2
"""A turn that begins with fewer digits, and no word of one, cannot go on with a card number."""

_UNITS = "zero one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = (
    {word: str(value) for value, word in enumerate(_UNITS + _TEENS)}
    | {word: str(value) for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {"oh": "0", "o": "0", "nought": "0", "hundred": "00", "thousand": "000"}
)
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_BETWEEN = frozenset("uh um er erm hmm and then dash hyphen space dot point okay so".split())
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"
    r"|(?:5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12,14}"
    r"|3[47]\d{13}|3(?:0[0-5]|095|[689]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d|35\d\d|62\d\d)\d{12,15}"
)
"""What the large issuers' numbers look like: such a one is found among other digits too."""
_TOKEN = re.compile(r"\+?\d+|[^\W\d_]+")
_ABROAD = ("00", "011")
_PLUS = "plus"


class _Group:
    """Digits that were said in one go, and where in the text."""

    __slots__ = ("abroad", "digits", "end", "start", "tens")

    def __init__(
        self, start: int, end: int, digits: str, *, tens: bool = False, abroad: bool = False
    ) -> None:
        self.start, self.end, self.digits, self.tens = start, end, digits, tens
        self.abroad = abroad


def masked(text: str) -> str:
    """The text with each card number in it masked.

    PERF: 2 us for words in which nothing looks like a digit.
    """
    return masked_together([text])[0]


def masked_together(texts: Sequence[str]) -> list[str]:
    """Texts that were said one after the other, with the card numbers masked that they make."""
    whole = "\n".join(texts)
    spans = _spans(whole)
    done, at = list[str](), 0
    for text in texts:
        done.append(_without(text, [(a - at, b - at) for a, b in spans]))
        at += len(text) + 1
    return done


def without_cards(event: Event, earlier: Sequence[str]) -> tuple[Event, Sequence[str]]:
    """An event and the caller's ``earlier`` words, without the card numbers in them."""
    if isinstance(event, Digits):
        *before, keyed = masked_together([*earlier, event.digits])
        # What is left of a card is words, and no keys that might mean anything.
        return (event if keyed == event.digits else Heard(MASK)), before
    if isinstance(event, Heard):
        *before, text = masked_together([*earlier, event.text])
        return (event if text == event.text else replace(event, text=text)), before
    return event, earlier


def may_become_card(text: str) -> bool:
    """Whether what is heard so far ends in more digits than a telephone number of one's own has."""
    run: list[_Group] = []
    for run in _runs(f"{masked(text)} "):  # noqa: B007 - the last of them
        pass
    return sum(len(group.digits) for group in run) >= LENGTHS.start - 1


def may_go_on(event: Event) -> bool:
    """Whether an event may be the rest of a number that an earlier turn began."""
    if isinstance(event, Digits):
        return len(event.digits) >= LEAST_DIGITS
    if not isinstance(event, Heard) or (found := _TOKEN.search(event.text)) is None:
        return False
    word = found[0].lower()
    return word.isdigit() or word in _WORDS or word in _REPEATED


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        if start < len(text) and end > 0:
            text = f"{text[: max(start, 0)]}{MASK}{text[end:]}"
    return text


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the card numbers in a text begin and end, in order."""
    spans = list[tuple[int, int]]()
    for run in _runs(text):
        cards = _cards(_joined(run)) or _cards(run) or _cards(_apart(run))
        spans += [(card[0].start, card[-1].end) for card in cards]
    return spans


def _runs(text: str) -> Iterator[list[_Group]]:
    """Digits with nothing between them that ends a number."""
    run = list[_Group]()
    repeated, begun, abroad = 1, 0, False
    for found in _TOKEN.finditer(text):
        word = found[0].lower()
        digits = word.lstrip("+") if word[-1].isdigit() else _WORDS.get(word, "")
        if digits and (abroad := abroad or word[0] == "+"):
            yield run
            run = []
        if digits:
            start = begun if repeated > 1 else found.start()
            tens = word in _TENS
            run.append(_Group(start, found.end(), digits * repeated, tens=tens, abroad=abroad))
        elif word in _BETWEEN:
            continue
        elif word not in _REPEATED:
            yield run
            run = []
        repeated, begun, abroad = _REPEATED.get(word, 1), found.start(), word == _PLUS
    yield run


def _joined(run: Sequence[_Group]) -> list[_Group]:
    """The same with "forty one" as 41, where it would be 40 1 word by word."""
    done: list[_Group] = []
    for group in run:
        last = done[-1] if done else None
        if last is not None and last.tens and len(group.digits) == 1 and group.digits != "0":
            digits = last.digits[0] + group.digits
            done[-1] = _Group(last.start, group.end, digits, abroad=last.abroad)
        else:
            done.append(group)
    return done


def _apart(run: Sequence[_Group]) -> list[_Group]:
    """The same digit by digit where so many were keyed in one go that a card may be among them."""
    done: list[_Group] = []
    for group in run:
        written = group.end - group.start == len(group.digits)
        if written and len(group.digits) > LENGTHS.start:
            first = group.start
            done += [_Group(first + at, first + at + 1, d) for at, d in enumerate(group.digits)]
        else:
            done.append(group)
    return done if len(done) > len(run) else []


def _cards(run: Sequence[_Group]) -> list[Sequence[_Group]]:
    """The card numbers in a run of digits, which is one itself, or has an issuer's among others."""
    digits = "".join(group.digits for group in run)
    if len(digits) < LENGTHS.start:
        return []
    abroad = run[0].abroad or digits.startswith(_ABROAD)
    if len(digits) in LENGTHS and proves_itself(digits) and not abroad:
        return [run]
    found: list[Sequence[_Group]] = []
    at = 0
    while at < len(run):
        taken = next(
            (
                end
                for end in range(min(len(run), at + LENGTHS.stop), at, -1)
                if _is_issued(run[at:end])
            ),
            0,
        )
        if taken:
            found.append(run[at:taken])
        at = taken or at + 1
    return found


def _is_issued(groups: Sequence[_Group]) -> bool:
    digits = "".join(group.digits for group in groups)
    return _ISSUERS.fullmatch(digits) is not None and proves_itself(digits)


def proves_itself(digits: str) -> bool:
    """Whether the last digit is what Luhn's algorithm makes of the others."""
    doubled = "0246813579"
    odd = sum(map(int, digits[-1::-2]))
    return (odd + sum(int(doubled[int(digit)]) for digit in digits[-2::-2])) % 10 == 0
