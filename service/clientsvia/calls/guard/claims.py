"""Sentences in which an assistant commits its company, or claims that something has been done.

Told by grammar, not by wording: who is spoken of, in which tense, with what kind of verb. English.
"""

from __future__ import annotations

import re
from enum import StrEnum, auto

from clientsvia.calls.guard.plain_speech import offerless


class Claim(StrEnum):
    """What kind of claim a sentence makes."""

    DONE = auto()
    """A deed or a state that only a tool or a person could have brought about; nothing backs it."""
    COMING = auto()
    """Something that will happen, or can be had: the company's own words may bear it out."""
    ASSENT = auto()
    """A bare yes, which means what it answers."""


def _of(*lines: str) -> str:
    """A pattern of comma-separated alternatives, the longest first."""
    alternatives = [part.strip() for line in lines for part in line.split(",")]
    return f"(?:{'|'.join(sorted(filter(None, alternatives), key=len, reverse=True))})"


_ADVERBS = "(?:{} )*".format(
    _of(
        "just, already, now, also, all, definitely, certainly, gladly, personally, even, then",
        "probably, officially, hereby, actually, really, surely, absolutely, happily, both, always",
        "only, still, easily, totally, fully, successfully, provisionally, tentatively, currently",
        "be able to, able to, be happy to, happy to, be glad to, glad to, love to, be sure to",
        "make sure to, try to, likely, so, be, quickly, officially, finally, of course, too",
    )
)
_SCHEDULE = _of(
    "book, schedul, reserv, pencil, slot, squeez, fit, sign, regist, enroll, secur, arrang",
    "confirm, reschedul, cancel, postpon, dispatch, send, refund, credit, waiv, discount",
    "guarante, promis, assur, ensur, swear, reimburs, expedit, prioritiz, accommodat, commit",
    "approv, finaliz, lock, hold, process, comp, deduct, slash, halv",
)
_OTHER_DEED = _of(
    "put, mark, set, get, gett, mov, chang, order, plac, appl, add, sav, giv, knock, tak, match",
    "throw, offer, fix, hav, mak, mail, email, text, charg, submit, upgrad, extend, assign, honor",
    "swing, stop, com, drop, head, rush, bump, deliver, cover, arriv, bring, driv, leav, handl, do",
    "log, updat, see, work, look, pull, shav, cut, ship, start, finish, return, tack, skip, pop",
    "block, freez, clear, keep, expect, await, reach, turn, squar, tee, rout, route, roll, provid",
    "install, repair, replac, clean, pay, call",
)
_RELAY = _of("notif, inform, forward, lett, tell, not, pass, relay, messag, contact, record")
_DOING = rf"(?:(?:{_SCHEDULE}|{_OTHER_DEED})(?:e|s|es|y|t|p|k|n|ting|ning|ping|ing|ying)?)"
_BEING_DONE = rf"(?:(?:{_SCHEDULE}|{_OTHER_DEED}|{_RELAY})(?:ting|ning|ping|ing|ying))"
_STATE = _of(
    "booked, scheduled, confirmed, reserved, arranged, set, locked, secured, approved, waived",
    "refunded, credited, cancelled, canceled, rescheduled, moved, postponed, dispatched, sent",
    "notified, processed, ordered, placed, registered, enrolled, signed up, pencilled, penciled",
    "slotted, held, saved, blocked, sorted, settled, down, in the (?:books|calendar|schedule)",
    "in the (?:system|diary|queue), finalized, finalised, yours, done, completed, paid, filed",
    "on the (?:books|calendar|schedule|list|way|road|board|docket|roster|agenda), en route",
    "on (?:his|her|their|its|our|my) way, taken care of, good to go, good for, ready, expected",
    "recorded, noted, logged, submitted, updated, added, assigned, fixed, coming, heading",
    "arriving, underway, granted, handled, all yours, in for, locked in, covered, entitled",
    "on for, eligible, signed, squared away, lined up, official, a go, a date, ironed out, cleared",
    "promised, rolling, headed, with you, at your door, marked",
    "slated, due, allocated, earmarked, spoken for, applied, knocked off, taken off, nailed down",
    "square, a done deal, all good, inked, earmarked, green lit, put down, tee d up, queued",
)
_PARTICIPLE = _of(
    "[a-z]+ed, put, set, sent, made, got, gotten, told, let, given, held, taken, found, fit",
    "spoken, done, written, brought, had, gone, come, left, run, sold, paid, cut, shown, drawn",
)
_PAST = _of(
    "[a-z]+ed, put, set, sent, made, got, told, let, gave, held, took, found, fit, spoke, wrote",
    "did, saw, had, cut, spoke, ran",
)
_PLACED = _of(
    "down, booked, scheduled, set, set up, confirmed, reserved, in, covered, sorted, marked, on",
    "penciled, pencilled, locked, lined up, out, over, come, coming, call, there, taken care of",
    "fixed, signed, ready, done, sent, arranged, through, ordered, cancelled, canceled, moved",
    "squared away, slated, all set, at, back, running, working, finished, repaired, delivered",
)
_THING = r"(?:you|it|that|him|her|them|everything|someone|somebody|(?:your|this)(?: [a-z]+){1,2}?)"
_BOOKING = _of(
    "appointment, booking, reservation, slot, visit, order, table, spot, refund, claim, request",
    "ticket, place, time, delivery, confirmation, credit, deposit, application, consultation",
    "session, case, job, service call, seat, installation, name",
)
_STAFF = _of(
    "technician, tech, plumber, electrician, driver, crew, team, guy, mechanic, dentist, doctor",
    "hygienist, baker, specialist, somebody, someone, he, she, they, truck, one of our [a-z]+",
    "our [a-z]+, the [a-z]+, help",
)
_SUBORDINATE = re.compile(
    r" (?:if|once|when|whenever|unless|until|before|after|whether|how|why|where|because) "
    r"(?:(?:we|you|they|he|she|it|i|somebody|someone|(?:your|the|an?|our) [a-z]+) )?$"
)
_PLURAL = re.compile(r" (?!(?:this|yours|its|his|us|is|was|as|has|yes|always) )[a-z]+[^su]s $")
_DEFINITE = re.compile(r" (?:your|the|these|those|both|all|my|things|we|\d+)(?: [a-z]+){1,2} $")
_NEGATION = re.compile(r" (?:not|never|no|nobody|without|unable) ")
_SAFE_FUTURE = re.compile(
    "{} ".format(
        _of(
            "not, never, need, want, find, hear, speak, talk, help, cost, depend, vary, have to",
            "call (?:you|us), return your call, get back to, follow up, connect, transfer, wait",
            "put you through, pass you, take (?:a|your|that) message, (?:be )?able, be happy",
            "take (?:about|up to|around|between|only|roughly|half|an?|\\d+), be glad, be asked",
            "be connected, be transferred, be open, be closed, be intouch, be required, be honest",
            "be speaking, be talking, be clear, be sorry, do my best, check, look, explain, say",
            "remember, repeat, answer, tell you, know, like, recommend, suggest, ask you, press",
            "come back to, leave a message, hang up, be closing, be opening, open, close, be back",
        )
    )
)
"""What may be said of the future: it commits nobody, or to no more than taking a message does."""
_SAFE_DEEDS = frozenset(
    (
        "heard understood been asked learned wondered needed wanted noticed mentioned called used "
        "tried had"
    ).split()
)


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_AFTERWARDS = _of(
    "you, your, it, that, this, him, her, them, someone, somebody, something, everything, in, down",
    "up, by, out, over, sure, at, on, off, tomorrow, today, tonight, there, for you",
    "the (?:fee|job)",
    "an? (?:technician|tech|plumber|crew|driver|spot|slot|deal|discount|refund|guy|truck)",
    "the (?:charge|cost|visit|appointment|work|price|repair|booking|order), half",
)
_DONE = _rules(
    # "I've booked it", "we have just sent somebody", "I already put you down"
    rf" (?:i|we|they|he|she|somebody|someone|office|team|{_STAFF}) (?:have|has|had) {_ADVERBS}"
    rf"(?P<deed>{_PARTICIPLE}) ",
    rf" i {_ADVERBS}(?P<deed>{_PAST}) (?!to |no |not )",
    rf" we {_ADVERBS}(?:booked|scheduled|confirmed|reserved|sent|put|held|arranged|dispatched|saved"
    r"|got you|moved|cancelled|canceled|made you|refunded|waived|credited|approved|set) ",
    rf" i {_ADVERBS}(?:guarantee|promise|assure|swear|vow|vouch|insist|bet) ",
    # "I have you down", "get a plumber out"
    rf" (?:have|has|had|got|get|put|marked|mark|see|keep|kept|signed|sign|having|getting|putting) "
    rf"{_THING} {_ADVERBS}{_PLACED} ",
    r" (?:have|has|had|get|got|getting|having) (?:an?|the|our|one of our) (?:[a-z]+ )?[a-z]+ "
    r"(?:out|over|come|coming|there|sent|call you|arrive|stop by|swing by|to you|to your) ",
    r" (?:got|getting|get) you [a-z]+ ",
    # "the bill has been corrected", "your reservation stands"
    r" (?P<subject>(?:your|the|that|this|it|everything|all|you|he|she|they|somebody|someone)"
    r"(?: [a-z]+){0,2}) (?:has|have|had) (?:(?:just|now|already|all) )*been (?!able)"
    rf"{_ADVERBS}{_PARTICIPLE} ",
    rf" (?:your|that|this) (?:{_BOOKING})(?: [a-z]+)? (?:is|was|stands?|holds?|remains|"
    r"stays|has|goes|starts"
    r"|begins) (?!\d|not |what |handled |arranged by |set up by )",
    # "you are all set", "your visit is confirmed", "a plumber is on the way"
    rf" (?:am|is|are|was|were|been|gets?|got|being|looks|stays|remains|be) {_ADVERBS}"
    rf"(?P<state>{_STATE}) (?!by |with us|only|in advance|through)",
    # "Booked!", "Consider it done."
    r"^ (?:(?:ok|okay|great|perfect|alright|right|yes|yep|sure|wonderful|excellent|good|news|there|"
    r"and|congratulations|fantastic|awesome|absolutely|you|go|well|super|lovely|now|so|that|it|is|"
    r"all) )*"
    rf"(?:{_STATE}|deal|consider (?:it|that|yourself|this|your|the|everything)) ",
)
_COMING = _rules(
    r" (?:will|shall) (?!i |we |you )(?P<future>(?:[a-z0-9]+ ){1,6})",
    rf" (?:am|is|are) {_ADVERBS}(?:{_BEING_DONE}|on it) ",
    rf" (?:i|we) (?:can|could|may|might|would) {_ADVERBS}{_DOING} (?:{_AFTERWARDS} |\d)",
    rf" (?:shall|should|may|can|could) (?:i|we) {_ADVERBS}{_DOING} ",
    rf" (?:me|us) to {_ADVERBS}{_DOING} ",
    rf" {_ADVERBS}on (?:my|our|his|her|their|its|the) way | en route ",
    r" (?:see|seeing|meet|meeting) you | looking forward | look forward | catch you ",
    r" (?:expect|await|look out for|watch for|stand by for|count on|rely on|bank on|depend on|"
    r"trust) (?:us|him|her|them|it|me|a|an|our|the|someone|somebody|my|that|this|to) ",
    r" rest assured | my word | without fail | no matter what | good hands | mark your "
    r"| save the date | leave it (?:to|with) | no (?:sweat|doubt) | bet your | to the bank ",
    r" (?:have|has|got|see|is|are|find|found|had) (?:(?:an?|one|some|2|the|plenty of|still|just|"
    r"only|our|your|1st|first|next|earliest|several|few|couple|of|open|available|nice|free|"
    r"last|more|"
    r"another|exactly|perfect) )*(?:[a-z]+ )?"
    r"(?:openings?|slots?|spots?|cancellations?|vacancy|availability|window|gap) ",
    r" (?:next|first|earliest|soonest) (?:[a-z]+ )?"
    r"(?:available|availability|opening|slot|appointment|visit) ",
    rf" we {_ADVERBS}(?:guarantee|promise|assure|swear|vow|vouch|honor|waive|refund|match|beat) ",
    rf" (?:i|we|it|{_STAFF}|[a-z]+) (?:should|ought to|must|could|can|may|might|would) {_ADVERBS}"
    r"(?:reach|arrive|be there|be here|be with|be over|be done|be out|be ready|get there|get to|"
    r"make it|show up|come out|come by|come over|come to you|swing|stop by|drop by|drop in|"
    r"pop|head|be finished|be fixed|be on|be able to come|meet|be at|visit|call you|ring you) ",
    rf" {_STAFF} (?:can |could )?(?:comes|arrives|be there|get there|come by|come out|stop by|"
    r"swing by|shows up|is there|are there|leaves|gets there|pulls up|heads|rolls) ",
)
_SCHEDULES = re.compile(
    rf" (?:i|we|me|us)(?: (?:will|shall|can|could|would|to|am|are|may))+ {_ADVERBS}{_SCHEDULE}\w* "
)
_ASSENT = frozenset(
    (
        "yes yeah yep yup sure absolutely certainly definitely of course no problem at all we can "
        "could i do that it this works work for us me you sounds good great perfect wonderful "
        "excellent fine ok okay alright right then got will be not a worries consider so very well "
        "happy to glad gladly is indeed correct exactly totally like plan my pleasure easy agreed "
        "make happen have just fact please go ahead thank thanks and am are deal did does too "
        "doable possible"
    ).split()
)


