"""What a company's own data bear out: amounts, times and promises it made itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.claims import expanded
from clientsvia.calls.quantities import Kind, Quantity, quantities, same
from clientsvia.companies.calendar import ONE_DAY
from clientsvia.companies.questions import answer_hours, coming_hours, say_address, usual_hours
from clientsvia.companies.vocabulary import informative_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company
    from clientsvia.companies.knowledge import Knowledge

TOPIC = 0.45  # the score from which a text is about an entry, as for a knowledge answer
KNOWN = 0.6  # the share of a text's words that an entry must know where it names none
ASKED = 0.35  # likewise for a question, whose other words tell how it is asked
GROUNDED = 0.6  # the share of a statement's words that must be the company's own
_CONVERSATION = frozenset(
    (
        "sorry apologize apologies message messages leave connect connected transfer transferred "
        "person people human team office assistant automated virtual pass request question "
        "questions information details name number phone email speak talk call callback tell ask "
        "asked said say says understand understood hear heard anything else assist assistance "
        "welcome thank goodbye bye day moment repeat sounds hope unfortunately however want wanted "
        "wants needs needed unsure afraid promise commit give able unable directly here along "
        "reach best way yourself wish wishes mean mentioned confirm note answer agent kindly "
        "concern frustrating stressful difficult tough imagine worry feel better hello hi anyone "
        "pleasure patience calling caller listening ready bear sec second instead regarding "
        "specific specifics exact recording record tone beep alright okay change book schedule "
        "appointment appointments visit different whether no nope not fine other same may myself "
        "problem danger hang emergency services safe stay question details access lot bit kind "
        "sure today just"
    ).split()
)
"""Words of the conversation itself, which say nothing about the company."""
_ENTRIES = 8
_QUOTED = 3  # words, at least
_LEAD = re.compile(r"^ (?:(?:yes|sure|well|so|and|certainly|of course|it|that|we|they|this) )+")
_MEASURES = frozenset(
    (
        "dollar dollars cent cents buck bucks percent minute minutes hour hours day days week weeks "
        "month months year years am pm price prices cost costs charge charges charged fee fees rate "
        "total about around roughly only approximately usually typically each per standard regular "
        "currently normally come comes include includes included including cover covers covering "
        "start starts starting run runs simply great happy help yes sure certainly absolutely "
        "course good news well also first generally plus within up set back every always today "
        "tomorrow work works free complimentary discount discounts refund refunds waived half "
        "unless otherwise without with when while though than then over under if even take takes "
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
        "thursdays fridays saturdays sundays morning afternoon evening night please afraid"
    ).split()
)
"""Words that go with every quantity: what a text is about are the others."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the company's, with what it says made comparable; ``id`` is empty for none."""

    id: str
    text: str
    plain: str
    held: frozenset[Quantity]
    words: frozenset[str]

    def holds(self, wanted: Quantity) -> bool:
        """Whether the text gives this quantity."""
        return any(same(wanted, other) for other in self.held)


