"""Whole webhooks in the process: ASGI in, TwiML out, everything on."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benches.in_process import service
from benches.knowledge import ANSWER, ASKED, pairs
from benches.race import Goal, calling
from benches.webhook import BODY, CALLED, ORIGIN, SIGNATURE, TOKEN, numbers, parameters, signed
from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benches.in_process import InProcess
    from benches.race import Loop, Race

CALLS = 2_000


def test_voice(race: Race, tmp_path: Path) -> None:
    with service(tmp_path) as running:
        race(
            "voice webhook, in the process",
            {"clientsvia": calling(running.post, [(BODY, SIGNATURE)])},
            check=lambda document: b"<Gather" in document and b"Gulf Breeze" in document,
        )


def test_handle_speech(race: Race, tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    with service(many, pairs(2_000)) as knowing, service(few, pairs(20)) as simple:
        race(
            "handle-speech, in the process",
            {"2,000 entries": _asking(knowing), "20 entries": _asking(simple)},
            check=lambda document: ANSWER.encode() in document,
            goal=Goal(times=1.3, of="20 entries"),
        )


def _asking(running: InProcess) -> Loop:
    """Each call asks once: a question that was answered before is only repeated."""
    waiting = iter(list(_questions(running)))

    def loop(calls: int) -> bytes:
        asked = list(islice(waiting, calls))
        assert len(asked) == calls, "more is asked than there are calls: raise CALLS"
        return running.post(asked)

    return loop


def _questions(running: InProcess) -> Iterator[tuple[bytes, str, str]]:
    for at, caller in enumerate(numbers(0, CALLS)):
        call = f"CA{at:032x}"
        greeted = running.post([signed(call, caller, CALLED)]).decode()
        action = re.search(r'<Gather action="([^"]+)"', greeted)
        assert action, greeted
        said = parameters(call, caller, CALLED) | {"SpeechResult": ASKED, "Confidence": "0.9"}
        body = urlencode(said).encode()
        signature = sign(TOKEN, action[1], parse_form(body))
        yield body, signature, action[1].removeprefix(ORIGIN)
