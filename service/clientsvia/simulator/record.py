"""Record: a beep, the caller's message, and where it can be heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import format_datetime

from clientsvia.simulator.caller import Keys, Moment
from clientsvia.simulator.result import Recording
from clientsvia.simulator.speech import joined, spoken
from clientsvia.simulator.stage import Ended, Prompt, Scene
from clientsvia.simulator.webhooks import Request

BEEP_SECONDS = 0.5
PROCESSING_SECONDS = 1.0
"""Seconds after the recording until its file is there."""
TRANSCRIBING_SECONDS = 6.0
TRANSCRIBED_LENGTHS = range(2, 121)
"""Twilio transcribes recordings of 2 to 120 seconds, and no others."""


@dataclass(slots=True)
class _Tape:
    longest: float
    began: float
    words: list[str] = field(default_factory=list)
    digits: str = ""


async def record(scene: Scene) -> Request | None:
    """The request for the action, or None when nothing was recorded.

    When the caller hangs up in the middle, the action is requested with ``Digits=hangup`` and the
    call is over.
    """
    stage = scene.stage
    if scene.truth("playBeep", default=True):
        await stage.utter(scene.leg, Prompt("plays", "a beep", BEEP_SECONDS))
    tape = _Tape(float(scene.count("maxLength", 3600, least=1)), stage.clock.now())
    try:
        await _listened(scene, tape)
    except Ended as ended:
        if ended.outcome == "hung-up":
            tape.digits = "hangup"
            scene.leg.parameters["CallStatus"] = "completed"
            await stage.notify(_kept(scene, tape))
        raise
    # Twilio drops a recording of silence alone and goes on with the next verb.
    return _kept(scene, tape) if tape.words or tape.digits else None


async def _listened(scene: Scene, tape: _Tape) -> None:
    """Record until silence, a finishing key or the longest length."""
    stage = scene.stage
    patience = float(scene.count("timeout", 5, least=1))
    finish = scene.attribute("finishOnKey", "1234567890*#")
    while (left := tape.longest - (stage.clock.now() - tape.began)) > 0:
        moment = Moment("recording", min(patience, left), speech=True, keys=True)
        act = await stage.wait(scene.leg, moment)
        if act is None:
            return
        if isinstance(act, Keys):
            stage.note(scene.leg.name, "presses", act.digits)
            tape.digits = next((key for key in act.digits if key in finish), "")
            if tape.digits:
                return
        else:
            await _spoke(scene, tape, act.text)


async def _spoke(scene: Scene, tape: _Tape, text: str) -> None:
    """What fits on the tape; the caller goes on talking after it is full, to nobody."""
    stage = scene.stage
    left = tape.longest - (stage.clock.now() - tape.began)
    words = [word for word in spoken(text) if word.end <= left]
    seconds = words[-1].end if words else left
    stage.note(scene.leg.name, "says", joined(words), seconds)
    tape.words.append(joined(words))
    await stage.sleep(seconds)


def _kept(scene: Scene, tape: _Tape) -> Request:
    """Store the recording, announce it, and make the request for the action."""
    stage = scene.stage
    sid = stage.identifiers.sid("RE")
    account = scene.leg.parameters.get("AccountSid", "")
    url = f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{sid}"
    seconds = round(stage.clock.now() - tape.began)
    stage.recordings.append(Recording(sid, url, seconds, " ".join(tape.words)))
    facts = {"RecordingSid": sid, "RecordingUrl": url, "RecordingDuration": str(seconds)}
    _announce(scene, tape, facts, seconds)
    return scene.follow("record", {**facts, "Digits": tape.digits})


def _announce(scene: Scene, tape: _Tape, facts: dict[str, str], seconds: int) -> None:
    """Schedule the callbacks that come when the file and its transcription are ready."""
    stage = scene.stage
    own = {
        name: scene.leg.parameters.get(name, "") for name in ("AccountSid", "CallSid", "ApiVersion")
    }
    if target := scene.element.get("recordingStatusCallback"):
        started = stage.timestamp(ahead=tape.began - stage.clock.now())
        ready = {
            **own,
            **facts,
            "RecordingStatus": "completed",
            "RecordingChannels": "1",
            "RecordingSource": "RecordVerb",
            "RecordingTrack": "both",
            "RecordingStartTime": format_datetime(started),
            "ErrorCode": "0",
        }
        wanted = scene.attribute("recordingStatusCallbackMethod").upper()
        method = "GET" if wanted == "GET" else "POST"
        request = Request("recording-status", scene.resolve(target), ready, method)
        stage.notify_later(PROCESSING_SECONDS, request)
    words_to = scene.element.get("transcribeCallback")
    if words_to and seconds in TRANSCRIBED_LENGTHS:
        text = " ".join(tape.words)
        done = {
            **scene.leg.parameters,
            **facts,
            "TranscriptionSid": stage.identifiers.sid("TR"),
            "TranscriptionStatus": "completed",
            "TranscriptionText": text,
            "TranscriptionType": "fast",
        }
        request = Request("transcription", scene.resolve(words_to), done)
        stage.notify_later(TRANSCRIBING_SECONDS, request)
