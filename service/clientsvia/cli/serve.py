"""``clientsvia serve``: run the service."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console

from clientsvia.errors import ConfigurationError
from clientsvia.settings import PREFIX, Settings, load_settings, require_servable
from clientsvia.wiring import prepare

BACKLOG = 2048  # 2,000 half-sent headers must not keep a good call from connecting
HEADER_TIMEOUT_MS = 5_000  # the default of 30 s lets slow headers hold their connections
RESPAWN_INTERVAL_S = 0.5
KILL_TIMEOUT_S = 15  # Twilio's own deadline: nobody waits longer for a worker's last answer

EXAMPLES = """
Examples:

  clientsvia serve --demo                        the demo company on http://127.0.0.1:8000

  CLIENTSVIA_PUBLIC_ORIGIN=https://answers.example clientsvia serve --host 0.0.0.0

  clientsvia serve --workers 2 --port 8123
"""


def serve(
    demo: Annotated[
        bool | None, typer.Option("--demo", help="Serve the demo company, on loopback alone.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes serve.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Announce it as JSON.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Run the service on Granian; every option is also a setting, CLIENTSVIA_<OPTION>."""
    options = {"demo": demo, "host": host, "port": port, "workers": workers}
    given = {name: value for name, value in options.items() if value is not None}
    settings = load_settings(**given)
    require_servable(settings)
    _require_free(settings)
    # Workers read the environment: what was given here must be there.
    os.environ.update({f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()})
    prepare(settings)
    _announce(settings, as_json=as_json)
    _run(settings)


serve.__doc__ = f"{serve.__doc__}\n{EXAMPLES}"


def _require_free(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ConfigurationError(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}): stop what "
                "listens there, or choose another port (make run PORT=8123, or --port 8123)"
            ) from None


def _announce(settings: Settings, *, as_json: bool) -> None:
    """Three lines for whoever starts it: where, the documented test, and a simulated call."""
    scheme = "https" if settings.tls_key else "http"
    base = f"{scheme}://{settings.host}:{settings.port}"
    note = " (demo: accepts unsigned requests, from this machine alone)" if settings.demo else ""
    curl = (
        f'curl -X POST {base}/api/twilio/voice -H "Content-Type: application/x-www-form-urlencoded"'
        ' -d "Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"'
    )
    call = (
        "make call"
        if settings.port == Settings.model_fields["port"].default
        else (f"make call PORT={settings.port}")
    )
    if as_json:
        told = {"url": base, "demo": settings.demo, "try": curl, "call": call}
        sys.stdout.write(orjson.dumps(told).decode() + "\n")
        sys.stdout.flush()
        return
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"Listening on {base}{note}", markup=False)
    console.print(f"Try it:  {curl}", markup=False)
    console.print(f"Call it: {call}", markup=False)


def _run(settings: Settings) -> None:
    from granian import Granian  # noqa: PLC0415 - 0.1 s that other commands need not spend
    from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols  # noqa: PLC0415 - likewise
    from granian.http import HTTP1Settings  # noqa: PLC0415 - likewise
    from granian.log import LogLevels  # noqa: PLC0415 - likewise

    Granian(
        "clientsvia.asgi:app",
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
        ssl_cert=settings.tls_certificate,
        ssl_key=settings.tls_key,
        ssl_protocol_min=SSLProtocols.tls12,  # the default of 1.3 alone shuts out older clients
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_INTERVAL_S,
        workers_kill_timeout=KILL_TIMEOUT_S,
    ).serve()
