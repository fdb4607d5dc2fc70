"""Documents over the whole vocabulary, byte for byte those of twilio-python."""

from __future__ import annotations

import random
from typing import Any

import pytest
from twilio.twiml import TwiML

from clientsvia.telephony.twiml import Element, render
from tests.telephony.twilio_vocabulary import adders, instance, keywords, kinds, parameters

DOCUMENTS = 500  # of each seed
LETTERS = "aZ09 _-.'\"&<>;#\t\n\r\x7f\x85\xa0éß٣—日\ufeff\ufffd\uffef😀"
FORBIDDEN = "\x00\x01\x08\x0b\x0c\x1f\ud800\udfff\ufffe\uffff"


def test_the_vocabulary_is_complete() -> None:
    assert len(kinds()) == 59
    assert len(keywords().keys() - {"Response"}) == 57
    assert sum(len(names) for names in keywords().values()) == 298


@pytest.mark.parametrize("tag", sorted(keywords()))
def test_each_attribute_is_written_under_its_name(tag: str) -> None:
    (kind, *_) = (kind for kind in kinds() if instance(kind).name == tag)
    content = parameters(kind)
    for value in ("a&\"'<>\n", True, False, 0, 1.5, "", None):
        for name in (*keywords()[tag], "unheard_of"):
            theirs = instance(kind, **{name: value})
            ours = Element(tag, "x" if content.required else None, **{name: value})
            assert render(ours) == theirs.to_xml().encode(), name


class Author:
    """Writes the same random document twice: theirs, and ours."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - to be repeated

    def text(self) -> tuple[str, str]:
        """A text as theirs must be given, without what XML forbids, and as ours may be."""
        kept = ours = ""
        for _ in range(self.dice.choice((0, 1, 3, 12, 40, 90))):
            letter = self.dice.choice(LETTERS if self.dice.random() < 0.4 else "abcdef ")
            kept, ours = kept + letter, ours + letter
            if self.dice.random() < 0.02:
                ours += self.dice.choice(FORBIDDEN)
        return kept, ours

    def content(self) -> tuple[str | None, str | None]:
        return (None, None) if self.dice.random() < 0.3 else self.text()

    def value(self) -> tuple[Any, Any]:
        """An attribute's value, for theirs and for ours."""
        whole = self.dice.choice((0, -1, 7, 10**18))
        fraction = self.dice.choice((0.0, 1.0, -0.5, 1e16, 1e-7, float("nan"), float("inf")))
        words = [self.text() for _ in range(self.dice.randrange(4))]
        joined = " ".join(theirs for theirs, _ in words)
        same = [(value, value) for value in (None, True, False, whole, fraction)]
        lists = [(joined, [ours for _, ours in words]), (joined, tuple(ours for _, ours in words))]
        return self.dice.choice([*same, *lists, self.text(), self.text(), self.text()])

    def unknown(self) -> str:
        first, rest = self.dice.choice("abYZ"), self.dice.choices("abXY_09", k=8)
        return first + "".join(rest[: self.dice.randrange(9)])

    def attributes(self, names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
        chosen = self.dice.sample(names, self.dice.randrange(min(len(names), 6) + 1))
        chosen += [self.unknown() for _ in range(self.dice.choice((0, 0, 1, 3)))]
        given = {name: self.value() for name in chosen}
        return (
            {name: theirs for name, (theirs, _) in given.items()},
            {name: ours for name, (_, ours) in given.items()},
        )

    def document(self) -> tuple[TwiML, Element]:
        kind = self.dice.choice(kinds())
        content = {name: self.content() for name in _contents(kind)}
        theirs, ours = self.attributes(list(keywords()[instance(kind).name]))
        root = kind(**{name: text for name, (text, _) in content.items()}, **theirs)
        (text,) = [text for _, text in content.values()] or [None]
        return root, Element(root.name, text, self.children(root, 3), **ours)

    def children(self, parent: TwiML, depth: int) -> list[Element | str]:
        """What is put into ``parent``, by every way there is, and the same of ours."""
        ours: list[Element | str] = []
        for _ in range(self.dice.choice((0, 1, 1, 2, 4)) if depth else 0):
            way = self.dice.random()
            if way < 0.25:
                text, own = self.text()
                parent.append(text)
                ours.append(own)
            elif way < 0.75 and (methods := adders(type(parent))):
                ours.append(self.added(parent, self.dice.choice(methods), depth))
            elif way < 0.9:
                ours.append(self.any_child(parent, depth))
            else:
                other, own_other = self.document()
                parent.append(other)
                ours.append(own_other)
        return ours

    def added(self, parent: TwiML, method: str, depth: int) -> Element:
        """A child by the method that is for its kind."""
        taken = parameters(getattr(parent, method))
        names = [*taken.required, *taken.optional]
        kind = type(getattr(instance(type(parent)), method)(**dict.fromkeys(taken.required, "")))
        content = {name: self.content() for name in names if name in _contents(kind)}
        theirs, ours = self.attributes([name for name in names if name not in content])
        given = {name: text for name, (text, _) in content.items()}
        missing = dict.fromkeys(taken.required, None)
        child = getattr(parent, method)(**missing | given | theirs)
        (text,) = [text for _, text in content.values()] or [None]
        return Element(child.name, text, self.children(child, depth - 1), **ours)

    def any_child(self, parent: TwiML, depth: int) -> Element:
        """A child of any name, as for what twilio-python does not know yet."""
        text, own = self.content()
        theirs, ours = self.attributes([])
        tag = self.dice.choice(["New", "say-as", "x:y", "_a", "Ünï"])
        child = parent.add_child(tag, text, **theirs)
        return Element(tag, own, self.children(child, depth - 1), **ours)


def _contents(kind: type[TwiML]) -> tuple[str, ...]:
    """The parameters that become what an element holds, not an attribute; one at most."""
    taken = parameters(kind)
    return taken.required + taken.optional


@pytest.mark.parametrize("seed", range(8))
def test_random_documents_over_every_class_are_those_of_twilio_python(seed: int) -> None:
    author = Author(seed)
    for nth in range(DOCUMENTS):
        theirs, ours = author.document()
        assert render(ours) == theirs.to_xml().encode(), f"document {nth} of seed {seed}"


def test_the_random_documents_use_every_tag_and_attribute() -> None:
    unused = {
        (node.name, name)
        for kind in kinds()
        for node in [instance(kind, **dict.fromkeys(keywords()[instance(kind).name], "x"))]
        for name in node.attrs
    }

    def look(node: TwiML) -> None:
        unused.difference_update((node.name, name) for name in node.attrs)
        for child in node.verbs:
            if isinstance(child, TwiML):
                look(child)

    author = Author(0)
    for _ in range(8 * DOCUMENTS):
        look(author.document()[0])
        if not unused:
            break
    assert unused == set()
