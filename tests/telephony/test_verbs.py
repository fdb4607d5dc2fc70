from __future__ import annotations

import inspect

import pytest
from twilio.twiml import voice_response

from clientsvia.telephony import verbs
from clientsvia.telephony.twiml import Element, Template, render, slot


def test_a_document_of_verbs_is_what_twilio_python_writes() -> None:
    theirs = voice_response.VoiceResponse()
    gather = theirs.gather(
        input="dtmf speech", speech_timeout="auto", action="/a?b=1&c=2", action_on_empty_result=True
    )
    gather.say("Tom & Jerry", voice="Polly.Joanna-Neural")
    gather.pause(length=2)
    gather.play("https://x.example/a.mp3", loop=2)
    dial = theirs.dial(caller_id="+12395551212", timeout=20, answer_on_bridge=False)
    dial.number("+12395550100", url="/whisper", status_callback_event="answered")
    theirs.record(max_length=120, play_beep=True, finish_on_key="#")
    theirs.redirect("/voice", method="POST")
    theirs.hangup()
    ours = verbs.response(
        verbs.gather(
            verbs.say("Tom & Jerry", voice="Polly.Joanna-Neural"),
            verbs.pause(length=2),
            verbs.play("https://x.example/a.mp3", loop=2),
            input=["dtmf", "speech"],
            speech_timeout="auto",
            action="/a?b=1&c=2",
            action_on_empty_result=True,
        ),
        verbs.dial(
            verbs.number("+12395550100", url="/whisper", status_callback_event="answered"),
            caller_id="+12395551212",
            timeout=20,
            answer_on_bridge=False,
        ),
        verbs.record(max_length=120, play_beep=True, finish_on_key="#"),
        verbs.redirect("/voice", method="POST"),
        verbs.hangup(),
    )
    assert render(ours) == str(theirs).encode()


@pytest.mark.parametrize("name", verbs.__all__)
def test_each_verb_says_what_it_takes(name: str) -> None:
    verb = getattr(verbs, name)
    assert inspect.getdoc(verb)
    assert verb.__module__ == "clientsvia._core"
    ours = inspect.signature(verb).parameters.values()
    assert any(kind.kind is inspect.Parameter.VAR_KEYWORD for kind in ours)
    parents = {"number": voice_response.Dial, "response": object}
    theirs = getattr(parents.get(name, voice_response.VoiceResponse), name, lambda: None)
    listed = {kind.name for kind in ours if kind.kind is inspect.Parameter.KEYWORD_ONLY}
    assert listed <= set(inspect.signature(theirs).parameters)


def test_attributes_nobody_listed_pass_in_any_order_and_number() -> None:
    many = {f"x_{letter}": letter for letter in "zyxwvutsrqponmlkjihgfedcba"}
    written = "".join(f' x{letter.upper()}="{letter}"' for letter in sorted(many.values()))
    assert repr(verbs.say("Hi", **many)) == f"<Say{written}>Hi</Say>"
    assert repr(verbs.say(from_=1, xml_lang=None)) == '<Say from="1" />'


def test_of_two_spellings_the_last_that_has_a_value_counts() -> None:
    assert repr(verbs.dial(callerId="a", caller_id="b", action="c")) == (
        '<Dial action="c" callerId="b" />'
    )
    assert repr(verbs.dial(callerId="a", caller_id=None, zone=None)) == '<Dial callerId="a" />'


def test_keywords_of_every_call_are_their_own() -> None:
    """More of them than are remembered, some at an address that another had before."""
    for at in range(1_000):
        names = {f"a{at}": "1", f"b{at % 7}": "2"}
        assert repr(verbs.say(**names)) == f'<Say a{at}="1" b{at % 7}="2" />'


def test_a_value_may_run_code_that_writes_another_element() -> None:
    class Nosy:
        def __str__(self) -> str:
            return repr(verbs.say("y", lang=1))

    said = verbs.say("x", lang=Nosy())
    assert repr(said) == '<Say lang="&lt;Say lang=&quot;1&quot;&gt;y&lt;/Say&gt;">x</Say>'


def test_a_name_that_is_none_in_xml_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="XML name"):
            verbs.hangup(**{"a b": "c"})


def test_what_an_element_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match=r"help\(redirect\)"):
        verbs.redirect()  # type: ignore[call-arg]  # what a careless caller might write
    with pytest.raises(TypeError, match=r"help\(hangup\)"):
        verbs.hangup("bye")  # type: ignore[call-arg]  # likewise
    with pytest.raises(TypeError, match="nothing else"):
        verbs.say(5)  # type: ignore[arg-type]  # likewise
    with pytest.raises(TypeError, match="no dict"):
        verbs.say("x", voice={"a": 1})  # type: ignore[arg-type]  # likewise


def test_falsy_content_is_none() -> None:
    assert repr(verbs.play(None, digits="1")) == '<Play digits="1" />'
    assert repr(Element("Say", 0)) == "<Say />"  # type: ignore[arg-type]  # likewise
    assert repr(verbs.say("")) == "<Say />"


def test_a_template_of_verbs_is_filled_by_name_or_in_order() -> None:
    template = Template(
        verbs.response(
            verbs.gather(verbs.say(slot("answer")), action=slot("action"), language=slot("answer")),
            verbs.redirect(slot("action")),
        )
    )
    assert template.slots == ["action", "answer"]
    filled = template.fill("/a?b&c", "Tom & Jerry")
    assert filled == template.render(answer="Tom & Jerry", action="/a?b&c")
    assert b'action="/a?b&amp;c" language="Tom &amp; Jerry"' in filled
    not_interned = {name[:3] + name[3:]: "x" for name in ("action", "answer")}
    assert template.render(**not_interned) == template.fill("x", "x")


def test_a_template_takes_exactly_its_values() -> None:
    template = Template(verbs.response(verbs.say(slot("a"), voice=slot("b"))))
    with pytest.raises(TypeError, match="values in this order: b, a"):
        template.fill("x")
    with pytest.raises(TypeError, match="exactly these keywords: b, a"):
        template.render("x", "y")  # type: ignore[call-arg]  # what a careless caller might write
    with pytest.raises(TypeError):
        template.fill("x", 5)  # type: ignore[arg-type]  # likewise
