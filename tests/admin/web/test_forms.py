from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.admin.web.forms import Field, Form, Group, Kind, kept_rows, rows_of, view
from clientsvia.companies.problems import Problem

NUMBERS = Group(
    "numbers",
    "Number",
    (Field("number", "Number"), Field("active", "Active", kind=Kind.CHECK)),
    key="number",
)
FORM = Form(
    (
        Field("agent.name", "Name"),
        Field("agent.manner", "Manner", kind=Kind.AREA),
        Field("ai.key", "Key", kind=Kind.SECRET),
        Field("ai.fallbacks", "Fallbacks", kind=Kind.LIST),
        Field("urgent.phrases", "Phrases", kind=Kind.LINES),
        Field("urgent.target", "Target", kind=Kind.CHOICE, empty=None),
        Field("callers.greet", "Greet", kind=Kind.CHECK),
    ),
    (NUMBERS,),
)
PROFILE: dict[str, Any] = {
    "agent": {"name": "Ava", "manner": "calm"},
    "ai": {"key": "sk-secret", "fallbacks": ["openai", "knowledge"]},
    "urgent": {"phrases": ["burst pipe", "gas leak"], "target": None},
    "callers": {"greet": True},
    "numbers": [
        {"number": "+12395551212", "active": True, "label": "front"},
        {"number": "+12395551313", "active": False, "label": "back"},
    ],
}


def test_what_is_stored_stands_in_the_fields_and_no_secret_does() -> None:
    texts = FORM.typed(PROFILE)

    assert texts["agent.name"] == "Ava"
    assert texts["ai.fallbacks"] == "openai, knowledge"
    assert texts["urgent.phrases"] == "burst pipe\ngas leak"
    assert texts["callers.greet"] == "on"
    assert texts["numbers.1.number"] == "+12395551313"
    assert "sk-secret" not in texts.values()


def test_a_form_sent_back_as_it_was_shown_changes_nothing() -> None:
    sent = {name: text for name, text in FORM.typed(PROFILE).items() if text}

    patch = FORM.patch(sent, PROFILE)

    assert patch == {
        "agent": PROFILE["agent"],
        "ai": {"fallbacks": ["openai", "knowledge"]},
        "urgent": PROFILE["urgent"],
        "callers": PROFILE["callers"],
        "numbers": PROFILE["numbers"],
    }


def test_an_entry_keeps_what_the_form_does_not_show_wherever_it_stands() -> None:
    sent = {"numbers.4.number": "+12395551313", "numbers.4._key": "+12395551313"}

    assert FORM.patch(sent, PROFILE)["numbers"] == [
        {"number": "+12395551313", "active": False, "label": "back"}
    ]


def test_an_entry_that_is_ticked_away_or_empty_is_left_out() -> None:
    sent = {
        "numbers.0.number": "+12395551212",
        "numbers.0._remove": "on",
        "numbers.1.number": " ",
        "numbers.1.active": "on",
        "numbers.2.number": "+12395551414",
    }

    assert kept_rows(NUMBERS, sent) == [2]


def test_a_secret_is_kept_when_nothing_is_typed_and_goes_when_its_box_is_ticked() -> None:
    assert "key" not in FORM.patch({}, PROFILE)["ai"]
    assert FORM.patch({"ai.key": "new"}, PROFILE)["ai"]["key"] == "new"
    assert FORM.patch({"ai.key._remove": "on"}, PROFILE)["ai"]["key"] == ""


def test_what_is_wrong_stands_beside_its_field_and_in_the_summary() -> None:
    shown = view(FORM, {"agent.name": ""}, "tag", [Problem("", "agent.name", "write one")])

    assert shown["agent.name"].error == "write one"
    assert shown.errors == [("agent-name", "Name: write one")]


def test_what_is_wrong_with_an_entry_finds_its_row_though_others_were_taken_away() -> None:
    texts = {"numbers.0.number": "1", "numbers.0._remove": "on", "numbers.3.number": "2"}

    shown = view(FORM, texts, "tag", [Problem("", "numbers[1].number", "is no number")])

    assert shown.groups["numbers"][1].fields["number"].error == "is no number"
    assert shown.groups["numbers"][0].fields["number"].error == ""


def test_what_is_wrong_elsewhere_is_told_at_the_top() -> None:
    shown = view(FORM, {}, "tag", [Problem("", "targets[2].name", "is too long")])

    assert shown.errors == [("form", "targets.name: is too long")]


def test_another_row_comes_after_those_that_are_there() -> None:
    texts = {"numbers.0.number": "1", "numbers.5.number": "2"}

    shown = view(FORM, texts, "tag", more="numbers")

    assert [row.place for row in shown.groups["numbers"]] == ["numbers.0", "numbers.5", "numbers.6"]


def test_what_was_typed_is_shown_again_but_for_secrets() -> None:
    sent = {"agent.name": "Bea", "ai.key": "sk-typed"}

    assert FORM.sent(sent) == {"agent.name": "Bea"}


@given(st.lists(st.text("0123456789.abnumerx_-", max_size=20)))
def test_no_field_name_breaks_the_rows(names: list[str]) -> None:
    assert rows_of(NUMBERS, names) == sorted(set(rows_of(NUMBERS, names)))
