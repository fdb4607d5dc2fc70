from __future__ import annotations

from clientsvia.simulator.caller import Gone, Keys, Moment, Scripted, Speech
from clientsvia.simulator.result import Expectation
from clientsvia.simulator.script import Step

LISTENING = Moment("listening", 5, speech=True, keys=True)
PROMPT = Moment("prompt", 4, speech=True, keys=True)


async def test_steps_are_done_in_order_when_the_agent_listens() -> None:
    caller = Scripted([Step(say="hello"), Step(press="1", after=2)])
    assert await caller.acts(PROMPT) is None
    assert await caller.acts(LISTENING) == Speech(0.5, "hello")
    assert await caller.acts(LISTENING) == Keys(2, "1")


async def test_a_caller_with_nothing_left_hangs_up_or_stays() -> None:
    assert await Scripted([]).acts(LISTENING) == Gone(1.0)
    assert await Scripted([]).acts(PROMPT) is None
    assert await Scripted([]).acts(Moment("pause", 1)) is None
    assert await Scripted([]).acts(Moment("ringing", 20)) is None
    assert await Scripted([], hangs_up=False).acts(LISTENING) is None


async def test_waiting_counts_quiet_seconds_alone() -> None:
    caller = Scripted([Step(wait=12), Step(say="hello")])
    assert await caller.acts(LISTENING) is None
    assert await caller.acts(PROMPT) is None
    assert await caller.acts(LISTENING) is None
    assert await caller.acts(LISTENING) == Speech(2.5, "hello")


async def test_speech_and_keys_wait_until_they_are_taken() -> None:
    caller = Scripted([Step(say="hello"), Step(press="1")])
    assert await caller.acts(Moment("listening", 5, keys=True)) is None
    assert await caller.acts(LISTENING) == Speech(0.5, "hello")
    assert await caller.acts(Moment("listening", 5, speech=True)) is None
    assert await caller.acts(LISTENING) == Keys(0.5, "1")


async def test_an_interruption_counts_from_the_start_of_the_prompt() -> None:
    caller = Scripted([Step(say="wait", interrupt=True, after=1.5)])
    assert await caller.acts(Moment("prompt", 1, speech=True)) is None
    assert await caller.acts(PROMPT) == Speech(1.5, "wait")


async def test_an_interruption_that_found_no_prompt_is_said_at_once() -> None:
    caller = Scripted([Step(say="wait", interrupt=True, after=9)])
    assert await caller.acts(LISTENING) == Speech(0.5, "wait")


async def test_a_step_with_when_waits_for_that_phrase() -> None:
    caller = Scripted(
        [Step(when="leave a message", press="1"), Step(when="/pho?ne|number/", say="x")]
    )
    caller.hears("Are you still there?")
    assert await caller.acts(LISTENING) is None
    caller.hears("You can Leave a Message.")
    assert await caller.acts(LISTENING) == Keys(0.5, "1")
    assert await caller.acts(LISTENING) is None
    caller.hears("What is your phone?")
    assert await caller.acts(LISTENING) == Speech(0.5, "x")


async def test_hanging_up_has_its_moment() -> None:
    for where, moment in (
        ("speaking", PROMPT),
        ("recording", Moment("recording", 5, speech=True)),
        ("waiting", Moment("pause", 5)),
        ("ringing", Moment("ringing", 9)),
        ("talking", Moment("talking", 9)),
    ):
        caller = Scripted([Step(hang_up=where, after=2)])
        assert await caller.acts(LISTENING) is None
        assert await caller.acts(moment) == Gone(2)
    assert await Scripted([Step(hang_up=True)]).acts(LISTENING) == Gone(0.5)


async def test_expectations_are_judged_on_what_was_said_before_the_next_step() -> None:
    caller = Scripted(
        [
            Step(expect="hello"),
            Step(say="open?", expect=("nine", "five")),
            Step(say="thanks", expect="bye"),
        ]
    )
    caller.hears("Hello there")
    await caller.acts(LISTENING)
    caller.hears("From nine to six.")
    await caller.acts(LISTENING)
    expectations, unsaid = caller.close()
    assert expectations == (
        Expectation("hello", "the call began", met=True),
        Expectation("nine", "say 'open?'", met=True),
        Expectation("five", "say 'open?'", met=False),
        Expectation("bye", "say 'thanks'", met=False),
    )
    assert unsaid == ()


async def test_what_was_not_reached_is_told() -> None:
    caller = Scripted([Step(say="one", expect="x"), Step(press="2"), Step(hang_up=True)])
    expectations, unsaid = caller.close()
    assert unsaid == ("say 'one'", "press 2")
    assert not expectations[0].met


async def test_the_rest_of_an_utterance_comes_before_the_next_step() -> None:
    caller = Scripted([Step(say="next")])
    caller.goes_on("no Thursday", 0.4)
    assert await caller.acts(PROMPT) == Speech(0.4, "no Thursday")
    assert await caller.acts(LISTENING) == Speech(0.5, "next")
