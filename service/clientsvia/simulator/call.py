"""A simulated call from the first ring to the last callback."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import aiohttp

from clientsvia.simulator import address
from clientsvia.simulator.caller import Person, Scripted
from clientsvia.simulator.clock import Clock, VirtualClock
from clientsvia.simulator.media import Media
from clientsvia.simulator.parameters import Identifiers, call_parameters
from clientsvia.simulator.performance import Performance
from clientsvia.simulator.result import CallResult, Line
from clientsvia.simulator.stage import Ended, Leg, Stage
from clientsvia.simulator.webhooks import Request, Webhooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.simulator.script import Script


async def place_call(  # noqa: PLR0913 - all but the script and the address have a natural default
    script: Script,
    *,
    url: str,
    clock: Clock | None = None,
    token: str | None = None,
    account_sid: str | None = None,
    listener: str | None = None,
    person: Person | None = None,
    observe: Callable[[Line], None] | None = None,
    started: datetime | None = None,
) -> CallResult:
    """Play ``script`` against the voice webhook at ``url``.

    Without ``clock`` time is virtual. ``token`` signs every request; ``token`` and ``account_sid``
    go before those of the script. ``listener`` is the origin (``http://127.0.0.1:8000``) at which
    the server of a public ``url`` is reached, as behind a proxy. ``person`` replaces the scripted
    caller, ``observe`` sees each line as it begins, ``started`` is the time of day at the first
    ring.
    """
    clock = clock or VirtualClock()
    caller = person or Scripted(script.steps, hangs_up=script.at_end == "hang_up")
    identifiers = Identifiers(Random(script.seed) if script.seed is not None else None)  # noqa: S311
    where = {"public": address.origin(url), "listener": listener or address.origin(url)}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        stage = Stage(
            script=script,
            clock=clock,
            webhooks=Webhooks(session, clock, identifiers, token=token or script.token, **where),
            media=Media(session, clock, **where),
            identifiers=identifiers,
            started=started or datetime.now(UTC),
            observe=observe or _unobserved,
            rng=Random(script.seed),  # noqa: S311 - noise, not secrets
        )
        leg = _leg(script, identifiers, caller, account_sid or script.account_sid)
        ended = await _played(stage, leg, url)
        return _result(stage, leg, ended, caller)


def _unobserved(_line: Line) -> None:
    """Nobody watches."""


def _leg(script: Script, identifiers: Identifiers, caller: Person, account_sid: str | None) -> Leg:
    parameters = call_parameters(
        call_sid=identifiers.sid("CA"),
        account_sid=account_sid or identifiers.sid("AC"),
        caller=script.from_,
        called=script.to,
        call_token=identifiers.call_token(),
        overrides=script.parameters,
    )
    return Leg("caller", caller, parameters)


async def _played(stage: Stage, leg: Leg, url: str) -> Ended:
    """Play the call and everything that follows it."""
    script = stage.script
    fallback = None
    if script.fallback_url:
        target = urljoin(url, script.fallback_url)
        fallback = Request("fallback", target, method=script.fallback_method)
    performance = Performance(stage, fallback)
    try:
        await performance.run(leg, Request("voice", url, dict(leg.parameters), script.method))
        stage.note("twilio", "hangs up", "")
        ended = Ended("completed")
    except Ended as ending:
        ended = ending
    stage.ended_at = stage.clock.now()
    if script.status_url:
        await stage.notify(_status(stage, leg, ended, urljoin(url, script.status_url)))
    await stage.clock.settle()
    return ended


def _status(stage: Stage, leg: Leg, ended: Ended, url: str) -> Request:
    """The status callback of a call that is over."""
    seconds = _talked(stage, leg)
    leg.parameters["CallStatus"] = ended.status
    facts = {
        "CallDuration": str(seconds),
        "Duration": str(-(-seconds // 60)),
        "Timestamp": format_datetime(stage.timestamp()),
        "SequenceNumber": "0",
        "CallbackSource": "call-progress-events",
    }
    return Request("status", url, {**leg.parameters, **facts})


def _talked(stage: Stage, leg: Leg) -> int:
    """Whole seconds since the call was answered."""
    return 0 if leg.answered_at is None else round(stage.ended_at - leg.answered_at)


def _result(stage: Stage, leg: Leg, ended: Ended, caller: Person) -> CallResult:
    expectations, unsaid = caller.close() if isinstance(caller, Scripted) else ((), ())
    return CallResult(
        call_sid=leg.parameters.get("CallSid", ""),
        outcome=ended.outcome,
        seconds=round(stage.ended_at, 3),
        conversation=tuple(stage.lines),
        requests=tuple(stage.webhooks.exchanges),
        problems=tuple(stage.problems),
        expectations=expectations,
        unsaid=unsaid,
        recordings=tuple(stage.recordings),
        audio=tuple(stage.media.fetches),
    )
