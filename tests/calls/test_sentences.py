from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.sentences import fixed
from clientsvia.companies.contacts import CallerPolicy, KnownCaller
from clientsvia.companies.routing import Account, AccountState
from tests.conftest import SUSPENDED

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

CHANGING = {"confirm_caller", "reopening", "whisper"}
"""Functions whose sentences depend on the moment or on the call."""


def constants() -> set[str]:
    """Every upper-case sentence as the module's source has it."""
    found = set()
    for node in ast.parse(inspect.getsource(sentences)).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = getattr(sentences, node.targets[0].id)
            public = node.targets[0].id.isupper() and not node.targets[0].id.startswith("_")
            if public and isinstance(value, str):
                found.add(value)
            elif public and isinstance(value, tuple):
                found.update(value)
    return found


def functions() -> dict[str, object]:
    return {
        name: value
        for name, value in vars(sentences).items()
        if inspect.isfunction(value)
        and value.__module__ == sentences.__name__
        and not name.startswith("_")
    }


def test_every_constant_is_a_fixed_sentence(demo: Company) -> None:
    assert len(constants()) > 15
    assert constants() - set(fixed(demo)) == set()


def test_every_function_is_known_as_fixed_or_as_changing(demo: Company) -> None:
    jo = KnownCaller("+12393334444", "Jo Berg", "", blocked=False)
    callers = replace(demo.callers, known={jo.number: jo}, greet_by_name=True)
    callers = replace(callers, anonymous=CallerPolicy.MESSAGE)
    off = replace(
        demo,
        inactive_numbers=frozenset({"+12395551212"}),
        callers=callers,
        disclosure="Calls are recorded.",
    )
    made = {
        "opening": sentences.opening(off),
        "closed_opening": sentences.closed_opening(off),
        "closed_greeting": [sentences.closed_greeting(demo)],
        "thanks": sentences.thanks(off),
        "disclosed": sentences.disclosed(off),
        "hello": [sentences.hello("Jo Berg")],
        "emergency": [sentences.emergency(demo)],
        "inactive": [sentences.inactive(demo)],
        "nature": [sentences.nature(demo, person=person) for person in (True, False)],
        "connecting": [sentences.connecting(target) for target in demo.targets],
        "unreached": [sentences.unreached(target) for target in (*demo.targets, None)],
    }
    assert functions().keys() == made.keys() | CHANGING | {"fixed", "greeting"}
    for said in made.values():
        assert set(said) <= set(fixed(off))


def test_the_greeting_comes_first_and_nothing_comes_twice(demo: Company) -> None:
    assert fixed(demo)[0] == sentences.greeting(demo)
    assert len(set(fixed(demo))) == len(fixed(demo))


def test_callers_are_called_by_their_first_name_or_by_their_title() -> None:
    assert sentences.hello("Jo Berg") == "Hello Jo."
    assert sentences.hello("Mrs. Berg") == "Hello Mrs. Berg."
    assert sentences.hello("Dr Jo Berg") == "Hello Dr Jo Berg."


def test_hundreds_of_known_callers_have_a_bounded_repertoire(demo: Company) -> None:
    callers = [KnownCaller(f"+1239555{n:04}", f"N{n}", "", blocked=False) for n in range(500)]
    known = {caller.number: caller for caller in callers}
    named = replace(demo.callers, known=known, greet_by_name=True)
    more = len(fixed(replace(demo, callers=named))) - len(fixed(demo))
    assert more == sentences.NAMES_SPOKEN


def test_a_company_being_set_up_has_its_sentence_beside_all_others(demo: Company) -> None:
    company = replace(demo, account=Account(AccountState.SETUP, None, ""))
    assert set(fixed(company)) == {*fixed(demo), sentences.inactive(company)}


def test_an_inactive_company_says_one_sentence(demo: Company) -> None:
    assert fixed(replace(demo, account=SUSPENDED)) == (sentences.inactive(demo),)


def test_a_company_with_hundreds_of_targets_has_a_bounded_repertoire(demo: Company) -> None:
    targets = tuple(replace(demo.targets[0], name=f"target {n}") for n in range(500))
    assert len(fixed(replace(demo, targets=targets))) < 120
