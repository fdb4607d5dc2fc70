"""Sentences in which an assistant commits its company, claims a deed, or claims to be a person.

Told by grammar, not by wording: who is spoken of, in which tense, with what kind of verb. English.
"""

from __future__ import annotations

import re
from enum import StrEnum, auto

from clientsvia.calls.quantities import tokens

_CONTRACTED = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("[\N{RIGHT SINGLE QUOTATION MARK}`]", "'"),
        (r"\bwon't\b", "will not"),
        (r"\b(?:can't|cannot)\b", "can not"),
        (r"n't\b", " not"),
        (r"\b(i|we|you|they)'ve\b", r"\1 have"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\bi'm\b", "i am"),
        (r"\b(we|you|they)'re\b", r"\1 are"),
        (r"\b(i|we|you|they|he|she)'d\b", r"\1 would"),
        (r"\blet's\b", "we will"),
        (
            r"\b(it|that|he|she|there|what|who|here|everything|somebody|someone|nobody)'s\b",
            r"\1 is",
        ),
        (r"\b(?:let|allow) me(?: to)?\b", "i will"),
        (r"\b(?:going to|gonna|about to)\b", "will"),
        (r"\b(?:am|is|are) will\b", "will"),
        (r"\bin touch\b", "intouch"),
        (r"\b(?:gone|go|went) ahead and\b", "just"),
    )
)
_ADVERBS = (
    r"(?:(?:just|already|now|also|all|definitely|certainly|gladly|personally|even|then|probably|"
    r"officially|hereby|actually|really|surely|absolutely|happily|both|always|only|still|easily|"
    r"totally|fully|successfully|provisionally|tentatively|currently|be able to|able to|"
    r"be happy to|happy to|be glad to|glad to|love to|make sure to|be sure to|try to|likely|"
    r"so|be) )*"
)
_SCHEDULING = (
    r"book|schedul|reserv|pencil|slot|squeez|squeeze|fit|sign|regist|enroll|secur|arrang|confirm|"
    r"reschedul|cancel|postpon|dispatch|send|refund|credit|waiv|discount|guarante|promis|assur|"
    r"ensur|swear|reimburs|expedit|prioritiz|accommodat|commit|approv|finaliz|lock|hold|process"
)
_DOING = (
    rf"(?:(?:{_SCHEDULING})\w*|put|mark|set|get|gett?ing|move|moving|change|changing|order\w*|"
    r"plac\w+|appl\w+|add|adding|sav\w+|giv\w+|knock\w*|tak\w+|match\w*|throw\w*|offer\w*|fix\w*|"
    r"hav\w+|mak\w+|e?mail\w*|text\w*|charg\w+|submit\w*|upgrad\w+|extend\w*|assign\w*|honor\w*|"
    r"swing\w*|stop\w*|com(?:e|ing)|drop\w*|head\w*|rush\w*|bump\w*|deliver\w*|cover\w*|"
    r"notif\w+|inform\w*|forward\w*|arriv\w+|bring\w*|driv\w+|leav(?:e|ing)|handl\w+|do|doing|"
    r"not(?:e|ing)|log\w*|updat\w+|let|letting|tell\w*|see|seeing|show|get)"
)
_STATE = (
    r"(?:booked|scheduled|confirmed|reserved|arranged|set|locked|secured|approved|waived|refunded|"
    r"credited|cancell?ed|rescheduled|moved|postponed|dispatched|sent|notified|processed|ordered|"
    r"placed|registered|enrolled|signed up|pencill?ed|slotted|held|saved|blocked|sorted|settled|"
    r"down|in the (?:books|calendar|schedule|system|diary)|finali[sz]ed|on the (?:books|calendar|schedule|"
    r"list|way|road)|on (?:his|her|their|its|our|my) way|en route|taken care of|good to go|good for|"
    r"ready|expected|recorded|noted|logged|submitted|updated|added|assigned|done|"
    r"completed|fixed|yours|paid|filed|coming|heading|arriving|underway|granted|handled|"
    r"all yours|in for|locked in|covered|entitled|eligible|signed)"
)
_PARTICIPLE = (
    r"(?:[a-z]{2,}ed|put|set|sent|made|got|gotten|told|let|given|held|taken|found|fit|spoken|"
    r"done|written|brought|had|gone|come|left|run|sold|paid)"
)
_PAST = (
    r"(?:[a-z]{2,}ed|put|set|sent|made|got|told|let|gave|held|took|found|fit|spoke|wrote|did|saw|"
    r"had)"
)
_OBJECT = (
    r"(?:you|it|that|him|her|them|everything|someone|somebody|(?:your|this) [a-z]+(?: [a-z]+)?)"
)
_PLACED = (
    r"(?:down|booked|scheduled|set|set up|confirmed|reserved|in|covered|sorted|marked|pencill?ed|"
    r"locked|lined up|on|out|over|come|coming|call|there|taken care of|fixed|signed|ready|done|"
    r"sent|arranged|through|ordered|cancell?ed|moved)"
)
_SAFE_FUTURE = re.compile(
    r"(?:not|never|need|want|find|hear|speak|talk|help|cost|depend|vary|have to|"
    r"call (?:you|us)|return your call|get back to|follow up|connect|transfer|"
    r"put you through|pass you|take (?:a|your|that) message|"
    r"take (?:about|up to|around|between|only|roughly|half|an?|\d+)|"
    r"(?:be )?(?:able|happy|glad|asked|connected|transferred|open|closed|intouch|required|"
    r"expected to|speaking|talking|here|honest|clear|sorry|a|an|the|better)|"
    r"do my best|check|look|start|explain|say|remember|repeat|answer|tell you|walk|give you (?:the|our|an "
    r"overview)|know|like|recommend|suggest|try to|bear|ask you|come back to|leave a message|"
    r"press|hang up|wait) "
)
"""What may be said of the future: it commits nobody, or to no more than taking a message does."""
_SAFE_DEEDS = frozenset(
    "heard understood been asked learned wondered needed wanted noticed mentioned called".split()
)
_BEFORE = r"(?:if|once|when|whenever|unless|until|before|after|whether|how|why|where|because)"
_SUBORDINATE = re.compile(
    rf" {_BEFORE} (?:(?:we|you|they|he|she|it|i|somebody|someone|(?:your|the|an?|our) [a-z]+) )?$"
)
_GENERIC_PLURAL = re.compile(
    r"(?:^| )(?!(?:this|yours|its|his|us|is|was|as|has|yes) )(?:[a-z]+[^su\W]s|people) $"
)
_NEGATION = re.compile(r" (?:not|never|no|nobody|without|unable) ")


