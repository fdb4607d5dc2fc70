"""The whole voice webhook in the process: ASGI in, TwiML out, everything on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benches.in_process import service
from benches.race import calling
from benches.webhook import BODY, SIGNATURE

if TYPE_CHECKING:
    from pathlib import Path

    from benches.race import Race


def test_voice(race: Race, tmp_path: Path) -> None:
    with service(tmp_path) as running:
        race(
            "voice webhook, in the process",
            {"clientsvia": calling(running.post, [(BODY, SIGNATURE)])},
            check=lambda document: b"<Gather" in document and b"Gulf Breeze" in document,
        )
