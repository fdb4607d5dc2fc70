from __future__ import annotations

import inspect
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml import GenericNode, TwiML, voice_response

from clientsvia.errors import ClientsViaError, TwimlTooLarge
from clientsvia.telephony.twiml import Element, Template, render, slot

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
XML_TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\ufffe\uffff",
        include_characters="\t\n\r",
    )
)
VALUES = XML_TEXT | st.booleans() | st.integers() | st.floats() | st.none()


def test_a_document_is_what_twilio_python_writes() -> None:
    theirs = voice_response.VoiceResponse()
    gather = theirs.gather(
        input="dtmf speech", speech_timeout="auto", action_on_empty_result=True, timeout=5
    )
    gather.say('Tom & "Jerry" <say> it\'s 5 > 4', voice="Polly.Joanna-Neural")
    theirs.redirect("/voice?a=1&b=2", method="POST")
    theirs.hangup()
    said = Element("Say", 'Tom & "Jerry" <say> it\'s 5 > 4', voice="Polly.Joanna-Neural")
    ours = Element(
        "Response",
        None,
        [
            Element(
                "Gather",
                None,
                [said],
                input="dtmf speech",
                speech_timeout="auto",
                action_on_empty_result=True,
                timeout=5,
            ),
            Element("Redirect", "/voice?a=1&b=2", method="POST"),
            Element("Hangup"),
        ],
    )
    assert render(ours) == str(theirs).encode()


@cache
def _tags() -> list[str]:
    """The name of every element twilio-python knows."""
    classes = [
        kind
        for _, kind in inspect.getmembers(voice_response, inspect.isclass)
        if issubclass(kind, TwiML) and kind is not TwiML
    ]
    return sorted({_instance(kind).name for kind in classes})


def _instance(kind: type[TwiML]) -> TwiML:
    required = [
        name
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    return kind(**dict.fromkeys(required, "x"))


@cache
def _attributes() -> list[str]:
    """Every keyword that any of its constructors or methods takes."""
    functions = [
        function
        for _, kind in inspect.getmembers(voice_response, inspect.isclass)
        for _, function in inspect.getmembers(kind, inspect.isfunction)
    ]
    names = {name for function in functions for name in inspect.signature(function).parameters}
    return sorted(names - {"self", "kwargs"})


def test_the_whole_vocabulary_is_tried() -> None:
    assert len(_tags()) >= 55
    assert len(_attributes()) >= 150


@st.composite
def _documents(draw: st.DrawFn, depth: int = 3) -> tuple[Element, TwiML]:
    tag = draw(st.sampled_from(_tags()))
    attributes: dict[str, Any] = draw(
        st.dictionaries(
            st.sampled_from(_attributes())
            | st.from_regex(r"[a-zA-Z_]?[a-z][a-zA-Z0-9_]{0,9}", fullmatch=True),
            VALUES,
            max_size=6,
        )
    )
    for taken in ("name", "value", "tag", "self"):
        attributes.pop(taken, None)
    text = draw(st.none() | XML_TEXT)
    children = draw(st.lists(XML_TEXT | _documents(depth - 1), max_size=3)) if depth else []
    theirs = GenericNode(tag, text, **attributes)
    ours = []
    for child in children:
        element, node = (child, child) if isinstance(child, str) else child
        theirs.append(node)
        ours.append(element)
    return Element(tag, text, ours, **attributes), theirs


@given(_documents())
def test_random_documents_are_byte_for_byte_those_of_twilio_python(
    document: tuple[Element, TwiML],
) -> None:
    ours, theirs = document
    assert render(ours) == theirs.to_xml().encode()


@given(ANY_TEXT)
def test_any_text_stays_text(text: str) -> None:
    root = ET.fromstring(render(Element("Response", None, [Element("Say", text, voice=text)])))
    (said,) = root
    kept = "".join(letter for letter in text if _is_allowed(letter))
    assert said.get("voice", "") == kept
    assert (said.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
    assert len(said) == 0


def _is_allowed(letter: str) -> bool:
    return (
        letter in "\t\n\r"
        or " " <= letter < "\ud800"
        or "\ue000" <= letter < "\ufffe"
        or letter > "\uffff"
    )


def test_lists_are_words_and_dicts_are_refused() -> None:
    element = Element("Gather", input=["dtmf", "speech"], status_callback_event=("start", "end"))
    assert repr(element) == '<Gather input="dtmf speech" statusCallbackEvent="start end" />'
    with pytest.raises(TypeError):
        Element("Gather", input={"dtmf": True})


@pytest.mark.parametrize("name", ["", "a b", "1a", "a>b", 'a"b', "a/b", "{x}a", "a\0"])
def test_what_is_no_xml_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="XML name"):
        Element(name)
    with pytest.raises(ValueError, match="XML name"):
        Element("Say", **{name: "x"})


def test_only_text_slots_and_elements_go_into_an_element() -> None:
    with pytest.raises(TypeError):
        Element("Say", 5)  # type: ignore[arg-type]  # what a careless caller might pass
    with pytest.raises(TypeError):
        Element("Say", None, "text")
    with pytest.raises(TypeError):
        Element("Say", None, [None])  # type: ignore[list-item]  # likewise


def test_over_64_kb_is_refused_and_exactly_64_kb_is_not() -> None:
    room = 65_536 - len(DECLARATION + b"<Say></Say>")
    assert len(render(Element("Say", "x" * room))) == 65_536
    with pytest.raises(TwimlTooLarge, match="65536") as refusal:
        render(Element("Say", "x" * (room + 1)))
    assert isinstance(refusal.value, ClientsViaError)
    with pytest.raises(TwimlTooLarge):
        render(Element("Response", None, [Element("Say", "x" * 10_000_000)]))
    with pytest.raises(TwimlTooLarge):
        Template(Element("Say", slot("text"))).render(text="&" * 20_000)


def _greeting(text: Any, url: Any) -> Element:
    return Element("Response", text, [Element("Say", text), Element("Redirect", url, x_url=url)])


def test_a_templates_slots_are_named_in_their_order() -> None:
    template = Template(_greeting(slot("text"), slot("url")))
    assert template.slots == ["text", "url"]
    assert slot("text").name == "text"


@given(ANY_TEXT, ANY_TEXT)
def test_a_filled_template_is_the_document_with_its_values(text: str, url: str) -> None:
    template = Template(_greeting(slot("text"), slot("url")))
    assert template.render(text=text, url=url) == render(_greeting(text, url))


def test_a_template_without_slots_is_its_document() -> None:
    document = Element("Response", None, [Element("Hangup")])
    assert Template(document).render() == render(document)


@pytest.mark.parametrize(
    "values", [{}, {"text": "x"}, {"text": "x", "url": "y", "z": ""}, {"text": "x", "z": ""}]
)
def test_a_template_takes_exactly_its_slots(values: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="exactly these keywords: text, url"):
        Template(_greeting(slot("text"), slot("url"))).render(**values)


def test_a_document_with_an_open_slot_is_not_rendered() -> None:
    with pytest.raises(ValueError, match="slot"):
        render(_greeting(slot("text"), "/voice"))
