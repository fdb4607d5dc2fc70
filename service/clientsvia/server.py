"""The process that ``clientsvia serve`` becomes: Granian, and nothing of the command line.

Its workers are forks of it: what is imported here they share, and one that was killed is back
without importing it.
"""

from __future__ import annotations

import os
import sys

# PERF: structlog would import rich, for consoles: 8 MB in each process.
sys.modules["rich"] = None  # type: ignore[assignment]  # Python's own way to say: not to be had

from granian import Granian  # noqa: E402 - after what it must not find
from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols  # noqa: E402 - likewise
from granian.http import HTTP1Settings  # noqa: E402 - likewise
from granian.log import LogLevels  # noqa: E402 - likewise

import clientsvia.admin_app  # noqa: E402 - for workers to share
import clientsvia.app  # noqa: E402 - likewise
import clientsvia.wiring  # noqa: E402, F401 - likewise
from clientsvia.logs import configure_logging  # noqa: E402 - after what it must not find
from clientsvia.settings import ANNOUNCEMENT, Settings, load_settings  # noqa: E402 - likewise

BACKLOG = 2048  # 2,000 half-sent headers must not keep a good call from connecting
HEADER_TIMEOUT_MS = 5_000  # the default of 30 s lets slow headers hold their connections
RESPAWN_INTERVAL_S = 0.5
KILL_TIMEOUT_S = 15  # Twilio's own deadline: nobody waits longer for a worker's last answer

GRANIAN_LOGS = {
    # Its own handlers write past ours, as plain text on standard output.
    "loggers": {
        name: {"handlers": [], "propagate": True} for name in ("_granian", "granian.access")
    },
}


APPLICATION = "clientsvia.asgi:app"


def run(settings: Settings, application: str = APPLICATION) -> None:
    """Serve an ASGI application (``module:name``) until told to stop."""
    server = Granian(
        application,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS),
        backlog=BACKLOG,
        backpressure=BACKLOG,
        log_level=LogLevels.warning,
        log_access=False,
        log_dictconfig=GRANIAN_LOGS,
        ssl_cert=settings.tls_certificate,
        ssl_key=settings.tls_key,
        ssl_protocol_min=SSLProtocols.tls12,  # the default of 1.3 alone shuts out older clients
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_INTERVAL_S,
        workers_kill_timeout=KILL_TIMEOUT_S,
    )
    server.on_startup(_announce)
    server.serve()


def _announce() -> None:
    """Say what the command line left to be said, now that the port is ours."""
    if announcement := os.environ.pop(ANNOUNCEMENT, ""):
        sys.stdout.write(f"{announcement}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    chosen = load_settings()
    configure_logging(chosen.log_level)
    run(chosen)