class Evidence:
    """The sources of one question: entries, instructions, hours, address, the caller's words."""

    def __init__(self, question: Question) -> None:
        company = question.company
        self._knowledge: Knowledge = company.knowledge
        entries = [
            (entry.id, f"{entry.question} {entry.answer}") for entry in self._knowledge.entries
        ]
        lines = re.split(r"(?<=[.!?])\s+|\n", company.agent.instructions)
        self.sources = [_source(id_, text) for id_, text in entries]
        self.sources += [_source("", line) for line in (*lines, say_address(company)) if line]
        asked = answer_hours(question.text, company, question.now) or ()
        self._week = dict(_days(company, question.now))
        self._hours = [*coming_hours(company, question.now), *usual_hours(company), *asked]
        self.hours = _source("", " ".join(self._hours))
        self._asked = [question.text, *(turn.heard for turn in question.earlier[-1:])]
        heard = (turn.heard for turn in question.earlier)
        self.caller = _source("", " . ".join((question.text, *heard)))
        self._names = _source("", _names(company)).words | _NEUTRAL
        self._about: dict[str, frozenset[str]] = {}

    def quotes(self, plain: str) -> bool:
        """Whether an ``expanded`` text stands in a source word for word."""
        bare = _LEAD.sub(" ", plain)
        return len(bare.split()) >= _QUOTED and any(bare in s.plain for s in self.sources)

    @property
    def _grounds(self) -> Iterable[Source]:
        return (*self.sources, self.hours)

    def learn_hours(self, sentences: Iterable[str]) -> None:
        """Take in hours that were looked up."""
        self._hours += sentences
        self.hours = _source("", " ".join(self._hours))

    def opens(self, day: str) -> bool | None:
        """Whether it is open on a day of the coming week, by its name; None for other days."""
        return self._week.get(day)

    def speaks_of(self, text: str, source: Source) -> bool:
        """Whether a text is about what ``source`` is about, by itself or as an answer."""
        content = _content(text)
        if source.id and source.id in self._named(content):
            return True
        words = _words(content)
        if not words:
            return source.id in self._asked_for()
        known = sum(bool(word & source.words) for word in words) / len(words)
        if source.id:
            return known >= KNOWN and source.id in self._asked_for()
        return known >= KNOWN

    def grounded(self, text: str, *, read_back: bool) -> bool:
        """Whether most of what a statement says is the company's word, or the caller's own."""
        neutral = self._names | (self.caller.words if read_back else frozenset())
        words = [word for word in _words(_content(text)) if word.isdisjoint(neutral)]
        if not words:
            return True
        known = max(
            (sum(bool(word & source.words) for word in words) for source in self._grounds),
            default=0,
        )
        return known / len(words) >= GROUNDED

    def bears_out(self, text: str, source: Source, least: float = KNOWN) -> bool:
        """Whether ``source`` knows most of a text's words, verbs and all, and every quantity."""
        words = [frozenset({word.stem, word.meaning}) for word in informative_words(text)]
        known = sum(bool(word & source.words) for word in words)
        return (
            bool(words)
            and known / len(words) >= least
            and all(
                source.holds(quantity)
                for quantity in quantities(text)
                if quantity.kind != Kind.NUMBER
            )
        )

    def _asked_for(self) -> frozenset[str]:
        """The entries that the questions are about, the best of each alone."""
        matches = [self._knowledge.best(text, ASKED) for text in self._asked]
        return frozenset(match.entry.id for match in matches if match)

    def _named(self, content: str) -> frozenset[str]:
        found = self._about.get(content)
        if found is None:
            matches = self._knowledge.matches(content, _ENTRIES)
            found = frozenset(match.entry.id for match in matches if match.score >= TOPIC)
            self._about[content] = found
        return found


def _days(company: Company, now: datetime) -> Iterator[tuple[str, bool]]:
    today = company.hours.local(now).date()
    for number, name in enumerate(("today", "tomorrow", *[""] * 5)):
        on = today + number * ONE_DAY
        is_open = bool(company.hours.calendar.open_between(on))
        yield name or f"{on:%A}".lower(), is_open
        yield f"{on:%A}".lower(), is_open


def _names(company: Company) -> str:
    """The names a caller may hear: of the company, its agent and those it passes calls to."""
    targets = (" ".join((target.name, *target.keywords)) for target in company.targets)
    return " ".join((company.name, company.agent.name, *targets))


def _source(id_: str, text: str) -> Source:
    words = (form for word in informative_words(text) for form in (word.stem, word.meaning))
    return Source(id_, text, expanded(text), quantities(text), frozenset(words))


def _content(text: str) -> str:
    """What a text is about, beside quantities and the words that go with them."""
    words = expanded(text).split()
    return " ".join(word for word in words if word not in _MEASURES and not word[0].isdigit())


def _words(text: str) -> list[frozenset[str]]:
    return [frozenset({word.stem, word.meaning}) for word in informative_words(text)]


_NEUTRAL = _source("", " ".join(sorted(_CONVERSATION))).words
