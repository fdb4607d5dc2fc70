"""What a text of a company's says, made comparable: its words, amounts and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.guard.plain_speech import expanded
from clientsvia.calls.guard.quantities import Quantity, quantities, same
from clientsvia.companies.questions import say_address
from clientsvia.companies.vocabulary import informative_words

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

Words = frozenset[str]

_MEASURES = frozenset(
    (
        "dollar dollars cent cents buck bucks percent minute minutes hour hours day days week "
        "weeks month months year years am pm price prices cost costs charge charges charged fee "
        "fees rate total about around roughly only approximately usually typically each per "
        "standard regular currently normally come comes include includes included including "
        "cover covers covering start starts starting run runs simply great happy help yes sure "
        "certainly absolutely course good news well also first generally plus within up set "
        "back every always today tomorrow work works free complimentary discount discounts "
        "refund refunds waived half unless otherwise without with when while though than then "
        "over under if even take takes monday tuesday wednesday thursday friday saturday sunday "
        "mondays tuesdays wednesdays thursdays fridays saturdays sundays morning afternoon "
        "evening night please afraid"
    ).split()
)
"""Words that go with every quantity: what a text is about are the others."""
_CONVERSATION = frozenset(
    (
        "sorry apologize apologies message messages leave connect connected transfer "
        "transferred person people human team office assistant automated virtual pass request "
        "question questions information details name number phone email speak talk call "
        "callback tell ask asked said say says understand understood hear heard anything else "
        "assist assistance welcome thank goodbye bye day moment repeat sounds hope "
        "unfortunately however want wanted wants needs needed unsure afraid promise commit give "
        "able unable directly here along reach best way yourself wish wishes mean mentioned "
        "confirm note answer agent kindly concern frustrating stressful difficult tough imagine "
        "worry feel better hello hi anyone pleasure patience calling caller listening ready "
        "bear sec second instead regarding specific specifics exact recording record tone beep "
        "alright okay change book schedule appointment appointments visit different whether no "
        "nope not fine other same may myself problem danger hang emergency services safe stay "
        "access lot bit kind sure today just"
    ).split()
)
"""Words of the conversation itself, which say nothing about the company."""
_LINES = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True, slots=True)
class Source:
    """One text; ``id`` is its knowledge entry's, else empty, ``plain`` as claims are told from."""

    id: str
    plain: str
    held: frozenset[Quantity]
    words: Words

    def holds(self, wanted: Quantity) -> bool:
        """Whether the text gives this quantity."""
        return any(same(wanted, other) for other in self.held)

    def share(self, asked: list[Words]) -> float:
        """How many of these words it knows, from 0 to 1; 1 of none."""
        return sum(not word.isdisjoint(self.words) for word in asked) / len(asked) if asked else 1.0


def source(text: str, entry: str = "") -> Source:
    """A text as a source; ``entry`` is the id of the knowledge entry it is."""
    return Source(entry, expanded(text), quantities(text), frozenset().union(*words_of(text)))


def words_of(text: str) -> list[Words]:
    """The content words of a text, each in the forms it may be known by."""
    return [frozenset({word.stem, word.meaning}) for word in informative_words(text)]


def content(text: str) -> str:
    """What a text is about, beside quantities and the words that go with them."""
    words = expanded(text).split()
    return " ".join(word for word in words if word not in _MEASURES and not word[0].isdigit())


def written(company: Company) -> tuple[Source, ...]:
    """What a company wrote down, made once for a company as it stands."""
    known = _written.get(company.slug)
    if known is None or known[0] is not company:
        entries = company.knowledge.entries
        texts = [(f"{entry.question} {entry.answer}", entry.id) for entry in entries]
        lines = (*_LINES.split(company.agent.instructions), say_address(company))
        texts += [(line, "") for line in lines if line]
        known = _written[company.slug] = company, tuple(source(*text) for text in texts)
    return known[1]


# PERF: reading a dozen entries anew takes 5 ms of each answer; one tuple a company.
_written: dict[str, tuple[Company, tuple[Source, ...]]] = {}


def names(company: Company) -> Words:
    """The words of names a caller may hear, and of any conversation."""
    targets = (" ".join((target.name, *target.keywords)) for target in company.targets)
    text = " ".join((company.name, company.agent.name, *targets))
    return _NEUTRAL | frozenset().union(*words_of(text))


_NEUTRAL = frozenset().union(*words_of(" ".join(sorted(_CONVERSATION))))
