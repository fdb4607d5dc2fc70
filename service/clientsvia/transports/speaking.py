"""Sentences as verbs: clips where there are some, and Twilio's voice for the rest."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from clientsvia.telephony import verbs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientsvia.companies.company import Agent
    from clientsvia.telephony.twiml import Element

AUDIO = "/audio"


def spoken(
    sentences: Sequence[str], clips: Sequence[str], agent: Agent, origin: str
) -> Iterator[Element]:
    """The sentences in order; ``clips`` names the sound of each, or is empty for Twilio's voice.

    Neighbours without a clip are one Say: Twilio pauses between two.
    """
    for has_clip, group in groupby(zip(sentences, clips, strict=True), lambda pair: bool(pair[1])):
        if has_clip:
            yield from (verbs.play(f"{origin}{AUDIO}/{clip}") for _, clip in group)
        elif text := " ".join(sentence for sentence, _ in group):
            yield verbs.say(text, voice=agent.voice, language=agent.language)
