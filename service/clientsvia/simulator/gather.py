"""Gather: prompt, listen, recognise."""

from __future__ import annotations

from dataclasses import dataclass

from clientsvia.simulator.caller import Keys, Moment, Speech
from clientsvia.simulator.problems import Code
from clientsvia.simulator.schema import whole
from clientsvia.simulator.speech import Partial, Word, joined, partials, spoken, written
from clientsvia.simulator.stage import KEY_SECONDS, Scene
from clientsvia.simulator.verbs import pause, play, say
from clientsvia.simulator.webhooks import Request

LONGEST_SPEECH = 60.0
"""Seconds of speech a turn holds."""
DEFAULT_TIMEOUT = 5
_PROMPTS = {"Say": say, "Play": play, "Pause": pause}


@dataclass(frozen=True, slots=True)
class Listening:
    """How a Gather listens, with Twilio's defaults filled in."""

    speech: bool
    keys: bool
    barge_in: bool
    timeout: float
    speech_timeout: float
    longest: float
    digits: int
    finish: str


async def gather(scene: Scene) -> Request | None:
    """The request for the action with what was heard, or None to go on with the next verb."""
    listening = _listening(scene)
    act = await _prompted(scene, listening)
    if act is None:
        moment = Moment("listening", listening.timeout, listening.speech, listening.keys)
        act = await scene.stage.wait(scene.leg, moment)
    if isinstance(act, Keys):
        digits = await _collected(scene, listening, act.digits)
        return scene.follow("gather", {"Digits": digits}) if digits else _nothing(scene, listening)
    if act is not None:
        return await _recognised(scene, listening, act)
    return _nothing(scene, listening)


async def _prompted(scene: Scene, listening: Listening) -> Speech | Keys | None:
    for child in scene.element:
        prompt = _PROMPTS.get(child.tag)
        if prompt is None:
            continue
        inner = Scene(scene.stage, scene.leg, child, scene.resolve, scene.url)
        act = await prompt(
            inner,
            speech=listening.speech and listening.barge_in,
            keys=listening.keys and listening.barge_in,
        )
        if act is not None:
            return act
    return None


def _nothing(scene: Scene, listening: Listening) -> Request | None:
    if not scene.truth("actionOnEmptyResult", default=False):
        return None
    empty = {"SpeechResult": ""} if listening.speech else {"Digits": ""}
    return scene.follow("gather", empty)


async def _collected(scene: Scene, listening: Listening, pressed: str) -> str:
    """The digits until enough, until the finishing key, or until nothing follows in time."""
    digits = ""
    for key in pressed:
        scene.stage.note(scene.leg.name, "presses", key)
        await scene.stage.sleep(KEY_SECONDS)
        if key in listening.finish:
            return digits
        digits += key
        if len(digits) == listening.digits:
            return digits
    await scene.stage.sleep(listening.timeout)
    return digits


async def _recognised(scene: Scene, listening: Listening, act: Speech) -> Request | None:
    stage = scene.stage
    words, rest = _first_breath(spoken(act.text), listening)
    if not words:
        return _nothing(scene, listening)
    stage.note(scene.leg.name, "says", joined(words), words[-1].end)
    if scene.attribute("partialResultCallback"):
        heard = spoken(act.heard) if act.heard else words
        for partial in partials(heard, stage.script.recognition, stage.rng):
            stage.notify_later(partial.at, _partial(scene, partial))
    await stage.sleep(words[-1].end + listening.speech_timeout)
    if rest:
        gap = rest[0].start - words[-1].end - listening.speech_timeout
        scene.leg.person.goes_on(written(rest), max(0.0, gap))
    confidence = act.confidence
    if confidence is None:
        confidence = stage.rng.uniform(0.82, 0.97)
    return scene.follow(
        "gather",
        {
            "SpeechResult": act.heard or joined(words),
            "Confidence": f"{confidence:.8f}",
            "Language": scene.attribute("language", "en-US"),
        },
    )


def _first_breath(
    words: tuple[Word, ...], listening: Listening
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words up to the first pause that ends the listening, and those after it."""
    for index, word in enumerate(words):
        before = words[index - 1].end if index else 0.0
        if word.end > listening.longest or (
            index and word.start - before >= listening.speech_timeout
        ):
            return words[:index], words[index:]
    return words, ()


def _partial(scene: Scene, partial: Partial) -> Request:
    method = "GET" if scene.attribute("partialResultCallbackMethod").upper() == "GET" else "POST"
    return Request(
        "partial",
        scene.resolve(scene.attribute("partialResultCallback")),
        {
            **scene.leg.parameters,
            "UnstableSpeechResult": partial.unstable,
            "StableSpeechResult": partial.stable,
            "Stability": f"{partial.stability:.3f}",
            "SequenceNumber": str(partial.sequence),
            "Language": scene.attribute("language", "en-US"),
        },
        method,
    )


def _listening(scene: Scene) -> Listening:
    inputs = scene.attribute("input", "dtmf").split()
    timeout = float(scene.count("timeout", DEFAULT_TIMEOUT))
    return Listening(
        speech="speech" in inputs,
        keys="dtmf" in inputs,
        barge_in=scene.truth("bargeIn", default=True),
        timeout=timeout,
        speech_timeout=_speech_timeout(scene, timeout),
        longest=float(min(scene.count("maxSpeechTime", 60, least=1), LONGEST_SPEECH)),
        digits=scene.count("numDigits", 0),
        finish=scene.attribute("finishOnKey", "#"),
    )


def _speech_timeout(scene: Scene, timeout: float) -> float:
    """Seconds of silence that end speech; what Twilio refuses is reported and counts as absent."""
    given = scene.element.get("speechTimeout")
    if given is None:
        return timeout
    if given == "auto" and "speechModel" not in scene.element.attrib:
        return scene.stage.script.recognition.auto_seconds
    if number := whole(given):
        return float(number)
    reason = "auto together with speechModel" if given == "auto" else "not a positive integer"
    message = f"speechTimeout={given!r} is refused: {reason}; the timeout of {timeout:g} s holds"
    scene.stage.report(Code.SPEECH_TIMEOUT, "error", message, scene.url)
    return timeout
