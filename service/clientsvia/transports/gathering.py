"""How ``<Gather>`` listens for what the agent asked for, within Twilio's rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.calls.listening import Expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.calls.reply import Listen
    from clientsvia.companies.company import Company

HINTS_AT_MOST = 500  # Twilio's limit on <Gather hints>, likewise the next
HINT_LENGTH = 100
HINTS_LENGTH = 4000  # characters in all: they go out with every turn, and a document holds 64 kB
YES_NO_HINTS = ("yes", "no", "yes please", "no thank you", "person", "message")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to wait for one kind of words; an empty ``model`` is Twilio's default.

    ``pause`` is the silence in seconds that ends them, ``auto`` where Twilio shall tell by itself.
    That and a model exclude each other (error 13327). ``keys`` of 0 are any number, up to a #.
    """

    pause: int | str = "auto"
    model: str = ""
    keys: int = 1


MANNERS = {
    Expect.FREE: Manner(),
    Expect.YES_NO: Manner(pause=1),
    Expect.PHONE: Manner(pause=3, model="numbers_and_commands", keys=0),
    Expect.EMAIL: Manner(pause=3),
    Expect.NAME: Manner(pause=2),
    Expect.DIGITS: Manner(pause=3, model="numbers_and_commands", keys=0),
}
"""Who spells or says a number pauses between its groups, and is not to be cut off there."""


def options(listen: Listen, company: Company) -> dict[str, Any]:
    """The attributes of a Gather, in twilio-python's keywords, that depend on what is expected.

    Models of numbers are used in English alone; elsewhere the default hears them.
    """
    manner, language = MANNERS[listen.expect], company.agent.language
    chosen: dict[str, Any] = {
        "timeout": listen.seconds,
        "speech_timeout": manner.pause,
        "language": language,
    }
    if expecting := hints(company, listen.expect):
        chosen["hints"] = expecting
    if manner.model and language.partition("-")[0] == "en":
        chosen["speech_model"] = manner.model
    chosen |= {"num_digits": manner.keys} if manner.keys else {"finish_on_key": "#"}
    return chosen


def hints(company: Company, expect: Expect = Expect.FREE) -> str:
    """Words the recogniser should expect: names first, then what the company's knowledge names."""
    if expect in (Expect.PHONE, Expect.DIGITS, Expect.EMAIL, Expect.NAME):
        return ""
    return ",".join(_within_limits(company, expect))


def _within_limits(company: Company, expect: Expect) -> Iterator[str]:
    names = (company.name, company.agent.name, *(target.name for target in company.targets))
    answers = YES_NO_HINTS if expect is Expect.YES_NO else ()
    total = 0
    for number, hint in enumerate(dict.fromkeys((*answers, *names, *company.knowledge.keywords))):
        usable = " ".join(hint.replace(",", " ").split())
        total += len(usable) + 1
        if number >= HINTS_AT_MOST or total > HINTS_LENGTH:
            return
        if 0 < len(usable) <= HINT_LENGTH:
            yield usable