class Claim(StrEnum):
    """What kind of claim a sentence makes."""

    DONE = auto()
    """A deed or a state that only a tool or a person could have brought about; nothing backs it."""
    COMING = auto()
    """Something that will happen, or can be had: the company's own words may bear it out."""
    ASSENT = auto()
    """A bare yes, which means what it answers."""


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_DONE = _rules(
    rf" (?:i|we|they|he|she|somebody|someone|office|team) (?P<gap>(?:have|has|had) {_ADVERBS})(?P<deed>{_PARTICIPLE}) ",
    rf" i (?P<gap>{_ADVERBS})(?P<deed>{_PAST}) (?!to |no |not )",
    rf" we (?P<gap>{_ADVERBS})(?P<deed>booked|scheduled|confirmed|reserved|sent|put|held|arranged|"
    r"dispatched|saved|got you|moved|cancelled|made you|refunded|waived|credited|approved) ",
    rf" i {_ADVERBS}(?:guarantee|promise|assure|swear|vow|vouch|insist|bet) ",
    rf" (?:have|has|had|got|get|put|marked|mark|see|keep|kept|signed|sign) {_OBJECT} {_ADVERBS}{_PLACED} ",
    r" (?:have|has|had|get|got) (?:an?|the|our|one of our) (?:[a-z]+ )?[a-z]+ "
    r"(?:out|over|come|coming|there|sent|call you|arrive|stop by|swing by) ",
    rf" (?P<gap>(?:am|is|are|was|were|been|gets?|got|being|looks|stays|remains|be) {_ADVERBS})"
    rf"(?P<state>{_STATE}) (?!by |with us|only|in advance|through)",
    r" (?:got|getting|get) you [a-z]+ ",
    rf"^ (?:(?:ok|okay|great|perfect|alright|right|yes|yep|sure|wonderful|excellent|good|news|there|and|"
    r"congratulations|fantastic|awesome|absolutely|you|go|well|super|lovely|now|so|that|it|is) )*"
    rf"(?:all )?(?:{_STATE}|deal|consider (?:it|that|yourself|this|your|the|everything)) ",
)
_COMING = _rules(
    r" (?:will|shall) (?P<gap>)(?P<future>(?:[a-z0-9]+ ){1,6})",
    rf" (?:am|is|are) (?P<gap>{_ADVERBS})(?:{_DOING}(?<=ing)|on it) ",
    rf" (?:i|we) (?:can|could|may|might|would) (?P<gap>{_ADVERBS}){_DOING} (?:you|your|it|that|this|him|her|"
    r"them|someone|somebody|something|in|down|up|by|out|over|sure|\d+|at|on|tomorrow|today|tonight|"
    r"there|for you|an? (?:technician|tech|plumber|crew|driver|spot|slot|deal|discount)) ",
    rf" (?:shall|should|may|can|could) i (?P<gap>{_ADVERBS}){_DOING} ",
    rf" (?:me|us) to (?P<gap>{_ADVERBS}){_DOING} ",
    rf" (?P<gap>{_ADVERBS})on (?:my|our|his|her|their|its|the) way ",
    r" (?:see|seeing) you | looking forward | look forward | en route ",
    r"(?: (?:can|should|may|to))? (?:expect|await|look out for|watch for|stand by for|count on|rely on) "
    r"(?:us|him|her|them|it|me|a|an|our|the|someone|somebody|my|that|this|to) ",
    r" rest assured | my word | without fail | no matter what | good hands | mark your | save the date ",
    r" (?:have|has|got|see|is|are|find|found) (?:(?:an?|one|some|2|the|plenty of|still|just|only|our|your|first|"
    r"next|earliest|several|few|couple|of|open|available|nice|free|last) )*(?:[a-z]+ )?"
    r"(?:openings?|slots?|spots?|cancellations?|vacancy|availability|window) ",
    r" (?:next|first|earliest|soonest) (?:[a-z]+ )?(?:available|availability|opening|slot|appointment|visit) ",
    rf" we {_ADVERBS}(?:guarantee|promise|assure|swear|vow|vouch|honor|waive|refund|match|beat) ",
    r" (?:technician|tech|plumber|driver|crew|somebody|someone|team|he|she|they) (?P<gap>(?:can |could )?)"
    r"(?:comes|arrives|be there|get there|come by|come out|stop by|swing by|shows up|is there|are there) ",
)
_HUMAN = _rules(
    r" (?:am|this is|are (?:talking|speaking) (?:to|with)|have reached|as|being|it is|that is) "
    rf"{_ADVERBS}(?:in fact |indeed |of course |very much |100 percent |most |one )*"
    r"(?:an? |the |another )?(?:real |live |actual |genuine |regular |normal |living |breathing |"
    r"fellow |true |flesh and blood |ordinary |friendly |nice |very |person like )*"
    r"(?:person|human|human being|man|woman|guy|girl|lady|gal|real|flesh|receptionist|member of|"
    r"employee|individual|operator|mom|dad|mother|father|alive|staff|homo sapiens|somebody real|"
    r"someone real|lad|fella|secretary|living|breathing) ",
    r" (?:am|is|are) (?:definitely |certainly |absolutely |really |most |of course |100 percent )*"
    r"(?:not|no|never|hardly|far from|neither)(?: talking to| speaking to| speaking with| talking with)? "
    r"(?:just |even |actually |really |some |any |an? |the |one of |those |by |at |all |in |fact |being )*"
    r"(?:ai |automated |computer |phone |digital |virtual |artificial |talking |chat |voice )*"
    r"(?:robots?|machines?|bots?|ai|computers?|automated|artificial|program|recording|chatbot|software|"
    r"algorithm|virtual|assistant|system|automation|answering) ",
    r" no (?:robots?|bots?|machines?|ai|computers?|recordings?) ",
    r" (?:not|never|hardly) an? (?:robot|bot|machine|computer|ai|chatbot|recording|program) ",
    r" i (?:have|got) (?:a |an |2 )?(?:body|heart|pulse|heartbeat|kids|family|feelings|real voice|hands|soul) ",
    r" (?:human|real person|live person|real human|flesh and blood) (?:here|speaking|on the line|like you|"
    r"just like|through and through|behind) ",
    r" as (?:human|real|alive) as | i breathe | i was born | born and raised | made of flesh "
    r"| (?:person|human) just like you ",
    r" (?:an? )?(?:actual|real|live|living|genuine) (?:human|person|human being|people) (?:is |are )?(?:here|"
    r"speaking|talking|answering|on the) ",
)
_NOT_HUMAN = re.compile(
    r" (?:am|is|are) (?:really |actually )?not (?:talking to |speaking with )?(?:an? )?(?:real |live |actual )*(?:person|human)"
)
_ASKED_MACHINE = re.compile(
    r" (?:robot|machine|bot|ai|computer|human|real|person|automated|chatbot|recording|artificial|"
    r"alive|humans|flesh|breathing|siri|alexa|chatgpt|program|assistant|fake) "
)
_OWNING_UP = re.compile(
    r" (?:automated|virtual|digital|ai|artificial|computer|machine|robot|bot|assistant) "
)
_ASSENT = frozenset(
    (
        "yes yeah yep yup sure absolutely certainly definitely of course no problem at all we can "
        "could i do that it this works work for us me you sounds good great perfect wonderful "
        "excellent fine ok okay alright right then got will be not a worries consider so very well "
        "happy to glad gladly is indeed correct exactly totally like plan my pleasure easy agreed "
        "make happen have just fact please go ahead thank thanks and am are deal did does"
    ).split()
)


