"""Dial: ring somebody, whisper to them, connect them with the caller, tell how it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.simulator.caller import Gone, Keys, Moment, Scripted
from clientsvia.simulator.document import text_of
from clientsvia.simulator.parameters import child_parameters
from clientsvia.simulator.problems import Code
from clientsvia.simulator.result import RINGS
from clientsvia.simulator.script import Dialled, Step
from clientsvia.simulator.stage import Ended, Leg, Scene
from clientsvia.simulator.webhooks import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from xml.etree.ElementTree import Element

    Run = Callable[[Leg, Request], Awaitable[None]]

DEFAULT_TIMEOUT = 30
ANSWER = frozenset({"answers", "voicemail"})
_NUMBER = re.compile(r"\+?[0-9][0-9 ().-]{2,24}")
_CALLER_ID = re.compile(r"\+[1-9][0-9]{6,14}")
_PLAYED = ("Number", "Client", "Sip")


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to be rung; ``element`` is None when Dial held the bare number."""

    address: str
    element: Element | None
    behaviour: Dialled


@dataclass(frozen=True, slots=True)
class Attempt:
    """How ringing ends after ``seconds``; ``target`` is the one it ends with."""

    status: str
    seconds: float
    target: Target | None


@dataclass(slots=True)
class Course:
    """How dialling went so far: canceled, when the caller goes before anybody answers."""

    call_sid: str
    sip: int | None = None
    status: str = "canceled"
    answered_at: float | None = None
    bridged: bool = False


async def dial(scene: Scene, run: Run) -> Request | None:
    """The request for the action with how it went, or None to go on with the next verb."""
    targets = _targets(scene)
    attempt = _attempt(targets, float(scene.count("timeout", DEFAULT_TIMEOUT)))
    if not _caller_id_is_valid(scene):
        attempt = Attempt("failed", 0.0, None)
    course = Course(scene.stage.identifiers.sid("CA"))
    wanted = "action" in scene.element.attrib
    try:
        await _rung(scene, attempt, course, run)
    except Ended as ended:
        if ended.outcome == "hung-up" and wanted:
            scene.leg.parameters["CallStatus"] = "completed"
            await scene.stage.notify(_told(scene, course))
        raise
    return _told(scene, course) if wanted else None


def _told(scene: Scene, course: Course) -> Request:
    """The request for the action with the course the dialling took."""
    facts = {
        "DialCallSid": course.call_sid,
        "DialCallStatus": course.status,
        "DialBridged": "true" if course.bridged else "false",
    }
    if course.sip is not None:
        facts["DialSipResponseCode"] = str(course.sip)
    if course.answered_at is not None:
        facts["DialCallDuration"] = str(round(scene.stage.clock.now() - course.answered_at))
    return scene.follow("dial", facts)


def _targets(scene: Scene) -> list[Target]:
    found = [
        _target(scene, child, text_of(child)) for child in scene.element if child.tag in _PLAYED
    ]
    if scene.element.text and scene.element.text.strip():
        found.append(_target(scene, None, scene.element.text.strip()))
    unplayed = [child.tag for child in scene.element if child.tag not in _PLAYED]
    if unplayed or not found:
        what = f"<{unplayed[0]}>" if unplayed else "nobody"
        message = f"<Dial> holds {what}, which the simulator does not dial"
        scene.stage.report(Code.OUTSIDE, "error", message, scene.url)
    return found


def _target(scene: Scene, element: Element | None, address: str) -> Target:
    behaviour = scene.stage.script.callee(address)
    is_number = element is None or element.tag == "Number"
    if is_number and not _NUMBER.fullmatch(address):
        message = f"{address!r} is no telephone number to dial"
        scene.stage.report(Code.DIALLED_NUMBER, "error", message, scene.url)
        behaviour = Dialled(does="failed", after=0)
    if element is not None and element.tag == "Client":
        address = f"client:{address.removeprefix('client:')}"
    return Target(address, element, behaviour)


