"""One sentence as a voice should read it: nothing written for the eye is left."""

from __future__ import annotations

import re
import unicodedata

from clientsvia.calls.figures import figures

_FENCE = re.compile(r"^\s*```\w*\s*$|```")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^)\s]*)(?:\s[^)]*)?\)")
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
_ENTITIES = (("&amp;", "&"), ("&lt;", " "), ("&gt;", " "), ("&nbsp;", " "), ("&quot;", '"'))
_LIST_MARK = re.compile(
    r"^\s*(?:[-*+\N{BULLET}\N{EN DASH}\N{EM DASH}>]+\s+|\d{1,2}[.)]\s+|#{1,6}\s+|\|)+"
)
_EMPHASIS = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)|\*+|`+|~~+")
_WEB = re.compile(r"\bhttps?://|\bwww\.(?=[\w-]+\.)", re.IGNORECASE)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|co|us|ca|uk|biz|info|health|dental|app|dev)\b"
    r"(?:/[\w./-]*\w)?",
    re.IGNORECASE,
)
_SPOKEN_MARKS = {
    ".": " dot ",
    "@": " at ",
    "-": " dash ",
    "_": " underscore ",
    "/": " slash ",
    "+": " plus ",
}
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DAY = (
    "Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|"
    "Sun(?:day)?"
)
_DAY_RANGE = re.compile(rf"\b({_DAY})\.?\s*[-\N{{EN DASH}}\N{{EM DASH}}]\s*({_DAY})\b\.?")
_SHORT_DAY = re.compile(
    r"\b(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|(?:Sat|Sun)(?=\.?,? ?(?:$|[\d:(]|and\b|only\b)))\b"
    r"(?:\.(?=\s*[\w(]))?"
)
_ABBREVIATIONS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\b[eE]\.g\.,?", "for example,"),
        (r"\b[iI]\.e\.,?", "that is,"),
        (r"\betc\b\.?(?=\s+[A-Z]|$)", "and so on."),
        (r"\betc\b\.?", "and so on"),
        (r"\b[aA]pprox\.", "about"),
        (r"\bvs\b\.?", "versus"),
        (r"\bw/o\b", "without"),
        (r"\bw/ ?", "with "),
        (r"\band/or\b", "or"),
        (r"\b24/7\b", "around the clock"),
        (r"(?<=\d) ?hrs?\b\.?(?!$)", " hours"),
        (r"(?<=\d) ?hrs?\.?$", " hours."),
        (r"(?<=\d) ?mins?\b\.?(?!$)", " minutes"),
        (r"(?<=\d) ?mins?\.?$", " minutes."),
        (r"\bsq\. ?ft\b\.?", "square feet"),
        (r"#(?=\d)", "number "),
        (r"\s*&\s*", " and "),
    )
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_DASH = re.compile(r"\s+[-\N{EN DASH}]+\s+|\s*\N{EM DASH}\s*|\s*--+\s*")
_ELLIPSIS = re.compile(r"\s*(?:\N{HORIZONTAL ELLIPSIS}|\.{2,})(?=(.?))")
_DROPPED = re.compile(
    r"[\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}<>{}\[\]|\\^=*`~#]"
)
_PUNCTUATION = (
    (re.compile(r"\s+([,.;:!?])"), r"\1"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"[,;:]\s*([.!?])"), r"\1"),
    (re.compile(r"^[\s,;:.!?-]+"), ""),
    (re.compile(r"[\s-]+$"), ""),
)
_KEPT_SYMBOLS = frozenset("$\N{EURO SIGN}\N{POUND SIGN}%&+#@/\N{DEGREE SIGN}^`~|<>=")


def spoken(text: str, language: str = "en-US") -> str:
    """The sentence for the ear; empty when nothing in it can be said.

    Markup, links and emojis go in every language; figures and abbreviations become words in
    English, whose words these are.
    """
    text = _without_markup(text)
    if language.partition("-")[0] == "en":
        text = _in_words(text)
    text = _DROPPED.sub(" ", _EMPHASIS.sub("", text))
    text = " ".join(text.split())
    for pattern, instead in _PUNCTUATION:
        text = pattern.sub(instead, text)
    return _ended(text) if any(map(str.isalnum, text)) else ""


def briefly(text: str, language: str, length: int) -> str:
    """The same without the mark it ends in, cut at a word to at most so many characters."""
    words = spoken(text, language).rstrip(".!?,;: ")
    if len(words) > length:
        return words[:length].rpartition(" ")[0] or words[:length]
    return words


def _without_markup(text: str) -> str:
    text = _TAG.sub(" ", _LINK.sub(r"\1", _FENCE.sub(" ", text)))
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    text = "".join([char if _sayable(char) else " " for char in text])
    return _LIST_MARK.sub("", text).replace("**", "").replace("__", "")


def _sayable(char: str) -> bool:
    """Whether a character is neither an emoji nor a control."""
    if char.isascii():
        return char.isprintable() or char.isspace()
    return unicodedata.category(char) not in {"So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs", "Mn"} or (
        char in _KEPT_SYMBOLS
    )


def _in_words(text: str) -> str:
    text = _EMAIL.sub(lambda match: _read_out(match[0]), text)
    text = _DOMAIN.sub(lambda match: _read_out(match[0]), _WEB.sub("", text))
    text = _DAY_RANGE.sub(lambda match: f"{_day(match[1])} through {_day(match[2])}", text)
    text = _SHORT_DAY.sub(lambda match: _day(match[1]), text)
    text = figures(text)
    for pattern, instead in _ABBREVIATIONS:
        text = pattern.sub(instead, text)
    text = _ASIDE.sub(r", \1,", text)
    text = _ELLIPSIS.sub(lambda match: "," if match[1] else ".", text)
    return _DASH.sub(", ", text)


def _read_out(address: str) -> str:
    """An e-mail or web address as people say it."""
    for mark, word in _SPOKEN_MARKS.items():
        address = address.replace(mark, word)
    return " ".join(address.split())


def _day(name: str) -> str:
    return _DAYS.get(name.lower(), name)


def _ended(text: str) -> str:
    """A sentence has an end; a clause that was cut keeps its comma, and a list's lead its colon."""
    return text if text[-1] in ".!?,;:" else f"{text}."
