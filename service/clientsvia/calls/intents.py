"""What callers ask of the call itself: a person, a message, once more, goodbye."""

from __future__ import annotations

import re
from enum import StrEnum, auto

from clientsvia.calls.wishes import MESSAGE, NEGATIONS, PERSON, message_at, person_at
from clientsvia.calls.words import clauses, has_any, padded, phrases, words


class Intent(StrEnum):
    """What the caller wants of the call; QUESTION is everything else, UNCLEAR no words at all."""

    EMERGENCY = auto()
    PERSON = auto()
    MESSAGE = auto()
    NATURE = auto()
    REPEAT = auto()
    GOODBYE = auto()
    NO = auto()
    YES = auto()
    THANKS = auto()
    OKAY = auto()
    HELLO = auto()
    WAIT = auto()
    UNCLEAR = auto()
    QUESTION = auto()


def _vocabulary(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


EMERGENCY = phrases(
    "is on fire, are on fire, theres a fire in, there is a fire in, fire has started, fire started",
    "having a heart attack, having a stroke",
    "call 911, call 9 1 1, dial 911, call nine one one, call an ambulance, need an ambulance",
    "send an ambulance, call the fire department, smell gas, smells like gas, smell of gas",
    "not breathing, isnt breathing, stopped breathing, cant breathe, is unconscious",
    "bleeding to death, kill myself, carbon monoxide leak, carbon monoxide poisoning",
    "carbon monoxide alarm is, carbon monoxide alarm keeps, carbon monoxide detector is going",
    "carbon monoxide detector went off, carbon monoxide alarm went off, co alarm is going",
    "smelling gas, gas smell in, there is a gas leak, theres a gas leak, have a gas leak",
    "is badly hurt, is seriously hurt, is badly injured, is seriously injured, bleeding badly",
    "house caught fire, caught on fire, full of smoke, smoke coming out",
    "been electrocuted, got electrocuted, someone is hurt, somebody is hurt, someone is injured",
    "somebody is injured, someone got hurt, somebody got hurt, got injured, got badly hurt",
    "someone is bleeding, somebody is bleeding, he is bleeding, hes bleeding, she is bleeding",
    "shes bleeding, son is bleeding, daughter is bleeding, husband is bleeding, wife is bleeding",
    "monoxide in my, monoxide in the, monoxide in our, monoxide alarm wont, monoxide detector wont",
    "co detector is beeping, co detector is going, co detector went off, co detector keeps",
    "co alarm is beeping, co alarm went off, co alarm keeps",
)
"""Exact on purpose: "do you sell fire alarms" and "do you fix gas heaters" are questions."""
NATURE = re.compile(
    r" (?:are you|you are|youre|is this|is that|is it|this is)(?: guys| not| just| even)*"
    r"(?: an?| the)?(?: real| live| actual| automated| human)*"
    r"(?: real| live| human| automated| ai| person| human being| being| robot| machine| computer"
    r"| bot| chatbot| recording| system| assistant| answering machine)"
    r"(?= $| (?:or|im|i|please|and|that|who|am|here|right|on|just|can|could|because|not|are|isnt"
    r"|talking|speaking|answering)\b)"
    r"| (?:who )?am i (?:talking|speaking) (?:to|with)(?: an?| the)?(?: real| live| actual| human)*"
    r"(?: person| human being| human| robot| machine| computer| bot| being)?(?= )"
    r"| (?:who are you|who is this|whos this|(?:whats|what is) your name)(?= $)"
)
NATURE_ASKING = frozenset("are youre is this that am who whos name".split())
NATURE_NOUNS = _vocabulary(
    "real live human person being robot machine computer bot chatbot ai automated recording",
    "system assistant talking speaking who whos name",
)
REPEAT = phrases(
    "repeat that, repeat it, say that again, say it again, say again, come again, one more time",
    "what did you say, what was that, whats that, can you repeat, could you repeat, please repeat",
    "repeat the question, repeat the answer, repeat yourself, once more, say what",
    "didnt catch that, didnt hear that, didnt get that, didnt understand that, didnt catch it",
    "didnt hear you, didnt catch you, pardon me, speak up, speak slower, louder, slow down",
)
REPEAT_WORDS = frozenset({"pardon", "sorry", "what", "repeat", "again", "excuse", "huh"})
REPEATING = REPEAT_WORDS | _vocabulary(
    "that it say come one more time did you was whats can could would will please the question",
    "answer yourself once didnt catch hear get understand me i im a for hold on wait just last",
    "part bit slower slowly ok okay no yes quite all beg your moment and but so had have to thing",
    "speak up down louder",
)
"""Nothing else may be said: "what did you say your address was" is a question."""
GOODBYE = phrases(
    "goodbye, good bye, bye, bye bye, hang up, thats all, that is all, nothing else",
    "that will be all, thatll be all, im done, that was all, thats everything, thats it",
    "see you later, talk to you later, take care, have a good, have a nice, have a great",
)
GOODBYE_WORDS = _vocabulary(
    "goodbye bye good thanks thank you so very much thats that is was will be thatll all nothing",
    "else no nope for now have a nice great day one evening weekend im done everything hang up",
    "please ok okay alright i need needed want wanted to know got it and then well just cheers",
    "ill you too today your help night care take yes yeah see talk later",
)
FAREWELLS = (" goodbye ", " good bye ", " bye ", " bye now ", " have a good day ")
ASKING = phrases(
    "what, when, where, who, how, why, which, do you, do i, are you, are there, is there, is it",
    "can you, can i, could you, could i, would you, will you, does it, did you, have you",
)
ASKING_FIRST = _vocabulary("is are do does did can could will would should may has")
NO = phrases(
    "no, nope, nah, uhuh, not now, not right now, never mind, nevermind, not really, no need",
    "im good, im fine, im ok, im okay, im all set, its fine, its ok, its okay, not necessary",
    "i dont think so, rather not, neither, nobody, not today, not interested, maybe later",
    "i wouldnt, i dont, i would not, i do not, nothing",
)
NO_WORDS = _vocabulary(
    "no nope nah uhuh not right now never mind nevermind really need needed thanks thank you its",
    "fine ok okay im good thats that all is please i dont do it said wouldnt would necessary will",
    "be think so id rather neither one nobody today interested maybe later set just a at this",
    "time wont want to either very much already told any more anymore nothing",
)
REFUSING = NO_WORDS | frozenset(word for phrase in PERSON + MESSAGE for word in phrase.split())
REFUSING |= _vocabulary(
    "anybody anyone somebody someone person human like leave them they with have"
)
YES = phrases(
    "yes, yeah, yep, yup, uhhuh, sure, please do, go ahead, of course, absolutely, please",
    "why not, that would be, thatd be, id like that, lets do that, definitely, certainly, i would",
    "id like to, id love to",
)
YES_WORDS = _vocabulary(
    "yes yeah yep yup uhhuh sure ok okay please do go ahead of course absolutely that would be",
    "thatd great thats fine sounds good correct right thank you thanks why not id i like love to",
    "lets it definitely certainly very much wonderful perfect nice am lovely",
)
COURTESY = _vocabulary(
    "thank thanks you ok okay alright all right great good perfect wonderful awesome cool nice",
    "excellent lovely very so much got it i see understood thats that is was fine helpful for your",
    "help the information info really appreciate a lot sounds makes sense to know well then works",
    "correct cheers just what wanted needed bunch super again exactly",
)
THANKS = phrases("thank you, thanks, appreciate it, appreciate that, cheers")
OKAY = phrases(
    "ok, okay, alright, all right, great, good, perfect, wonderful, awesome, cool, excellent",
    "lovely, got it, i see, understood, fine, makes sense, that works, correct, right",
    "very helpful",
)
HELLO = phrases(
    "hello, hi, hey, hiya, good morning, good afternoon, good evening, are you there",
    "can you hear me, anybody there, anyone there, somebody there, someone there",
)
HELLO_WORDS = _vocabulary(
    "hello hi hey hiya good morning afternoon evening are you there can hear me is anybody anyone",
    "somebody someone still how doing today yes ava and",
)
WAIT = phrases(
    "wait, hold on, hang on, one moment, one second, one minute, just a moment, just a second",
    "just a minute, a second, a minute, a moment, let me think, let me see",
)
WAIT_WORDS = _vocabulary(
    "wait hold on hang one moment second sec minute just a give me please let think see okay ok",
    "sorry for i need well so",
)
BARE = (
    (Intent.GOODBYE, GOODBYE, GOODBYE_WORDS),
    (Intent.NO, NO, NO_WORDS),
    (Intent.YES, YES, YES_WORDS),
    (Intent.THANKS, THANKS, COURTESY),
    (Intent.OKAY, OKAY, COURTESY),
    (Intent.HELLO, HELLO, HELLO_WORDS),
    (Intent.WAIT, WAIT, WAIT_WORDS),
)
"""What counts only when nothing is added: "no, are you open on Sunday?" is a question."""


def intent_of(text: str) -> Intent:
    """What ``text`` asks of the call, whatever was said before.

    A wish that the caller denies ("I don't want to talk to anybody") is a no.
    """
    spoken = words(text)
    if not spoken:
        return Intent.UNCLEAR
    heard, vocabulary = padded(spoken), frozenset(spoken)
    if has_any(EMERGENCY, heard):
        return Intent.EMERGENCY
    rest = _without_nature(heard, vocabulary)
    wish = _wish(rest, text, vocabulary)
    if wish is not None:
        return wish
    return _bare(heard, vocabulary) if rest == heard else Intent.NATURE


def _without_nature(heard: str, vocabulary: frozenset[str]) -> str:
    """What is left beside a question about who answers.

    PERF: most sentences lack the words for it, and the search takes 5 us.
    """
    if NATURE_NOUNS.isdisjoint(vocabulary) or NATURE_ASKING.isdisjoint(vocabulary):
        return heard
    return NATURE.sub(" ", heard)


def _wish(heard: str, text: str, vocabulary: frozenset[str]) -> Intent | None:
    """The wish that comes first; one denied in the whole may stand in a clause of its own."""
    wish = _first_wish(heard, vocabulary)
    if wish is None and not NEGATIONS.isdisjoint(vocabulary) and has_any(PERSON + MESSAGE, heard):
        own = (part for part in clauses(text) if not part.startswith((" or ", " nor ")))
        wishes = (_first_wish(part, frozenset(part.split())) for part in own)
        return next((wish for wish in wishes if wish is not None), None)
    return wish


def _first_wish(heard: str, vocabulary: frozenset[str]) -> Intent | None:
    person, message = person_at(heard, vocabulary), message_at(heard, vocabulary)
    if person < 0 and message < 0:
        return None
    return Intent.MESSAGE if person < 0 or 0 <= message < person else Intent.PERSON


def _bare(heard: str, vocabulary: frozenset[str]) -> Intent:
    if vocabulary <= REPEATING and (has_any(REPEAT, heard) or _only_repeat(vocabulary)):
        return Intent.REPEAT
    for intent, wanted, known in BARE:
        if vocabulary <= known and has_any(wanted, heard):
            return intent
    if vocabulary <= REFUSING and not NEGATIONS.isdisjoint(vocabulary):
        return Intent.NO
    return Intent.GOODBYE if _takes_leave(heard) else Intent.QUESTION


def _only_repeat(vocabulary: frozenset[str]) -> bool:
    """Whether a bare "what?" or "sorry?" is all that was said."""
    asking = vocabulary - {"me", "please", "i", "a", "the", "just", "your", "beg"}
    return bool(asking) and asking <= REPEAT_WORDS


def _takes_leave(heard: str) -> bool:
    """Whether the last words are a farewell, and those before ask nothing."""
    if not heard.endswith(FAREWELLS):
        return False
    return not has_any(ASKING, heard) and heard.split(maxsplit=1)[0] not in ASKING_FIRST