_DISCLAIMS = re.compile(
    rf"^ (?:(?:no|oh|well|and|but|so|unfortunately|honestly|sorry|i am sorry) )*(?:i|we) {_ADVERBS}"
    r"(?:can|could|do|am|are|have|would|will) (?:not|never|unable|no) "
)


def disclaims(plain: str) -> bool:
    """Whether an ``expanded`` clause says what we cannot, do not or will not do."""
    return _DISCLAIMS.match(plain) is not None


def claim_of(plain: str) -> Claim | None:
    """The worst claim an ``expanded`` text makes, if it makes any."""
    claimed = offerless(plain)
    if any(_made(rule, claimed) for rule in _DONE):
        return Claim.DONE
    if _ASSENT.issuperset(plain.split()):
        return Claim.ASSENT
    return Claim.COMING if any(_made(rule, claimed) for rule in _COMING) else None


def schedules(plain: str) -> bool:
    """Whether we would book, send, refund or promise: no knowledge makes that true."""
    return _SCHEDULES.search(plain) is not None


def negated(before: str) -> bool:
    """Whether a negation stands among the last few words."""
    return _NEGATION.search(f" {' '.join(before.split()[-4:])} ") is not None


def _made(rule: re.Pattern[str], plain: str) -> bool:
    return any(_stands(match, plain) for match in rule.finditer(plain))


def _stands(match: re.Match[str], plain: str) -> bool:
    """Whether a match is a claim: not denied, not merely supposed, not one of the harmless."""
    groups, before = match.groupdict(), plain[: match.start() + 1]
    if before.endswith((" not ", " never ")) or _SUBORDINATE.search(before):
        return False
    if groups.get("deed") in _SAFE_DEEDS:
        return False
    if groups.get("state") and _PLURAL.search(before) and not _DEFINITE.search(before):
        return False
    return not (groups.get("future") and _harmless(groups["future"]))


def _harmless(future: str) -> bool:
    """Whether what follows "will" is safe, as it stands or after its adverbs."""
    bare = re.sub(rf"^{_ADVERBS}", "", future)
    return any(_SAFE_FUTURE.match(text) for text in (future, bare))
