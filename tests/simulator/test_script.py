from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from clientsvia.simulator.script import (
    Script,
    ScriptError,
    Step,
    load_script,
    parse_script,
    shipped_names,
    shipped_script,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_a_script_says_who_calls_and_what_they_do() -> None:
    script = parse_script(
        """
        from: "+12125550100"
        to: "+12395551212"
        steps:
          - say: Are you open?
            expect: nine
          - wait: 6
          - press: "1"
          - when: message
            hang_up: recording
        dialled:
          - {to: "+1239*", does: busy, after: 2}
        """
    )
    assert script.from_ == "+12125550100"
    assert [str(step) for step in script.steps] == [
        "say 'Are you open?'",
        "wait 6 s",
        "press 1",
        "hang up",
    ]
    assert script.steps[0].expect == ("nine",)
    assert script.callee("+12395550000").does == "busy"
    assert script.callee("sip:x@example.com").does == "answers"


def test_every_wrong_field_is_named_with_its_remedy() -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(
            "{form: '+1', steps: [{sya: hi, say: hi}, {say: a, press: '1'}], account_sid: nope}",
            "mine.yaml",
        )
    message = str(caught.value)
    assert message.startswith("mine.yaml cannot be used:")
    assert "form: unknown; did you mean from?" in message
    assert "steps[1].sya: unknown; did you mean say?" in message
    assert "steps[2]: give exactly one of say, press, wait and hang_up" in message
    assert "account_sid: String should match pattern" in message


def test_a_key_like_no_other_is_answered_with_all_that_are_known() -> None:
    with pytest.raises(ScriptError, match=r"recognition\.zzzz: unknown; use one of auto_seconds, "):
        parse_script("recognition: {zzzz: 1}")


@pytest.mark.parametrize("text", ["- a list", "just words", "{unclosed: [", ""])
def test_what_is_no_mapping_is_no_script(text: str) -> None:
    with pytest.raises(ScriptError):
        parse_script(text)


def test_a_script_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    path.write_text("steps: [{say: hello}]", encoding="utf-8")
    assert load_script(path).steps == (Step(say="hello"),)


def test_a_file_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot read the script"):
        load_script(tmp_path / "nothing.yaml")


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_script_can_be_used(name: str) -> None:
    assert shipped_script(name).steps


def test_the_shipped_script_asks_three_things() -> None:
    said = [step.say for step in shipped_script().steps]
    assert len(said) == 3
    assert "hours" in str(said[1])
    assert "person" in str(said[2])


def test_a_step_that_does_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="exactly one"):
        Step()


def test_a_script_keeps_its_fields_through_its_own_yaml() -> None:
    script = Script(from_="+12125550100", steps=(Step(say="hi"),))
    assert Script.model_validate(script.model_dump(by_alias=True)) == script
