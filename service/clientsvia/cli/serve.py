"""``clientsvia serve``: run the service."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from typing import Annotated

import orjson
import typer

from clientsvia.admin.diagnosis.installation import CERTIFICATE_REMEDY, certificate_fault
from clientsvia.errors import ConfigurationError
from clientsvia.logs import configure_logging
from clientsvia.settings import ANNOUNCEMENT, PREFIX, Settings, load_settings, require_servable
from clientsvia.wiring import first_sign_in, prepare, require_readable

SERVER = "clientsvia.server"
LABELS = {
    "try": "Try it:",
    "call": "Call it:",
    "twilio": "At Twilio:",
    "check": "Check it:",
    "sign_in": "Sign in:",
}

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
    _require_certificate(settings)
    # Workers read the environment: what was given here must be there.
    os.environ.update({f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()})
    configure_logging(settings.log_level)
    asyncio.run(require_readable(settings, prepare(settings)))
    link = asyncio.run(first_sign_in(settings))
    _run(_announcement(settings, link, as_json=as_json))


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


def _require_certificate(settings: Settings) -> None:
    if settings.tls_certificate and settings.tls_key:
        fault = certificate_fault(settings.tls_certificate, settings.tls_key)
        if fault:
            raise ConfigurationError(f"{fault}: {CERTIFICATE_REMEDY}")


def _announcement(settings: Settings, link: str, *, as_json: bool) -> str:
    """Lines for whoever starts it: where it listens, what to do next, and who is to do it."""
    told = _demo(settings) if settings.demo else _live(settings)
    if link:
        told["sign_in"] = link
    if as_json:
        facts = {"url": settings.listens_at, "demo": settings.demo, **told}
        return orjson.dumps(facts).decode()
    note = " (demo: accepts unsigned requests, from this machine alone)" if settings.demo else ""
    if not settings.demo and not settings.checks_signatures:
        note = " (SIGNATURES ARE NOT CHECKED: unset CLIENTSVIA_VALIDATE_SIGNATURES)"
    lines = (f"{LABELS[name]:11}{value}" for name, value in told.items())
    return "\n".join([f"Listening on {settings.listens_at}{note}", *lines])


def _demo(settings: Settings) -> dict[str, str]:
    """The product's documented test, and a simulated call."""
    usual = settings.port == Settings.model_fields["port"].default
    return {
        "try": f"curl -X POST {settings.listens_at}/api/twilio/voice "
        '-H "Content-Type: application/x-www-form-urlencoded" '
        '-d "Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"',
        "call": "make call" if usual else f"make call PORT={settings.port}",
    }


def _live(settings: Settings) -> dict[str, str]:
    """What to enter at Twilio, and what tells whether it fits together."""
    url = f"{settings.origin}/api/twilio/voice"
    return {"twilio": f"{url}, HTTP POST", "check": "clientsvia doctor"}


def _run(announcement: str) -> None:
    """Become the server: what a command line needs is not to stay in its memory, or a worker's.

    It announces itself once the port is its own. ``-P``: what lies in the working directory is no
    module of ours.
    """
    os.environ[ANNOUNCEMENT] = announcement
    os.execv(sys.executable, [sys.executable, "-P", "-m", SERVER])  # noqa: S606 - this very Python
