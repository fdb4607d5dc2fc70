"""What a company's own data bear out: amounts, times and promises it made itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.calls.guard.quantities import Kind, quantities
from clientsvia.calls.guard.sources import content, names, source, words_of, written
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.questions import answer_hours, coming_hours, usual_hours
from clientsvia.companies.vocabulary import informative_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from clientsvia.calls.guard.sources import Source, Words
    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company

TOPIC = 0.45  # the score from which a text is about an entry, as for a knowledge answer
ASKED = 0.35  # likewise for a question, whose other words tell how it is asked
KNOWN = 0.6  # the share of a text's words that a source must know for it to rest on that
BORNE = 0.75  # likewise for what will be done
_ENTRIES = 8
_QUOTED = 3  # words, at least
_LEAD = re.compile(r"^ (?:(?:yes|sure|well|so|and|certainly|of course|it|that|we|they|this) )+")


class Evidence:
    """The sources of one question: entries, instructions, hours, address, the caller's words."""

    def __init__(self, question: Question) -> None:
        company = question.company
        self._knowledge = company.knowledge
        self.sources = written(company)
        asked = answer_hours(question.text, company, question.now) or ()
        self._hours = [*coming_hours(company, question.now), *usual_hours(company), *asked]
        self.hours = source(" ".join(self._hours))
        self._week = dict(_days(company, question.now))
        self._asked = [question.text, *(turn.heard for turn in question.earlier[-1:])]
        heard = (turn.heard for turn in question.earlier)
        self.caller = source(" . ".join((question.text, *heard)))
        self._names = names(company)
        self._about: dict[str, frozenset[str]] = {}

    def learn_hours(self, sentences: Iterable[str]) -> None:
        """Take in hours that were looked up."""
        self._hours += sentences
        self.hours = source(" ".join(self._hours))

    def opens(self, day: str) -> bool | None:
        """Whether it is open on a day of the coming week, by its name; None for other days."""
        return self._week.get(day)

    def quotes(self, plain: str) -> bool:
        """Whether an ``expanded`` text stands in a source word for word."""
        bare = _LEAD.sub(" ", plain)
        return len(bare.split()) >= _QUOTED and any(bare in s.plain for s in self.sources)

    def grounded(self, text: str, *, read_back: bool) -> bool:
        """Whether most of what a statement says is the company's word.

        The caller's own words do not count, either way, where they are ``read_back``.
        """
        neutral = self._names | (self.caller.words if read_back else frozenset())
        words = [word for word in words_of(content(text)) if word.isdisjoint(neutral)]
        return any(s.share(words) >= KNOWN for s in (*self.sources, self.hours))

    def bears_out(self, text: str) -> bool:
        """Whether one source has most of a text's words, verbs and all, and every quantity.

        Other words of like meaning do not count: what is covered is not what is served.
        """
        words = [frozenset({word.stem}) for word in informative_words(text)]
        measured = quantities(text)
        return len(words) > 1 and any(
            s.share(words) >= BORNE
            and all(s.holds(quantity) for quantity in measured if quantity.kind != Kind.NUMBER)
            for s in self.sources
        )

    def speaks_of(self, text: str, said: Source) -> bool:
        """Whether a text is about what the source is about, by itself or as an answer."""
        about = content(text)
        if said.id and said.id in self._named(about):
            return True
        words: list[Words] = words_of(about)
        if said.id and said.id not in self._asked_for():
            return False
        return said.share(words) >= KNOWN and bool(words or said.id)

    def _asked_for(self) -> frozenset[str]:
        """The entries that the questions are about, the best of each alone."""
        matches = [self._knowledge.best(text, ASKED) for text in self._asked]
        return frozenset(match.entry.id for match in matches if match)

    def _named(self, about: str) -> frozenset[str]:
        found = self._about.get(about)
        if found is None:
            matches = self._knowledge.matches(about, _ENTRIES)
            found = frozenset(match.entry.id for match in matches if match.score >= TOPIC)
            self._about[about] = found
        return found


def _days(company: Company, now: datetime) -> Iterator[tuple[str, bool]]:
    """The days of the coming week by their names, and whether they are open."""
    today = company.hours.local(now).date()
    for number in range(7):
        on = today + number * ONE_DAY
        is_open = bool(company.hours.calendar.open_between(on))
        yield f"{on:%A}".lower(), is_open
        if number < len(_NEAR):
            yield _NEAR[number], is_open


_NEAR = ("today", "tomorrow")
