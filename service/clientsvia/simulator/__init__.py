"""Plays Twilio to a webhook server; imports nothing of the service, so that it can judge it.

result = await place_call(Script(steps=[Step(say="When do you open?")]), url=".../api/twilio/voice")
assert result.ok, result.problems
"""

from clientsvia.simulator.call import place_call
from clientsvia.simulator.caller import Gone, Keys, Moment, Person, Scripted, Speech
from clientsvia.simulator.clock import Clock, RealClock, VirtualClock
from clientsvia.simulator.problems import Code, Problem
from clientsvia.simulator.result import CallResult, Exchange, Expectation, Line, Recording
from clientsvia.simulator.script import (
    Dialled,
    Recognition,
    Script,
    ScriptError,
    Step,
    load_script,
    parse_script,
    shipped_script,
)

__all__ = [
    "CallResult",
    "Clock",
    "Code",
    "Dialled",
    "Exchange",
    "Expectation",
    "Gone",
    "Keys",
    "Line",
    "Moment",
    "Person",
    "Problem",
    "RealClock",
    "Recognition",
    "Recording",
    "Script",
    "ScriptError",
    "Scripted",
    "Speech",
    "Step",
    "VirtualClock",
    "load_script",
    "parse_script",
    "place_call",
    "shipped_script",
]
