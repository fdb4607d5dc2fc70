"""The fixed sentences of a call, written for the ear."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from clientsvia.calls.emergency_numbers import emergency_number
from clientsvia.calls.figures import in_groups
from clientsvia.calls.fillers import FILLERS
from clientsvia.companies.contacts import CallerPolicy
from clientsvia.companies.routing import AccountState
from clientsvia.companies.speech import say_moment

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_TITLES = frozenset("mr mrs ms miss mx dr prof sir madam herr frau monsieur madame".split())

ASK_NAME = "May I have your name, please?"
ASK_NUMBER = "You can say it, or key it in. What is the best number to reach you?"
ASK_REASON = "What would you like me to pass on?"
ASK_URGENT = "Is it urgent?"
ANYTHING_ELSE = "Is there anything else I can help you with?"
BLOCKED = "I'm sorry, we can't take your call. Goodbye."
CANNOT_PROMISE = "I can't promise that myself, but I can pass it on."
CANNOT_REPEAT = "I'm sorry, I can't repeat that. Please ask me once more."
CUT_SHORT = "I'm sorry, I lost my thread. What else can I help you with?"
DID_NOT_CATCH = "I'm sorry, I didn't quite catch that. Could you say it again?"
GOODBYE = "Thank you for calling. Goodbye."
HELLO = "Hello, I'm listening. How can I help you?"
HELP = "How can I help you?"
HIDDEN_MESSAGE = "Your number is hidden, so I can only take a message."
HIDDEN_REFUSED = (
    "I'm sorry, we don't take calls from hidden numbers. Please show your number and call again. "
    "Goodbye."
)
KEYS = "You can tell me what you need, or press zero to reach somebody."
LEAVE_MESSAGE_OFFER = "Would you like to leave a message?"
LOOP = "Nobody can take your call right now, so let me take a message."
LEAVE_MESSAGE = (
    "This will be recorded. Please leave your name, your number and your message after the tone."
)
LEAVE_NAME = "This will be recorded. Please leave your name and your number after the tone."
MESSAGE_TAKEN = "Thank you, your message will be passed on. Goodbye."
NO_MESSAGE = "I haven't recorded a message. Please call again any time. Goodbye."
NOTED = "I've noted that."
NOT_HELPFUL = "I'm sorry, I can't help you with that, so let me take a message."
MESSAGE_AGAIN = "Would you like to leave a message? Please say yes or no."
OFFER_MESSAGE = "I'm sorry, I don't know that. Would you like to leave a message for the team?"
OFFER_REQUEST = "Shall I leave that as a message for the team?"
REQUEST_AGAIN = "Shall I leave your request as a message? Please say yes or no."
NUMBER_AGAIN = "Is the number I read to you right? Please say yes or no."
PASSED_ON = "Thank you, I'll pass it on."
RIGHT_NUMBER = "Is that right?"
OFFER_PERSON = (
    "I'm sorry, I don't know that. Shall I put you through to somebody, "
    "or would you like to leave a message?"
)
PERSON_AGAIN = (
    "Shall I put you through to somebody? Then say person, or press one. "
    "To leave a message instead, say message, or press two."
)
STILL_THERE = ("Are you still there? How can I help you?", "I can't hear you. " + KEYS)
TAKE_YOUR_TIME = "Take your time."
TROUBLE_HEARING = "I have trouble hearing you, so let me record your message."
TECHNICAL = "I'm sorry, I'm having technical trouble."
TOO_LONG = "I have to end our call soon, so let me take a message."
TOO_MANY_CALLS = "You already have calls open with us, so I can only take a message now."
UNANSWERED_SILENCE = "I still can't hear you, so let me take a message."
UNVERIFIED_MESSAGE = "Your number could not be verified, so I can only take a message."
UNVERIFIED_REFUSED = (
    "I'm sorry, we can't take this call, because your number could not be verified. Goodbye."
)
URGENT_MESSAGE = "I'll pass your message on as urgent."
URGENT_OR_MESSAGE = (
    "If this is urgent, please tell me now what has happened. Otherwise just wait a moment, "
    "and I'll take a message."
)


SHOWN_DIGITS = 4
TARGETS_SPOKEN = 20  # those beyond are spoken when they are first said
NAMES_SPOKEN = 50  # likewise


def fixed(company: Company) -> tuple[str, ...]:
    """Every sentence the company says word for word whoever calls, the first heard first."""
    state = company.account.state
    if state is AccountState.SUSPENDED:
        return (inactive(company),)
    targets = company.targets[:TARGETS_SPOKEN]
    setting_up = state is AccountState.SETUP
    own = (
        *opening(company),
        *closed_opening(company),
        emergency(company),
        *_ALWAYS,
        *FILLERS,
        *(nature(company, person=person) for person in (True, False)),
        *(connecting(target) for target in targets),
        *(unreached(target) for target in (*targets, None)),
        *((inactive(company),) if company.inactive_numbers or setting_up else ()),
        *(thanks(company) if _thanks(company) else ()),
        *(hello(name) for name in _names(company)),
    )
    return tuple(dict.fromkeys(own))


def greeting(company: Company) -> str:
    """The company's own greeting, else one that says what answers and that it transcribes."""
    return company.greeting or (
        f"Thank you for calling {company.name}. This is {company.agent.name}, an automated "
        "assistant, and this call is transcribed. How can I help you?"
    )


