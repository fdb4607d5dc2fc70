"""TwiML documents: read with a standard XML parser, refused where Twilio refuses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from clientsvia.simulator.problems import Code, Refusal

if TYPE_CHECKING:
    from clientsvia.simulator.webhooks import Answer

LARGEST = 65_536
"""Bytes of TwiML Twilio takes."""
_MEDIA_TYPES = frozenset({"text/xml", "application/xml"})
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Document:
    """A TwiML document with where it came from, against which its addresses are resolved."""

    url: str
    root: Element

    def resolve(self, address: str | None) -> str:
        """The absolute form of an address in the document; its own when there is none."""
        if not address or not address.strip():
            return self.url
        try:
            return urljoin(self.url, address.strip())
        except ValueError:
            # No address at all: whoever requests it reports that.
            return address.strip()


def read_document(answer: Answer) -> Document:
    """The document in an answer; raises Refusal with the code Twilio would report."""
    try:
        return Document(answer.url, parse(answer.body, answer.content_type))
    except Refusal as refusal:
        refusal.url = answer.url
        raise


def parse(body: bytes, content_type: str = "text/xml") -> Element:
    """The root of TwiML; raises Refusal and nothing else, whatever the bytes."""
    if len(body) > LARGEST:
        raise Refusal(Code.TOO_LARGE, f"{len(body)} bytes of TwiML; Twilio takes {LARGEST}")
    if not body.strip():
        raise Refusal(Code.EMPTY, "an empty answer where TwiML is required")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        shown = content_type or "none"
        raise Refusal(Code.CONTENT_TYPE, f"Content-Type {shown}: answer with text/xml")
    if body.startswith(_BYTE_ORDER_MARKS):
        raise Refusal(Code.BAD_XML, "a byte order mark before the document: send UTF-8 without it")
    root = _tree(body)
    if root.tag != "Response":
        raise Refusal(Code.BAD_ROOT, f"the root is <{root.tag}>; it must be <Response>")
    return root


def _tree(body: bytes) -> Element:
    builder = TreeBuilder()
    # Twilio takes UTF-8 only, so a declared encoding is not believed.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes no keywords
        return builder.close()
    except (expat.ExpatError, AssertionError) as error:
        raise Refusal(Code.BAD_XML, f"not well-formed XML: {error}") from error


def _refuse_doctype(
    _name: str,
    _system: str | None,
    _public: str | None,
    _subset: bool,  # noqa: FBT001 - expat's call
) -> None:
    raise Refusal(Code.BAD_XML, "a document type declaration, which TwiML must not have")


def text_of(element: Element) -> str:
    """The text of an element with all it holds, spaces collapsed."""
    return " ".join("".join(element.itertext()).split())