def _attempt(targets: list[Target], timeout: float) -> Attempt:
    """All ring at once: the first to answer in time wins, else the last to be refused tells."""
    in_time = [target for target in targets if target.behaviour.after <= timeout]
    answering = [target for target in in_time if target.behaviour.does in ANSWER]
    if answering:
        first = min(answering, key=lambda target: target.behaviour.after)
        return Attempt("completed", first.behaviour.after, first)
    refusing = [target for target in in_time if target.behaviour.does in {"busy", "failed"}]
    if refusing and len(refusing) == len(targets):
        last = max(refusing, key=lambda target: target.behaviour.after)
        return Attempt(last.behaviour.does, last.behaviour.after, last)
    return Attempt("no-answer" if targets else "failed", timeout if targets else 0.0, None)


def _caller_id_is_valid(scene: Scene) -> bool:
    """A caller id must be a number, a client or a SIP address; without one the caller's is used."""
    given = scene.element.get("callerId")
    if given is None or given.startswith(("client:", "sip:")) or _CALLER_ID.fullmatch(given):
        return True
    message = f"callerId={given!r} is no number Twilio may show: use +12395551212 or leave it out"
    scene.stage.report(Code.CALLER_ID, "error", message, scene.url)
    return False


async def _rung(scene: Scene, attempt: Attempt, course: Course, run: Run) -> None:
    stage = scene.stage
    stage.note("twilio", "notes", f"{RINGS}{_names(scene)}", attempt.seconds)
    await stage.wait(scene.leg, Moment("ringing", attempt.seconds))
    target = attempt.target
    if target is None or attempt.status != "completed":
        course.status = attempt.status
        course.sip = target.behaviour.sip if target is not None else None
        stage.note("twilio", "notes", attempt.status)
        return
    course.status = "completed"
    course.answered_at = stage.clock.now()
    course.bridged = await _whispered(scene, target, course.call_sid, run)
    if course.bridged:
        await _bridged(scene, target)


def _names(scene: Scene) -> str:
    several = " ".join(text_of(child) for child in scene.element)
    return several or text_of(scene.element) or "nobody"


async def _whispered(scene: Scene, target: Target, call_sid: str, run: Run) -> bool:
    """Run the document for the called party; True when they are to be connected."""
    url = target.element.get("url") if target.element is not None else None
    if not url:
        return True
    leg = _child(scene, target, call_sid)
    method = "POST"
    if target.element is not None and target.element.get("method", "").upper() == "GET":
        method = "GET"
    request = Request("whisper", scene.resolve(url), dict(leg.parameters), method)
    try:
        await run(leg, request)
    except Ended as ended:
        if ended.outcome == "stopped":
            raise
        return False
    return True


def _child(scene: Scene, target: Target, call_sid: str) -> Leg:
    shown = scene.element.get("callerId") or scene.leg.parameters.get("From", "")
    parameters = child_parameters(
        scene.leg.parameters, call_sid=call_sid, caller=shown, called=target.address
    )
    is_machine = target.behaviour.does == "voicemail"
    presses = "" if is_machine else target.behaviour.presses
    steps = [Step(press=presses)] if presses else []
    person = Scripted(steps, hangs_up=False)
    return Leg("callee", person, parameters, scene.stage.clock.now())


async def _bridged(scene: Scene, target: Target) -> None:
    """The conversation, until one of them hangs up or presses the star that ends it."""
    stage = scene.stage
    limit = float(scene.count("timeLimit", 14_400, least=1))
    seconds = min(target.behaviour.talks, limit)
    stage.note("twilio", "notes", f"connects the caller with {target.address}", seconds)
    star = scene.truth("hangupOnStar", default=False)
    act = await scene.leg.person.acts(Moment("talking", seconds, keys=star))
    if isinstance(act, Gone):
        await stage.sleep(act.delay)
        stage.note(scene.leg.name, "hangs up", "")
        raise Ended("hung-up")
    if isinstance(act, Keys):
        await stage.sleep(act.delay)
        stage.note(scene.leg.name, "presses", act.digits)
        return
    await stage.sleep(seconds)
    stage.note("callee", "hangs up", "")
