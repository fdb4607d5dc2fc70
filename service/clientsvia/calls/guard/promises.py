"""No tool, no promise: what may be spoken is what the company's own data bear out."""

from __future__ import annotations

import re
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from clientsvia.calls.guard import claims, small_talk
from clientsvia.calls.guard.claims import Claim
from clientsvia.calls.guard.evidence import Evidence
from clientsvia.calls.guard.humanity import claims_human
from clientsvia.calls.guard.plain_speech import expanded, offerless
from clientsvia.calls.guard.quantities import Kind, quantities, same
from clientsvia.calls.spoken_numbers import in_digits
from clientsvia.calls.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clientsvia.calls.guard.quantities import Quantity
    from clientsvia.calls.guard.sources import Source
    from clientsvia.calls.ports import Question

_CLAUSES = re.compile(
    r"[,;:.!?]+(?:\s|$)|\s(?:but|and (?=(?:an?|the|we|it|our|you|i|your|that) )|although|though|so)"
    r"\s"
)
_PRICED = re.compile(
    r" (?:costs?|charges?|charged|prices?|priced|fees?|rates?|quoted?|totals?|run|runs|comes|bill|"
    r"pay|owe|deposit|starts?|starting|estimate|ballpark|worth|even|flat|for|about|around|that is|"
    r"it is|just|only|call it|say) "
)
_FREE = re.compile(
    r"(?<! toll)(?<! gluten)(?<! dairy)(?<! wheat)(?<! feel)(?<! nut)(?<! sugar)(?<! fat)"
    r"(?<! hands)(?<! egg)(?<! time) free (?!to |of (?!charge)|up )"
    r"| (?:complimentary|gratis|freebie|on the house|on us|half price|half off) "
    r"| (?:no|without|zero|0|any) (?:[a-z]+ )?(?:charges?|costs?|fees?|extra|interest|deposit|"
    r"payment|surcharge|obligation) | not (?:[a-z]+ )?(?:charge|cost|pay|owe|bill)\w* "
    r"| (?:nothing|not a (?:dime|cent|penny)|costs nothing) "
)
_CHEAPER = re.compile(
    r" (?:discount\w*|refund\w*|rebates?|coupons?|vouchers?|waiv\w+|money back|reimburs\w*|"
    r"promo\w*|specials?|deals?|percent off|price match\w*|cheapest|lowest price|best price|"
    r"dollars off|off (?:your|the) (?:bill|total|next|first|order|visit|price)|"
    r"credit (?!cards?)\w*) "
)
_GUARANTEE = re.compile(
    r" (?:guarantee\w*|warrant\w*|promise\w*|assured?|ensured?|vow|swear|satisfaction|risk free|"
    r"no risk|foolproof|covered) "
)
_OPEN = re.compile(
    r" (?:we|it|they|office|shop|store|clinic|hours|doors|bakery|garage|practice)(?: [a-z]+){0,3} "
    r"(?P<what>open|opens|opened|close|closes|closed|reopen|reopens|from|at)\b"
)
_TRIP = re.compile(
    r" (?:come|comes|coming|arrive\w*|arriving|arrival|send\w*|appointments?|visit\w*|slots?|"
    r"tech\w*|plumber|crew|driver|see you|availab\w+|booked|scheduled|confirmed|deliver\w*|"
    r"ready|finish\w*|fit|expect|meet|swing|service|tow|truck|pick|drop|yours|done|for you|"
    r"an opening|spot) "
)
_READ_BACK = re.compile(
    r" (?:you (?:said|mentioned|asked|told|would like|want|wanted|need|needed|prefer|would prefer|"
    r"are (?:looking|asking|hoping|requesting)|were (?:looking|asking|hoping))|your request|"
    r"pass (?:that|it|this|your|on|along|a)|passing (?:that|it|this)|leave (?:that|a message|"
    r"it as)|message (?:that|saying|about|asking)|request for|can not|not (?:able|sure|know)|"
    r"do not|unable|ask (?:them|the|our|somebody|someone)) "
)
_LONG_NUMBER = re.compile(r"(?:\d[\s,.()-]*){6,}\d")
_HARMLESS = frozenset({"1", "911"})  # "one of our …", and what an emergency is sent to
_WORST = (Claim.DONE, Claim.COMING, Claim.ASSENT, None)
_ASKING = re.compile(
    r" (?:[a-z]+ )?(?:what|which|when|where|who|how|is|are|do|does|did|would|could|can|have|has|"
    r"may|shall|should|will|was|were) "
)
_PROMISES = (Kind.MONEY, Kind.SHARE, Kind.TIME, Kind.DAY, Kind.DURATION)


class Verdict(StrEnum):
    """What becomes of a sentence: HUMAN is to be answered with the truth, SKIP left out."""

    SPEAK = auto()
    SKIP = auto()
    PROMISE = auto()
    HUMAN = auto()


