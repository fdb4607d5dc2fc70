"""The simple verbs: Say, Play, Pause, Redirect, Hangup and Reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.simulator.caller import Keys, Moment, Speech
from clientsvia.simulator.document import text_of
from clientsvia.simulator.problems import Code, Refusal
from clientsvia.simulator.speech import synthesis_seconds
from clientsvia.simulator.stage import Ended, Prompt, Scene
from clientsvia.simulator.webhooks import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

SAY_LONGEST = 3_000
"""Characters in one Say."""
_ENDLESS = 1_000
_TONE_SECONDS = 0.5


async def say(scene: Scene, *, speech: bool = False, keys: bool = False) -> Speech | Keys | None:
    """Speak; returns what the person interrupted with, where that is taken."""
    text = text_of(scene.element)
    if len(text) > SAY_LONGEST:
        message = f"a <Say> of {len(text)} characters is not spoken; {SAY_LONGEST} are allowed"
        scene.stage.report(Code.SAY_TOO_LONG, "error", message, scene.url)
        return None
    for _ in _rounds(scene) if text else ():
        prompt = Prompt("says", text, synthesis_seconds(text))
        act = await scene.stage.utter(scene.leg, prompt, speech=speech, keys=keys)
        if act is not None:
            return act
    return None


async def play(scene: Scene, *, speech: bool = False, keys: bool = False) -> Speech | Keys | None:
    """Fetch and play a file, or tones; a file that cannot be had is reported and passed over."""
    if tones := scene.attribute("digits"):
        prompt = Prompt("plays", f"tones {tones}", len(tones) * _TONE_SECONDS)
        return await scene.stage.utter(scene.leg, prompt, speech=speech, keys=keys)
    address = text_of(scene.element)
    if not address:
        scene.stage.report(Code.SCHEMA, "warning", "a <Play> without an address", scene.url)
        return None
    url = scene.resolve(address)
    try:
        for _ in _rounds(scene):
            clip = await scene.stage.media.clip(url)
            prompt = Prompt("plays", url, clip.seconds)
            act = await scene.stage.utter(scene.leg, prompt, speech=speech, keys=keys)
            if act is not None:
                return act
    except Refusal as refusal:
        scene.stage.report(refusal.code, "error", refusal.message, url)
    return None


async def pause(scene: Scene, *, speech: bool = False, keys: bool = False) -> Speech | Keys | None:
    """Be silent for a while."""
    seconds = float(scene.count("length", 1))
    return await scene.stage.wait(scene.leg, Moment("pause", seconds, speech, keys))


def _rounds(scene: Scene) -> Iterator[int]:
    count = scene.count("loop", 1)
    return iter(range(count or _ENDLESS))


async def spoken(scene: Scene) -> None:
    """Say at the top of a document."""
    await say(scene)


async def played(scene: Scene) -> None:
    """Play at the top of a document."""
    await play(scene)


async def paused(scene: Scene) -> None:
    """Pause at the top of a document."""
    await pause(scene)


async def redirect(scene: Scene) -> Request:
    """Go on with another document."""
    method = "GET" if scene.attribute("method").upper() == "GET" else "POST"
    url = scene.resolve(text_of(scene.element))
    return Request("redirect", url, dict(scene.leg.parameters), method)


async def hangup(scene: Scene) -> None:
    """End the call."""
    scene.stage.note("agent", "hangs up", "")
    raise Ended("completed")


async def reject(scene: Scene) -> None:
    """Refuse the call; once answered it cannot be refused, and is ended."""
    if scene.leg.answered_at is not None:
        raise Ended("completed")
    busy = scene.attribute("reason") == "busy"
    scene.stage.note("agent", "hangs up", "busy" if busy else "rejected")
    raise Ended("rejected", "busy" if busy else "no-answer")
