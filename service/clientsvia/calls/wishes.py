"""Finds the wish for a person or a message in what was said, and hears when it is denied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.calls.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PERSON = phrases(
    "speak to, speak with, talk to, talk with, chat with, connect me, transfer me, put me through",
    "put me on to, real person, live person, actual person, real human, live human, human being",
    "want a person, want a human, need a person, need a human, like a person, like a human",
    "get me a person, get me a human, get me somebody, get me someone, give me a person",
    "give me somebody, give me someone, give me a human, person please, human please, pass me on",
)
MESSAGE = phrases(
    "leave a message, take a message, leave message, leave a voicemail, leave a voice mail",
    "voicemail, call me back, give me a call back, ring me back, leave my number",
)
NOUNS = phrases(
    "person, human, agent, operator, someone, somebody, staff, representative, receptionist",
    "manager, customer service",
)
"""Whoever may be asked for without a verb: "an operator, please"."""
NOUN_WORDS = frozenset(word for noun in NOUNS for word in noun.split())
POLITE = frozenset(
    (
        "a an the real live please just get give me i need want can could may have id like would "
        "to yes yeah hi hello now your"
    ).split()
)
MACHINES = frozenset(
    "robot robots machine machines computer computers bot bots ai recording recordings".split()
)
NEGATIONS = frozenset(
    (
        "dont not never without cant cannot wont didnt doesnt couldnt wouldnt isnt havent than "
        "neither nor no"
    ).split()
)
INVERTED = frozenset("i you we they there somebody someone anybody anyone".split())
"""After "can't" or "don't" they make a question: "can't I talk to somebody?" is a wish."""
WANTING = frozenset("want wanna need like wish".split())
GOVERNED = WANTING | frozenset(
    (
        "to have having be get i me you a an the any that this it really ever even just do think "
        "feel trying asking would going gonna please ready able let got care with for "
        "talk speak leave take"
    ).split()
)
"""Words over which a negation still reaches the wish: "I don't really want to …"."""
NOT_DENIED = (
    (" why not ", " why "),
    (" can i not ", " can i "),
    (" could i not ", " could i "),
    (" can you not ", " can you "),
    (" could you not ", " could you "),
    (" no need ", " not need "),
)
OTHERS = re.compile(
    r" (?:speak|talk|chat) (?:to|with) (?:you|my (?:husband|wife|partner|spouse|son|daughter|"
    r"mother|mom|father|dad|parents|family|kids|brother|sister|friend|friends|roommate|roommates|"
    r"landlord|landlady|tenant|tenants|neighbor|neighbors|neighbour|neighbours|boss|insurance|"
    r"insurer|lawyer|bank|builder))(?= )"
)
"""Talking to somebody the company cannot put a caller through to, the agent itself included."""
NO_MACHINE = re.compile(
    r" (?:(?:talk|speak|deal)(?:ing)? (?:to|with)|want) (?:an? |the |this |your )?(?:\w+ )?"
    rf"(?:{'|'.join(sorted(MACHINES))}) "
)


def person_at(heard: str, vocabulary: frozenset[str]) -> int:
    """Where in a padded text a person is wished for, -1 where none is."""
    if "talk" in vocabulary or "speak" in vocabulary:
        heard = OTHERS.sub(" ", heard)
    if (at := wished_at(PERSON, heard, vocabulary)) >= 0:
        return at
    denied = not NEGATIONS.isdisjoint(vocabulary)
    if denied and not MACHINES.isdisjoint(vocabulary) and NO_MACHINE.search(heard):
        return 0
    if NOUN_WORDS.isdisjoint(vocabulary):
        return -1
    bare = vocabulary <= NOUN_WORDS | POLITE | MACHINES | NEGATIONS
    return wished_at(NOUNS, heard, vocabulary) if bare else -1


def message_at(heard: str, vocabulary: frozenset[str]) -> int:
    """Where in a padded text leaving a message, or being called back, is wished for, else -1."""
    return wished_at(MESSAGE, heard, vocabulary)


def wished_at(wanted: Sequence[str], heard: str, vocabulary: frozenset[str]) -> int:
    """Where the first of ``wanted`` stands that no negation governs, -1 where none does."""
    found = [phrase for phrase in wanted if phrase in heard]
    if not found:
        return -1
    if NEGATIONS.isdisjoint(vocabulary):
        return min(map(heard.find, found))
    for doubtful, plain in NOT_DENIED:
        heard = heard.replace(doubtful, plain)
    places = ((at, phrase) for phrase in found for at in _places(phrase, heard))
    free = (at for at, phrase in places if not _denied(heard[:at].split(), phrase))
    return min(free, default=-1)


def _places(phrase: str, heard: str) -> Iterator[int]:
    at = heard.find(phrase)
    while at >= 0:
        yield at
        at = heard.find(phrase, at + 1)


def _denied(before: list[str], phrase: str) -> bool:
    """Whether the last negation among the words before a wish governs it.

    Other content between the two ("not a machine, a person"), or a second wanting, frees the wish;
    "no" governs only a noun that follows at once: "no message", but not "no, put me through".
    """
    last = max((at for at, word in enumerate(before) if word in NEGATIONS), default=-1)
    if last < 0:
        return False
    between = before[last + 1 :]
    if before[last] == "no":
        return not between and len(phrase.split()) == 1
    if before[last].endswith("nt") and between and between[0] in INVERTED:
        return False
    return GOVERNED.issuperset(between) and sum(word in WANTING for word in between) <= 1
