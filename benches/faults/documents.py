"""Answers of the service as Twilio would take them, and what a caller hears of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.simulator import schema
from clientsvia.simulator.document import parse, text_of
from clientsvia.simulator.problems import Refusal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENDS = ("Gather", "Record", "Dial", "Hangup", "Reject")
_SPEAKING = ("Say", "Play")


@dataclass(frozen=True, slots=True)
class Document:
    """One answer: after how many seconds, what is the matter with it, and what it does.

    ``spoken`` holds text, or the address of a clip, in order. ``end`` is the verb that ends it:
    Redirect, where more follows. ``action`` and ``partial`` are a Gather's.
    """

    seconds: float
    wrong: tuple[str, ...]
    spoken: tuple[tuple[str, str], ...] = ()
    end: str = ""
    action: str = ""
    partial: str = ""

    @property
    def usable(self) -> bool:
        """Whether the call goes on."""
        return bool(self.end)


def read(seconds: float, status: int, content_type: str, body: bytes) -> Document:
    """What came back for a webhook."""
    if not 200 <= status < 300:
        return Document(seconds, (f"HTTP {status}",))
    try:
        root = parse(body, content_type)
    except Refusal as refusal:
        return Document(seconds, (refusal.message,))
    wrong = tuple(schema.warnings(root))
    spoken = tuple(
        (element.tag, text_of(element))
        for element in root.iter()
        if element.tag in _SPEAKING and text_of(element)
    )
    end = next((verb for verb in _ENDS if root.find(verb) is not None), "")
    if not end and root.find("Redirect") is not None:
        end = "Redirect"
    if not end:
        wrong += ("nothing to do",)
    action, partial = _addresses(root, end)
    return Document(seconds, wrong, spoken, end, action, partial)


def _addresses(root: Element, end: str) -> tuple[str, str]:
    element = root.find(end) if end else None
    if element is None:
        return "", ""
    if end == "Redirect":
        return text_of(element), ""
    return element.get("action", ""), element.get("partialResultCallback", "")
