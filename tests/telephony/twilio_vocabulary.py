"""What twilio-python's voice_response can write, found by looking at it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache
from typing import Any

from twilio.twiml import TwiML, voice_response

_OF_ALL = {name for name, _ in inspect.getmembers(TwiML, inspect.isfunction)}


@dataclass(frozen=True)
class Parameters:
    """The parameters of a constructor or a method that has them by name."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


@cache
def kinds() -> tuple[type[TwiML], ...]:
    """Every class of an element, the root among them."""
    members = inspect.getmembers(voice_response, inspect.isclass)
    return tuple(kind for _, kind in members if issubclass(kind, TwiML) and kind is not TwiML)


def parameters(function: Any) -> Parameters:
    """What a constructor or method takes by name, besides ``**kwargs``."""
    named = [
        parameter
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self" and parameter.kind is not parameter.VAR_KEYWORD
    ]
    return Parameters(
        tuple(each.name for each in named if each.default is each.empty),
        tuple(each.name for each in named if each.default is not each.empty),
    )


def adders(kind: type[TwiML]) -> tuple[str, ...]:
    """The methods by which elements of this class get children of one kind each."""
    members = inspect.getmembers(kind, inspect.isfunction)
    return tuple(name for name, _ in members if name not in _OF_ALL and not name.startswith("_"))


def instance(kind: type[TwiML], **attributes: Any) -> TwiML:
    """An element whose required parameters are ``x``."""
    return kind(**dict.fromkeys(parameters(kind).required, "x"), **attributes)


@cache
def keywords() -> dict[str, tuple[str, ...]]:
    """The keywords of each tag's attributes, as the methods that add such an element list them."""
    found: dict[str, set[str]] = {instance(kind).name: set() for kind in kinds()}
    for kind in kinds():
        for adder in adders(kind):
            taken = parameters(getattr(kind, adder))
            names = taken.required + taken.optional
            for name in names:
                given = dict.fromkeys(taken.required, "") | {name: "x"}
                child = getattr(instance(kind), adder)(**given)
                if "x" in child.attrs.values():
                    found[child.name].add(name)
    return {tag: tuple(sorted(names)) for tag, names in found.items()}
