"""What a model may say without evidence, as anybody may at a desk; of ``expanded`` texts."""

from __future__ import annotations

import re

_GENERAL = re.compile(
    r"^ (?:(?:yes|no|well|so|and|oh|then|first|also|okay|"
    r"now) )*(?:if (?:[a-z]+ ){1,8})?(?:please|try|turn|check|make sure|"
    r"do not|keep|close|open|use|avoid|look for|shut|unplug|press|take|hold|stay|(?:that|it|this) "
    r"(?:sounds|looks|seems|depends|varies)|i am (?:so |very |really )?sorry) "
    r"| (?:usually|often|generally|typically|normally|sometimes|tends? to|may|might|in general|"
    r"can be|common|depending) "
)
"""Advice, sympathy, and what is so in general: a model is as free there as anybody at a desk."""
_OURS = re.compile(
    r" (?:we|us|our|me|my|he|she|they|him|her|them|somebody|someone|was|were|has|had|went|came|got|"
    r"sent|took|gave|your [a-z]+ (?:is|has|was|will)|you (?:get|are|have|were|will)) "
)
"""What is said of our own people and deeds, or of how the caller's affairs stand."""
_COMMITTING = re.compile(
    r" (?:(?:we|i|they|he|she|someone|somebody|one|team|office) (?:[a-z]+ )?(?:will|shall|went|have"
    r"|had|(?:are|am|is) going|(?:can|could) have)|consider|count on|done|set|settled|sorted|"
    r"arranged|care of|expect|deal|reserved|held|slot|calendar|schedule\w*|book\w*|confirm\w*|"
    r"appointment\w*|tomorrow|today|tonight|soon|asap|right away|shortly|earliest|first thing|"
    r"opened up|available|room|time|the day|way|corner|over|send\w*|sent|shipped|already|never|"
    r"always|off|went|wide|cancel\w*|(?:i|we|they) [a-z]*(?:ed|ent|old|oke|ade|ave|ook)|costs?|"
    r"charges?|pays?|paid|fees?|half|third|human|person|question|"
    r"(?:was|were|been|got|gets?) [a-z]+(?:ed|en|nt)|(?:the )?\d+(?:st|nd|rd|th)) "
)
"""Words with which a promise may be made; without any of them nothing is."""
_TO_THE_CALLER = re.compile(
    r" your? (?!(?:can|may|might|could|should|would|need|want|like|know|think|mean|said|mention\w*|"
    r"ask\w*|question|request|call|message|words?|name|number|patience|for|too|as well)\b)"
)
"""What is said of the caller's own affairs, beside advice and what they said themselves."""
_COURTESY = re.compile(
    r" (?:(?:hello|hi|hey|sure|okay|great|good (?:morning|afternoon|evening)|thanks for (?:calling|"
    r"asking)) )*(?:(?:how|what(?: else)?) (?:may|can|could) (?:i|we) (?:help|assist|do)(?: for)?"
    r"|(?:is there )?anything else(?: (?:i|we) can (?:help|do))?|(?:i|we) (?:would be|am|are) "
    r"(?:glad|happy) to (?:help|assist)|i will know if you (?:need|have)(?: anything| any)?"
    r"(?: else| more)?(?: questions?)?)(?: you| for you)?(?: with(?: that| this)?)?(?: today)? "
)
"""What everybody says who answers a phone; "let me know" is expanded to "I will know"."""


def is_courtesy(plain: str) -> bool:
    """Whether it is nothing but a greeting, or an offer to help."""
    return _COURTESY.fullmatch(plain) is not None


def is_general(plain: str) -> bool:
    """Whether it is advice, sympathy, or how things usually are, and nothing of our own doing."""
    if _OURS.search(plain):
        return False
    return plain.startswith(" if ") or _GENERAL.search(plain) is not None


def may_commit(plain: str) -> bool:
    """Whether it has any of the words with which something is promised to a caller."""
    return bool(_COMMITTING.search(plain) or _TO_THE_CALLER.search(plain))