class Guard:
    """Judges the sentences of the answer to one question, in their order.

    English: of an answer in another language only the figures are compared.
    """

    def __init__(self, question: Question) -> None:
        self._evidence = Evidence(question)
        self._asked = expanded(question.text)
        self._digits = _digits(" ".join(in_digits(words(question.text))))
        self._unfinished = ""
        self._english = question.company.agent.language.partition("-")[0] == "en"

    def learn_hours(self, sentences: Iterable[str]) -> None:
        """Let hours that were looked up bear out what is said from here on."""
        self._evidence.learn_hours(sentences)

    def judge(self, sentence: str) -> Verdict:
        """Whether a sentence may be spoken; a piece of one is judged with those before it."""
        whole = f"{self._unfinished} {sentence}".strip()
        verdict = self._judged(whole)
        self._unfinished = "" if sentence[-1:] in ".!?" else whole
        return verdict

    def _judged(self, sentence: str) -> Verdict:
        plain = expanded(sentence)
        if claims_human(plain, self._asked):
            return Verdict.HUMAN
        if small_talk.is_courtesy(plain) or self._evidence.quotes(plain):
            return Verdict.SPEAK
        claim = self._claim(sentence, plain)
        if not (
            self._claimed(claim, sentence, plain)
            and self._worded(sentence, plain)
            and self._quantified(sentence)
            and self._grounded(sentence, plain)
        ):
            return Verdict.PROMISE
        if claim is Claim.ASSENT and self._asks_for_a_promise():
            return Verdict.SKIP
        return Verdict.SPEAK

    def _claim(self, sentence: str, plain: str) -> Claim | None:
        """The worst that the sentence claims as a whole or in one of its clauses."""
        if not self._english:
            return None
        clauses = map(expanded, filter(None, _CLAUSES.split(sentence)))
        made = {claims.claim_of(text) for text in clauses} - {Claim.ASSENT}
        return min({claims.claim_of(plain), *made}, key=_WORST.index)

    def _grounded(self, sentence: str, plain: str) -> bool:
        """Whether the company says so, or it is a question, a courtesy, or what we cannot do.

        For the rest a model is as free as anybody at a desk: words in which no promise can be made,
        and general advice, unless the caller asked for what only a person can promise.
        """
        if not (small_talk.may_commit(plain) or self._asks_for_a_promise()):
            return True
        if sentence.rstrip().endswith("?") and _ASKING.match(plain):
            return True
        if self._is_grounded(plain):
            return True
        clauses = [expanded(clause) for clause in filter(None, _CLAUSES.split(sentence))]
        return all(
            claims.disclaims(text) or self._is_general(text) or self._is_grounded(text)
            for text in clauses
        )

    def _is_general(self, plain: str) -> bool:
        return small_talk.is_general(plain) and not self._asks_for_a_promise()

    def _is_grounded(self, plain: str) -> bool:
        said = offerless(plain)
        read_back = _READ_BACK.search(plain) is not None or " thanks " in plain
        return self._evidence.grounded(said, read_back=read_back or " not " in plain)

    def _claimed(self, claim: Claim | None, sentence: str, plain: str) -> bool:
        """Whether what is claimed, if anything, is what the company says itself."""
        if claim not in (Claim.DONE, Claim.COMING):
            return True
        if claim is Claim.DONE or claims.schedules(plain):
            return False
        return self._evidence.bears_out(sentence)

    def _worded(self, sentence: str, plain: str) -> bool:
        """Whether words that promise money or quality stand with the company as well."""
        for pattern, deniable in ((_FREE, False), (_CHEAPER, True), (_GUARANTEE, True)):
            match = pattern.search(plain)
            if match is None or (deniable and claims.negated(plain[: match.start() + 1])):
                continue
            held = (s for s in self._evidence.sources if pattern.search(s.plain))
            if not any(self._evidence.speaks_of(sentence, source) for source in held):
                return False
        return True

    def _quantified(self, sentence: str) -> bool:
        """Whether every amount, time and duration is the company's, or the caller's read back."""
        sentence = self._without_digits_of_the_caller(sentence)
        return all(
            self._held(quantity, clause, sentence)
            for clause in filter(None, _CLAUSES.split(sentence))
            for quantity in quantities(clause)
            if quantity.value not in _HARMLESS
        )

    def _without_digits_of_the_caller(self, sentence: str) -> str:
        """The sentence but for a long number that the caller said: it may be read back."""
        return _LONG_NUMBER.sub(
            lambda match: " " if _digits(match[0]) in self._digits else match[0], sentence
        )

    def _held(self, quantity: Quantity, clause: str, sentence: str) -> bool:
        if quantity.kind is Kind.NUMBER and not _PRICED.search(expanded(clause)):
            sources = (*self._evidence.sources, self._evidence.caller)
            return any(source.holds(quantity) for source in sources)
        return (
            self._in_a_source(quantity, clause, sentence)
            or self._in_hours(quantity, clause, sentence)
            or self._read_back(quantity, clause)
        )

    def _in_a_source(self, quantity: Quantity, clause: str, sentence: str) -> bool:
        evidence = self._evidence
        holding: Iterable[Source] = (s for s in evidence.sources if s.holds(quantity))
        return any(
            evidence.speaks_of(clause, source) or evidence.speaks_of(sentence, source)
            for source in holding
        )

    def _in_hours(self, quantity: Quantity, clause: str, sentence: str) -> bool:
        """Whether a time or a day is one of the opening hours, and open or closed as is said."""
        said = _OPEN.search(expanded(sentence))
        if said is None or _TRIP.search(expanded(clause)):
            return False
        if quantity.kind is Kind.TIME:
            return self._evidence.hours.holds(quantity)
        if quantity.kind is not Kind.DAY:
            return False
        is_open = self._evidence.opens(quantity.value)
        if is_open is None:
            return self._evidence.hours.holds(quantity)
        claimed = _OPEN.search(expanded(clause)) or said
        return is_open or claimed["what"] == "closed"

    def _read_back(self, quantity: Quantity, clause: str) -> bool:
        caller = self._evidence.caller.held
        said = any(quantity.value == q.value or same(quantity, q) for q in caller)
        return said and _READ_BACK.search(expanded(clause)) is not None

    def _asks_for_a_promise(self) -> bool:
        """Whether the caller asked for what nobody but a person can promise."""
        if claims.claim_of(self._asked) in (Claim.DONE, Claim.COMING):
            return True
        asked = any(quantity.kind in _PROMISES for quantity in self._evidence.caller.held)
        words = _TRIP.search(self._asked) or _CHEAPER.search(self._asked)
        return asked or words is not None or _FREE.search(self._asked) is not None


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