def expanded(text: str) -> str:
    """A padded text of plain words: no contractions, numbers as figures, one kind of future."""
    text = text.lower()
    for pattern, instead in _CONTRACTED:
        text = pattern.sub(instead, text)
    return f" {' '.join(tokens(text))} "


def claim_of(plain: str) -> Claim | None:
    """The worst claim an ``expanded`` text makes, if it makes any."""
    if any(_made(rule, plain) for rule in _DONE):
        return Claim.DONE
    if any(_made(rule, plain) for rule in _COMING):
        return Claim.COMING
    return Claim.ASSENT if _ASSENT.issuperset(plain.split()) else None


def schedules(plain: str) -> bool:
    """Whether somebody of ours would book, send, refund or promise: no knowledge allows that."""
    return _SCHEDULES.search(plain) is not None


_SCHEDULES = re.compile(
    rf" (?:i|we|me|us)(?: (?:will|shall|can|could|would|to|am|are|may))+ {_ADVERBS}(?:{_SCHEDULING})\w* "
)


def claims_human(plain: str, asked: str) -> bool:
    """Whether an ``expanded`` text claims that a person speaks, also by a bare yes or no."""
    if not _NOT_HUMAN.search(plain) and any(rule.search(plain) for rule in _HUMAN):
        return True
    short = plain.startswith(
        (" yes ", " no ", " of course ", " i am ", " nope ", " yep ", " sure ")
    )
    about = " you " in asked and _ASKED_MACHINE.search(asked) and not _OWNING_UP.search(plain)
    return bool(short and about)


def negated(before: str) -> bool:
    """Whether a negation stands among the last few words."""
    return _NEGATION.search(f" {' '.join(before.split()[-4:])} ") is not None


def _made(rule: re.Pattern[str], plain: str) -> bool:
    return any(_stands(match, plain) for match in rule.finditer(plain))


def _stands(match: re.Match[str], plain: str) -> bool:
    """Whether a match is a claim: not denied, not merely supposed, not one of the harmless."""
    groups, before = match.groupdict(), plain[: match.start() + 1]
    inside = match[0] + plain[match.end() :].split(" ", 1)[0]
    if _NEGATION.search(f" {groups.get('gap') or ''} ") or " not " in f" {inside} ":
        return False
    if _SUBORDINATE.search(before):
        return False
    if groups.get("deed") in _SAFE_DEEDS:
        return False
    if groups.get("state") and _GENERIC_PLURAL.search(before):
        return False
    return not (groups.get("future") and _SAFE_FUTURE.match(_without_adverbs(groups["future"])))


def _without_adverbs(text: str) -> str:
    return re.sub(rf"^{_ADVERBS}", "", text) if not text.startswith("be ") else text
