"""The TwiML verbs the service speaks, as functions that write elements.

What an element holds comes first, then its attributes under twilio-python's keywords; those that
are not listed pass as well. ``help(say)`` and the like show each. A document is
``render(response(say("Hello."), hangup()))``; elements without a function here are made with
``clientsvia.telephony.twiml.Element``, whose arguments follow the same rules.
"""

from clientsvia._core import (
    dial,
    gather,
    hangup,
    number,
    pause,
    play,
    record,
    redirect,
    response,
    say,
)

__all__ = [
    "dial",
    "gather",
    "hangup",
    "number",
    "pause",
    "play",
    "record",
    "redirect",
    "response",
    "say",
]
