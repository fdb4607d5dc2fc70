"""Numbers in digits with the words around them: times, money, decimals, telephone numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.spoken_numbers import SCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_GRIDS = {7: (0, 3, 7), 10: (0, 3, 6, 10), 11: (0, 1, 4, 7, 11)}
"""Where the groups of a North American number may begin and end, by its length."""
_INTERNATIONAL = range(8, 16)
_REPEATED = {"double": 2, "triple": 3}
_IN_A_NUMBER = frozenset({"oh", *_REPEATED})
_HOUR_DIGITS, _CLOCK_DIGITS = (1, 2), (3, 4)
_LAST_HOUR, _LAST_MINUTE = 12, 59


def settled(words: Sequence[str]) -> list[str]:
    """The words with one spelling for each quantity; digits stand where they were spoken.

    What one quantity leaves behind may make another: it goes on until nothing changes.
    """
    found = _once(words)
    while (again := _once(found)) != found:
        found = again
    return found


def _once(words: Sequence[str]) -> list[str]:
    """The words after one look at each."""
    several = sum(word.isdigit() or word == "oh" for word in words) > 1
    if not several and _SETTLED.keys().isdisjoint(words):
        return list(words)
    done: list[str] = []
    waiting = _telephones(words) if several else words
    at = 0
    while at < len(waiting):
        settle = _SETTLED.get(waiting[at])
        taken = settle(done, waiting, at) if settle else 0
        if not taken:
            done.append(waiting[at])
        at += taken or 1
    return done


def _telephones(words: Sequence[str]) -> list[str]:
    """The words with each telephone number in one, however its digits were grouped."""
    done: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if not (word[0].isdigit() or word in _IN_A_NUMBER):
            done.append(word)
            at += 1
            continue
        groups, end = _groups(words, at)
        number = "".join(groups)
        if len(groups) > 1 and _is_telephone(groups, plus=done[-1:] == ["plus"]):
            done.append(number)
            at = end
        elif groups:
            # Not one number: each group stays as it is, and what follows cannot begin one either.
            done += words[at:end]
            at = end
        else:
            done.append(words[at])
            at += 1
    return done


def _groups(words: Sequence[str], start: int) -> tuple[list[str], int]:
    """The run of digits that begins at ``start``, with "oh" and "double five" in digits."""
    groups: list[str] = []
    at = start
    while at < len(words):
        word = words[at]
        if _is_digits(word):
            groups.append(word)
        elif word == "oh":
            groups.append("0")
        elif word in _REPEATED and at + 1 < len(words) and _is_digits(words[at + 1], (1,)):
            at += 1
            groups += [words[at]] * _REPEATED[word]
        else:
            break
        at += 1
    return groups, at


def _is_telephone(groups: Sequence[str], *, plus: bool) -> bool:
    length = sum(map(len, groups))
    if plus:
        return length in _INTERNATIONAL
    grid = _GRIDS.get(length, ())
    if not grid or (length == max(_GRIDS) and groups[0][0] != "1"):
        return False
    end = 0
    for group in groups:
        start, end = end, end + len(group)
        if len(group) > 1 and not (start in grid and end in grid):
            return False
    return True


def _is_digits(word: str, lengths: Sequence[int] = ()) -> bool:
    return word.isdigit() and word.isascii() and (not lengths or len(word) in lengths)


def _last(done: Sequence[str]) -> str:
    return done[-1] if done else ""


def _next(words: Sequence[str], at: int) -> str:
    return words[at + 1] if at + 1 < len(words) else ""


def _point(done: list[str], words: Sequence[str], at: int) -> int:
    """Two point five."""
    end = at + 1
    while end < len(words) and (words[end] == "oh" or _is_digits(words[end], (1,))):
        end += 1
    if end == at + 1 or not _is_digits(_last(done)):
        return 0
    done[-1] += "." + "".join(words[at + 1 : end]).replace("oh", "0")
    return end - at


def _oh(done: list[str], words: Sequence[str], at: int) -> int:
    """The minutes of "five oh five", else a zero."""
    after = _next(words, at)
    if _is_hour(_last(done)) and _is_digits(after, (1,)):
        done[-1] += f":0{after}"
        return 2
    done.append("0")
    return 1


def _half_of_day(done: list[str], words: Sequence[str], at: int) -> int:
    """Five p.m., 5:00 p.m., 530 p.m., also with the letters apart."""
    apart = len(words[at]) == 1
    if apart and _next(words, at) != "m":
        return 0
    hour, colon, minutes = _clock(_last(done)).partition(":")
    if not _is_hour(hour):
        return 0
    done[-1] = hour if minutes == "00" else f"{hour}{colon}{minutes}"
    done.append(f"{words[at][0]}m")
    return 2 if apart else 1


def _clock(digits: str) -> str:
    """A time without its colon gets it."""
    if _is_digits(digits, _CLOCK_DIGITS) and int(digits[-2:]) <= _LAST_MINUTE:
        hour = digits[:-2].removeprefix("0")
        return f"{hour}:{digits[-2:]}"
    return digits


def _is_hour(digits: str) -> bool:
    return _is_digits(digits, _HOUR_DIGITS) and 1 <= int(digits) <= _LAST_HOUR and digits[0] != "0"


def _oclock(done: list[str], words: Sequence[str], at: int) -> int:
    """Five o'clock is 5:00."""
    apart = words[at] == "o"
    if apart and _next(words, at) != "clock":
        return 0
    hour = _last(done).removesuffix(":00")
    if not _is_hour(hour):
        return 0
    done[-1] = f"{hour}:00"
    return 2 if apart else 1


def _money(done: list[str], words: Sequence[str], at: int) -> int:
    """Fifteen dollars, fifteen dollars and fifty cents, and 1.5 million dollars."""
    if _last(done) in SCALES and done[-2:-1] and done[-2][0].isdigit():
        done.append(words[at].removesuffix("s"))
        return 1
    amount, point, fraction = _last(done).partition(".")
    if not amount.replace(",", "").isdigit() or (point and not fraction.isdigit()):
        return 0
    taken, cents = _cents(words, at + 1) if not point else (0, "")
    fraction = cents or fraction.rstrip("0").ljust(2, "0")
    done[-1] = amount if fraction == "00" else f"{amount}.{fraction}"
    done.append(words[at].removesuffix("s"))
    return 1 + taken


def _cents(words: Sequence[str], at: int) -> tuple[int, str]:
    """How many words say cents, and the cents in two digits."""
    start = at + 1 if words[at : at + 1] == ["and"] else at
    amount, unit = _next(words, start - 1), _next(words, start)
    if _is_digits(amount, _HOUR_DIGITS) and unit in {"cent", "cents"}:
        return start + 2 - at, amount.zfill(2)
    return 0, ""


def _cent(done: list[str], words: Sequence[str], at: int) -> int:
    """Ten per cent, and fifty cents."""
    if words[at] == "cents" and _last(done).isdigit():
        done.append("cent")
        return 1
    if words[at] == "per" and _next(words, at) == "cent":
        done.append("percent")
        return 2
    return 0


_SETTLED: Mapping[str, Callable[[list[str], Sequence[str], int], int]] = {
    "point": _point,
    "oh": _oh,
    **dict.fromkeys(("am", "pm", "a", "p"), _half_of_day),
    **dict.fromkeys(("oclock", "o"), _oclock),
    **dict.fromkeys(("dollar", "dollars", "euro", "euros"), _money),
    **dict.fromkeys(("cents", "per"), _cent),
}
