from __future__ import annotations

from clientsvia.calls.reply import Callee, Connect, HangUp, Reply
from clientsvia.calls.ringing.engaged import LONGEST_SECONDS, Engaged
from clientsvia.calls.state import CallState, Dialling, Mode, Purpose

NOW = 1_763_800_000.0


def ringing(*people: str) -> Reply:
    callees = tuple(Callee(name, "+12395550121") for name in people)
    dialling = Dialling(Purpose.WANTED, people)
    state = CallState("demo", int(NOW), 2, mode=Mode.DIALLING, target="crew", dialling=dialling)
    return Reply((), Connect(callees, "+12395551212"), state)


def test_whoever_a_call_rings_is_engaged_for_others_alone() -> None:
    engaged = Engaged()
    assert engaged.others("demo", "CA1", NOW) == ()
    engaged.note("demo", "CA1", ringing("erin", "sam"), NOW)
    assert engaged.others("demo", "CA1", NOW) == ()
    assert engaged.others("demo", "CA2", NOW) == ("crew", "erin", "sam")
    assert engaged.others("another", "CA2", NOW) == ()


def test_those_in_calls_from_one_number_are_told_from_the_rest() -> None:
    engaged = Engaged()
    assert engaged.for_caller("demo", "CA2", "+12395551212", NOW) == ()
    engaged.note("demo", "CA1", ringing("erin"), NOW)
    assert engaged.for_caller("demo", "CA2", "+12395551212", NOW) == ("crew", "erin")
    assert engaged.for_caller("demo", "CA2", "+12395551213", NOW) == ()
    assert engaged.for_caller("demo", "CA1", "+12395551212", NOW) == ()
    assert engaged.for_caller("demo", "CA2", "+12395551212", NOW + LONGEST_SECONDS) == ()


def test_one_who_accepts_frees_those_who_were_rung_with_them() -> None:
    engaged = Engaged()
    engaged.note("demo", "CA1", ringing("erin", "sam"), NOW)
    engaged.accepted("demo", "CA1", "sam")
    engaged.accepted("demo", "CA9", "sam")
    assert engaged.others("demo", "CA2", NOW) == ("crew", "sam")


def test_after_the_call_everybody_is_free() -> None:
    engaged = Engaged()
    engaged.note("demo", "CA1", ringing("erin"), NOW)
    over = Reply((), HangUp(), CallState("demo", int(NOW)))
    engaged.note("demo", "CA1", over, NOW)
    engaged.note("demo", "CA2", ringing("erin"), NOW)
    engaged.ended("demo", "CA2")
    engaged.ended("another", "CA2")
    assert len(engaged) == 0


def test_a_call_of_whose_end_nothing_was_heard_is_forgotten() -> None:
    engaged = Engaged()
    engaged.note("demo", "CA1", ringing("erin"), NOW)
    assert engaged.others("demo", "CA2", NOW + LONGEST_SECONDS + 1) == ()
    engaged.sweep(NOW)
    assert len(engaged) == 1
    engaged.sweep(NOW + LONGEST_SECONDS + 1)
    assert len(engaged) == 0
