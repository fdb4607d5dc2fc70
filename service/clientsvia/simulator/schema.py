"""Which verbs, attributes and nestings TwiML knows (12200), learnt from twilio-python's classes."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_INHERITED = frozenset({"append", "nest", "to_xml", "xml", "add_child"})
_METHODS = frozenset({"GET", "POST"})
_BOOLEANS = frozenset({"true", "false"})
_VALUES: dict[tuple[str, str], frozenset[str]] = {
    ("Gather", "input"): frozenset({"dtmf", "speech", "dtmf speech", "speech dtmf"}),
    ("Reject", "reason"): frozenset({"rejected", "busy"}),
}
_BEGINNINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Say", "voice"): ("man", "woman", "alice", "Polly.", "Google."),
    ("Gather", "speechModel"): (
        "default",
        "numbers_and_commands",
        "phone_call",
        "experimental_conversations",
        "experimental_utterances",
        "googlev2_",
        "deepgram_nova-2",
        "deepgram_nova-3",
    ),
}
_TRUTHS = frozenset(
    {"actionOnEmptyResult", "bargeIn", "playBeep", "profanityFilter", "hangupOnStar"}
    | {"answerOnBridge", "enhanced", "transcribe"}
)
_LONGEST_NUMBER = 9
_COUNTS = frozenset({"timeout", "numDigits", "maxLength", "length", "loop", "timeLimit"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element may carry and hold, by tag."""

    attributes: frozenset[str]
    children: frozenset[str]


def warnings(root: Element) -> Iterator[str]:
    """Each thing in a document that the schema does not know, as a sentence."""
    known = rules()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield from _attribute_warnings(element, known[element.tag])
        for child in reversed(element):
            if child.tag in known[element.tag].children:
                waiting.append(child)
            else:
                yield f"<{child.tag}> is not known inside <{element.tag}>"


def _attribute_warnings(element: Element, rule: Rule) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name not in rule.attributes:
            yield f"<{element.tag}> has no attribute {name}"
        elif not _allowed(element.tag, name, value):
            yield f"<{element.tag} {name}={value!r}> is no value of that attribute"


def _allowed(tag: str, name: str, value: str) -> bool:
    if (values := _VALUES.get((tag, name))) is not None:
        return value in values
    if (beginnings := _BEGINNINGS.get((tag, name))) is not None:
        return value.startswith(beginnings)
    if name == "method" or name.endswith("Method"):
        return value.upper() in _METHODS
    if name in _TRUTHS:
        return value in _BOOLEANS
    if name in _COUNTS:
        return whole(value) is not None or (name == "timeout" and value == "auto")
    return True


def whole(text: str) -> int | None:
    """A whole number of at most nine digits, which is what Twilio's attributes hold."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


@functools.cache
def rules() -> dict[str, Rule]:
    """The rule of every element that can occur in a voice document."""
    found: dict[str, Rule] = {}
    _learn(VoiceResponse(), found, "Response")
    return found


def _learn(example: TwiML, found: dict[str, Rule], tag: str) -> None:
    children = [_child(example, name) for name in _adders(example)]
    found[tag] = Rule(frozenset(example.attrs), frozenset(child.name for child in children))
    for child in children:
        known = found.get(child.name)
        if known is None:
            _learn(child, found, child.name)
        elif not known.attributes >= set(child.attrs):
            found[child.name] = Rule(known.attributes | set(child.attrs), known.children)


def _adders(example: TwiML) -> list[str]:
    methods = inspect.getmembers(type(example), inspect.isfunction)
    return [name for name, _ in methods if not name.startswith("_") and name not in _INHERITED]


def _child(example: TwiML, method: str) -> TwiML:
    """A child made with every argument its method takes, so that it carries every attribute."""
    add = getattr(example, method)
    # A well-formed language satisfies the one argument that twilio-python checks.
    arguments: dict[str, Any] = {
        name: "en-US"
        for name, parameter in inspect.signature(add).parameters.items()
        if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    }
    child = add(**arguments)
    if not isinstance(child, TwiML):
        raise TypeError(f"{type(example).__name__}.{method} made no element")
    return child
