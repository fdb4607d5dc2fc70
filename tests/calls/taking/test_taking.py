"""A message is taken in conversation: what it is about, who calls, and where to call back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import Digits, Heard, RequestRecalled, Silence
from clientsvia.calls.flow import decide
from clientsvia.calls.listening import Expect
from clientsvia.calls.reply import (
    LISTENING,
    Connect,
    HangUp,
    Recall,
    Record,
)
from clientsvia.calls.state import TAKING, Mode
from clientsvia.calls.taking import taking
from clientsvia.calls.taking.asking_again import again
from clientsvia.companies.contacts import KnownCaller
from clientsvia.companies.routing import Urgent
from tests.calls.calling import CALLER, a_call, decided
from tests.calls.taking.asked import CALLERS, NAME, NUMBER, REASON, URGENT, at
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.calls.effects import Effect
    from clientsvia.companies.company import Company


@pytest.fixture
def pressed(demo: Company) -> Company:
    return replace(demo, urgent=Urgent(("burst pipe",), None))


def test_a_message_is_taken_to_its_end(calm: Company) -> None:
    state, said = a_call(turn=1).state, []
    left: list[Effect] = []
    for text in (
        "I'd like to leave a message",
        "My sink is leaking again",
        "It's Ada Miller.",
        "no",
        "239 555 0142",
        "yes",
        "no thanks",
    ):
        decision = decided(Heard(text, 0.9), calm, replace(a_call(), state=state))
        state = decision.reply.state
        said.append(" ".join(decision.reply.say))
        left.extend(decision.effects)
    assert said == [
        "What would you like me to pass on?",
        "May I have your name, please?",
        f"Thank you, Ada Miller. {sentences.confirm_caller(CALLER)}",
        "You can say it, or key it in. What is the best number to reach you?",
        "I have 2 3 9, 5 5 5, 0 1 4 2. Is that right?",
        "Thank you, I'll pass it on. Is there anything else I can help you with?",
        "Thank you for calling. Goodbye.",
    ]
    assert left == [
        MessageLeft(reason="My sink is leaking again", number=CALLER),
        MessageLeft(name="Ada Miller"),
        MessageLeft(number="+12395550142"),
        MessageLeft(complete=True),
    ]


def test_each_question_is_heard_as_its_answer_needs(calm: Company) -> None:
    assert at(REASON, calm, "my sink leaks").reply.next == LISTENING[Expect.NAME]
    assert at(CALLERS, calm, "no").reply.next == LISTENING[Expect.PHONE]
    assert at(NUMBER, calm, "2395550142").reply.next == LISTENING[Expect.YES_NO]


def test_a_reason_that_is_known_is_not_asked_for(calm: Company) -> None:
    call = a_call(turn=3, mode=Mode.OFFERED_MESSAGE)
    decision = decided(RequestRecalled("Do you sell garden furniture?"), calm, call)
    back = "You said: Do you sell garden furniture."
    assert decision.reply.say == (back, sentences.NOTED, sentences.ASK_NAME)
    left = MessageLeft(reason="Do you sell garden furniture?", number=CALLER)
    assert decision.effects == (left,)
    assert decision.outcome == "message_asked"


def test_callers_of_another_language_are_recorded(demo: Company) -> None:
    spanish = replace(demo, agent=replace(demo.agent, language="es-US"))
    asked = taking.begin(spanish, a_call(), (), source="x", why="y")
    assert asked.reply.say == (sentences.LEAVE_MESSAGE,)
    assert isinstance(asked.reply.next, Record)
    known = taking.begin(spanish, a_call(), (), source="x", why="y", reason="una fuga")
    assert known.reply.say == (sentences.NOTED, sentences.LEAVE_NAME)
    assert known.effects == (MessageLeft(reason="una fuga", number=CALLER),)


@pytest.mark.parametrize("text", ["yes", "hello", "I want to leave a message please", "okay"])
def test_who_has_not_said_what_it_is_about_is_asked_again(calm: Company, text: str) -> None:
    decision = at(REASON, calm, text)
    assert decision.reply.say == (sentences.ASK_REASON,)
    assert decision.reply.state.mode is REASON
    assert decision.effects == ()


@pytest.mark.parametrize(
    "text",
    [
        "Please call me back about the estimate",
        "do you know whether my order is there",
        "tell the owner that somebody has to come and talk to me about my bill",
        "I said goodbye to my old plumber and would like you to come by on Monday morning",
    ],
)
def test_whatever_else_is_said_is_the_message(calm: Company, text: str) -> None:
    decision = at(REASON, calm, text)
    assert decision.effects == (MessageLeft(reason=text, number=CALLER),)
    assert decision.reply.state.mode is NAME


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("it's urgent, my cellar is wet", True),
        ("please come as soon as possible", True),
        ("it's not urgent, the tap drips", False),
        ("the tap drips", False),
    ],
)
def test_the_callers_words_tell_what_is_urgent(calm: Company, text: str, *, urgent: bool) -> None:
    (left,) = at(REASON, calm, text).effects
    assert isinstance(left, MessageLeft)
    assert left.urgent is urgent


def test_a_company_with_urgent_matters_asks_unless_it_was_said(pressed: Company) -> None:
    assert at(REASON, pressed, "the tap drips").reply.say == (sentences.ASK_URGENT,)
    assert at(REASON, pressed, "no hurry, the tap drips").reply.say == (sentences.ASK_NAME,)
    assert at(REASON, pressed, "it is urgent, the tap drips").reply.say == (sentences.ASK_NAME,)


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("yes", True),
        ("it is, very urgent", True),
        ("as soon as you can", True),
        ("no", False),
        ("not really urgent", False),
        ("not super urgent", False),
        ("it can wait", False),
    ],
)
def test_how_urgent_it_is_goes_with_the_message(
    pressed: Company, text: str, *, urgent: bool
) -> None:
    decision = at(URGENT, pressed, text)
    assert decision.reply.say == (sentences.ASK_NAME,)
    assert decision.effects == ((MessageLeft(urgent=True),) if urgent else ())


def test_an_unclear_word_on_urgency_is_asked_about_once(pressed: Company) -> None:
    assert at(URGENT, pressed, "the water runs").reply.say == (sentences.ASK_URGENT,)
    decided_then = at(URGENT, pressed, "the water runs", unclear=1)
    assert decided_then.reply.say == (sentences.ASK_NAME,)
    assert decided_then.effects == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Miller.", "Ada Miller"),
        ("yes, this is Ada", "Ada"),
        ("my name is Ada Miller from Harbor Dental", "Ada Miller from Harbor Dental"),
        ("it is bob", "bob"),
        ("no", ""),
        ("I'd rather not say", ""),
        ("you don't need my name", ""),
    ],
)
def test_a_name_is_taken_as_it_is_said(calm: Company, text: str, name: str) -> None:
    decision = at(NAME, calm, text)
    assert decision.effects == ((MessageLeft(name=name),) if name else ())
    assert decision.reply.state.mode is CALLERS


@pytest.mark.parametrize("text", ["What do you need my name for?", "what time do you close", "who"])
def test_a_question_is_nobodys_name(calm: Company, text: str) -> None:
    decision = at(NAME, calm, text)
    assert decision.reply.say == (sentences.ASK_NAME,)
    assert decision.effects == ()


def test_a_story_instead_of_a_name_is_what_the_message_is_about(calm: Company) -> None:
    story = "no wait it is about the boiler in my cellar which leaks"
    decision = at(NAME, calm, story)
    assert decision.effects == (MessageLeft(reason=story, number=CALLER),)
    assert decision.reply.state.mode is NAME


def test_the_message_of_an_urgent_call_is_urgent(pressed: Company) -> None:
    decision = at(REASON, pressed, "the pipe in my cellar", urgent=True)
    assert decision.effects == (
        MessageLeft(reason="the pipe in my cellar", number=CALLER, urgent=True),
    )
    assert decision.reply.state.mode is NAME


@pytest.mark.parametrize("mode", sorted(TAKING))
@pytest.mark.parametrize("text", ["never mind", "no, forget it please", "oh just cancel that"])
def test_never_mind_leaves_the_message(calm: Company, mode: Mode, text: str) -> None:
    decision = at(mode, calm, text)
    assert decision.reply.say == (sentences.ANYTHING_ELSE,)
    assert decision.reply.state.mode is Mode.ASKED_MORE
    assert decision.effects == ()


@pytest.mark.parametrize(
    "text",
    ["please cancel my appointment", "I want to cancel", "I changed my mind about the blue sink"],
)
def test_an_appointment_that_is_cancelled_is_a_message(calm: Company, text: str) -> None:
    decision = at(REASON, calm, text)
    assert decision.effects == (MessageLeft(reason=text, number=CALLER),)
    assert decision.reply.state.mode is NAME


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_a_goodbye_ends_the_call_with_what_there_is(calm: Company, mode: Mode) -> None:
    decision = at(mode, calm, "okay bye")
    assert decision.reply.next == HangUp()
    passed_on = (MessageLeft(complete=True),) if mode is not REASON else ()
    assert decision.effects == passed_on


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_a_person_may_be_asked_for_instead(calm: Company, mode: Mode) -> None:
    assert isinstance(at(mode, calm, "let me talk to a person").reply.next, Connect)
    zero = decided(Digits("0"), calm, a_call(turn=4, mode=mode))
    assert isinstance(zero.reply.next, Connect)


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_a_message_may_be_recorded_instead(calm: Company, mode: Mode) -> None:
    decision = at(mode, calm, "I'd rather leave a voicemail")
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say == (sentences.LEAVE_MESSAGE,)


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_what_is_about_the_call_itself_keeps_the_question(calm: Company, mode: Mode) -> None:
    call = a_call(turn=4, mode=mode)
    assert decide(Heard("can you repeat that", 0.9), calm, call, OPEN) == Recall()
    assert at(mode, calm, "hold on").reply.state.mode is mode
    nature = at(mode, calm, "are you a robot")
    assert nature.reply.state.mode is mode
    assert nature.reply.say[-1] == again(call)
    silence = decided(Silence(), calm, call)
    assert silence.reply.say == (again(call),)
    assert silence.reply.state.mode is mode


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_two_unclear_turns_and_silence_end_in_a_recording(calm: Company, mode: Mode) -> None:
    unclear = decided(Heard("?", 0.1), calm, a_call(turn=6, mode=mode, unclear=2))
    assert unclear.reply.say == (sentences.TROUBLE_HEARING, sentences.LEAVE_MESSAGE)
    silence = decided(Silence(), calm, a_call(turn=6, mode=mode, silences=2))
    assert silence.reply.say == (sentences.UNANSWERED_SILENCE, sentences.LEAVE_MESSAGE)
    key = decided(Digits("7"), calm, a_call(turn=6, mode=mode, unclear=2))
    assert isinstance(key.reply.next, Record)


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_a_key_without_a_meaning_asks_again(calm: Company, mode: Mode) -> None:
    decision = decided(Digits("7"), calm, a_call(turn=4, mode=mode))
    assert decision.reply.say == (again(a_call(mode=mode)),)
    assert decision.reply.state.mode is mode


def test_an_emergency_goes_before_a_message(calm: Company) -> None:
    said = at(REASON, calm, "my house is on fire").reply.say
    assert said[0] == sentences.emergency(calm)


def test_a_message_that_is_whole_at_the_limit_is_not_recorded_too(calm: Company) -> None:
    call = a_call(turn=calm.limits.turns, mode=CALLERS)
    decision = decided(Heard("yes", 0.9), calm, call)
    assert decision.reply.say == (sentences.PASSED_ON, sentences.GOODBYE)
    assert decision.effects == (MessageLeft(number=CALLER, complete=True),)


def test_what_is_said_at_the_limit_is_left_beside_the_recording(calm: Company) -> None:
    call = a_call(turn=calm.limits.turns, mode=REASON)
    decision = decided(Heard("my sink leaks", 0.9), calm, call)
    assert isinstance(decision.reply.next, Record)
    assert decision.effects == (MessageLeft(reason="my sink leaks", number=CALLER),)


@pytest.mark.parametrize("asked", [REASON, URGENT])
def test_whoever_is_known_by_name_is_not_asked_for_it(pressed: Company, asked: Mode) -> None:
    known = {CALLER: KnownCaller(CALLER, "Jo Berg", "", blocked=False)}
    company = replace(pressed, callers=replace(pressed.callers, known=known))
    decision = at(asked, company, "no hurry, it drips")
    assert decision.reply.say == (sentences.confirm_caller(CALLER),)
    assert decision.effects[-1] == MessageLeft(name="Jo Berg")
    feigned = at(asked, company, "no hurry, it drips", unverified=True)
    assert feigned.reply.say == (sentences.ASK_NAME,)


def test_who_asks_for_a_voicemail_is_recorded_at_once(calm: Company) -> None:
    decision = at(Mode.LISTENING, calm, "I want to leave a voicemail")
    assert decision.reply.say == (sentences.LEAVE_MESSAGE,)
