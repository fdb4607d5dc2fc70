"""Sentences as verbs: clips where there are some, and Twilio's voice for the rest."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from clientsvia.telephony import verbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clientsvia.companies.company import Agent
    from clientsvia.telephony.twiml import Element

AUDIO = "/audio"
SAY_LONGEST = 3_000  # characters: a longer Say is not spoken at all (error 13521)


def spoken(
    sentences: Sequence[str], clips: Sequence[str], agent: Agent, origin: str
) -> Iterator[Element]:
    """The sentences in order; ``clips`` names the sound of each, or is empty for Twilio's voice.

    Neighbours without a clip are one Say, as far as it may be: Twilio pauses between two.
    """
    for has_clip, group in groupby(zip(sentences, clips, strict=True), lambda pair: bool(pair[1])):
        if has_clip:
            yield from (verbs.play(f"{origin}{AUDIO}/{clip}") for _, clip in group)
        else:
            for text in _joined(sentence for sentence, _ in group if sentence):
                yield verbs.say(text, voice=agent.voice, language=agent.language)


def _joined(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences in as few texts as Twilio speaks."""
    text = ""
    for sentence in sentences:
        if text and len(text) + 1 + len(sentence) > SAY_LONGEST:
            yield text
            text = ""
        text = f"{text} {sentence}" if text else sentence
    if text:
        yield text