def opening(company: Company) -> tuple[str, ...]:
    """The greeting, with what the company has to disclose before its question.

    A caller answers a question, and hears no more of what follows it.
    """
    said, notice = greeting(company), disclosed(company)
    before, question = _last_question(said) if notice else (said, "")
    return tuple(filter(None, (before, *notice, question)))


def closed_opening(company: Company) -> tuple[str, ...]:
    """The greeting of a closed company, and what it has to disclose."""
    return (closed_greeting(company), *disclosed(company))


def thanks(company: Company) -> tuple[str, ...]:
    """Who is called, and what the company has to disclose, where nobody answers questions."""
    return (f"Thank you for calling {company.name}.", *disclosed(company))


def disclosed(company: Company) -> tuple[str, ...]:
    """What the company has to disclose, if anything."""
    return (company.disclosure,) if company.disclosure else ()


def hello(name: str) -> str:
    """A known caller greeted: by the first of their names, or with a title by all of them."""
    first = name.split(maxsplit=1)[0]
    title = first.rstrip(".").casefold() in _TITLES
    return f"Hello {name if title else first}."


def nature(company: Company, *, person: bool) -> str:
    """What answers, truthfully, and how to reach a ``person``, or to leave one a message."""
    way = "talk to a person" if person else "leave a message for a person"
    return f"I'm {company.agent.name}, an automated assistant. If you'd like to {way}, just say so."


def emergency(company: Company) -> str:
    """Whom to call instead, in the company's country: nothing is said to have been called."""
    return (
        "I can't reach the emergency services. If anybody is in danger, please hang up now and "
        f"call {emergency_number(company.region)}, or the emergency number where you are."
    )


def closed_greeting(company: Company) -> str:
    """Who is called, what answers, and that nobody is there now."""
    return (
        f"Thank you for calling {company.name}. This is {company.agent.name}, an automated "
        "assistant. We are closed right now."
    )


def reopening(company: Company, now: datetime) -> tuple[str, ...]:
    """When a closed company opens again, if that is known."""
    opens_at = company.hours.status(now).changes_at
    if opens_at is None:
        return ()
    return (f"We open again {say_moment(opens_at, company.hours.local(now).date())}.",)


def inactive(company: Company) -> str:
    """A kind word from a company that takes no calls, in its own words if it is suspended."""
    account = company.account
    if account.state is AccountState.SUSPENDED and account.sentence:
        return account.sentence
    if account.state is AccountState.SETUP:
        return (
            f"Thank you for calling {company.name}. This number is still being set up. "
            "Please call again later. Goodbye."
        )
    return f"Thank you for calling {company.name}. We are not taking calls at the moment. Goodbye."


def confirm_caller(number: str) -> str:
    """Whether to call back where the call comes from; its last digits tell which number it is."""
    ending = " ".join(number[-SHOWN_DIGITS:])
    return f"Is the number you are calling from, ending in {ending}, the best one to reach you?"


def connecting(target: Target) -> str:
    """What a caller hears before a transfer rings."""
    return f"One moment, I'm connecting you with {target.name}."


def whisper(
    company: Company, shown: str, about: str, *, urgent: bool, unverified: bool = False
) -> str:
    """Who calls and why, for somebody who is rung; ``shown`` is the number that they see.

    A number that was found to be ``unverified`` gets no name.
    """
    known = company.callers.known.get(shown)
    who = "somebody whose number is hidden"
    if unverified:
        who = "somebody whose number could not be verified"
    elif known is not None and known.name:
        who = known.name
    elif shown and shown not in company.numbers:
        who = in_groups(shown)
    call = "An urgent call" if urgent else "A call"
    why = f", about: {about}" if about else ""
    return f"{call} for {company.name} from {who}{why}. Press 1 to accept."


def unreached(target: Target | None) -> str:
    """What a caller hears when a transfer came to nothing."""
    name = target.name if target else "anybody"
    return f"I'm sorry, I couldn't reach {name}."


def _last_question(said: str) -> tuple[str, str]:
    """A text without the question it ends in, and the question; else the text and nothing."""
    parts = _SENTENCE_END.split(said.strip())
    if len(parts) > 1 and parts[-1].endswith("?"):
        return said.strip().removesuffix(parts[-1]).rstrip(), parts[-1]
    return said, ""


def _thanks(company: Company) -> bool:
    """Whether some callers hear no more than thanks."""
    callers, forwards = company.callers, company.account.state is AccountState.FORWARDING
    return forwards or CallerPolicy.MESSAGE in (callers.anonymous, callers.unverified)


def _names(company: Company) -> tuple[str, ...]:
    """Of the callers who are greeted by name, the first."""
    if not company.callers.greet_by_name:
        return ()
    known = company.callers.known.values()
    named = (caller.name for caller in known if caller.name and not caller.blocked)
    return tuple(islice(named, NAMES_SPOKEN))


def _constants() -> tuple[str, ...]:
    """The sentences above that are the same for every company."""
    found: list[str] = []
    for name, value in globals().items():
        if name.isupper() and not name.startswith("_") and isinstance(value, str | tuple):
            found.extend((value,) if isinstance(value, str) else value)
    return tuple(found)


_ALWAYS = _constants()
