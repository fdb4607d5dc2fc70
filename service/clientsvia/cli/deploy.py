"""``clientsvia deploy``: what a host needs so that the service starts with it and is reached."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from clientsvia.cli.json_output import write_json
from clientsvia.errors import ConfigurationError
from clientsvia.settings import load_settings
from clientsvia.wiring import store_file

if TYPE_CHECKING:
    from clientsvia.settings import Settings

app = typer.Typer(help="What a host needs to run the service.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]

STATE = "/var/lib/clientsvia"
ENVIRONMENT = "/etc/clientsvia.env"

UNIT = """\
[Unit]
Description=ClientsVia, answering the phone for {origin}
After=network-online.target
Wants=network-online.target

[Service]
User=clientsvia
StateDirectory=clientsvia
StateDirectoryMode=0700
WorkingDirectory={state}
EnvironmentFile={environment}
ExecStart={program} serve --host {host} --port {port} --workers {workers}
Restart=always
RestartSec=1
# Calls that are under way get their last answers.
TimeoutStopSec=30
LimitNOFILE=65536
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
LockPersonality=yes
UMask=0077

[Install]
WantedBy=multi-user.target
"""

CADDY = """\
{host} {{
	# Twilio signs the address it called: path and query go on as they are.
	reverse_proxy {upstream} {{
		header_up Host {{host}}
	}}
}}
"""


@app.command(epilog="Example: clientsvia deploy systemd > /etc/systemd/system/clientsvia.service")
def systemd(*, as_json: Json = False) -> None:
    """Print a systemd unit that keeps the service running, with nothing it does not need.

    Settings and secrets are read from /etc/clientsvia.env, which root alone may read.
    """
    settings = load_settings()
    text = UNIT.format(
        origin=_origin(settings),
        state=STATE,
        environment=ENVIRONMENT,
        program=Path(sys.executable).with_name("clientsvia"),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
    )
    _show({"unit": text, "store": str(store_file(settings) or settings.store)}, text, as_json)


@app.command(epilog="Example: clientsvia deploy caddy > /etc/caddy/Caddyfile")
def caddy(*, as_json: Json = False) -> None:
    """Print a Caddyfile that serves the public origin by HTTPS, with a certificate of its own."""
    settings = load_settings()
    host = urlsplit(_origin(settings)).netloc
    if settings.tls_key is not None:
        raise ConfigurationError(
            "the service serves HTTPS itself: unset CLIENTSVIA_TLS_CERTIFICATE and "
            "CLIENTSVIA_TLS_KEY to put Caddy before it"
        )
    text = CADDY.format(host=host, upstream=f"{settings.host}:{settings.port}")
    _show({"caddyfile": text}, text, as_json)


def _origin(settings: Settings) -> str:
    if not settings.public_origin.startswith("https://"):
        raise ConfigurationError(
            "set CLIENTSVIA_PUBLIC_ORIGIN to where Twilio reaches the service, such as "
            "https://answers.example"
        )
    return settings.origin


def _show(data: dict[str, str], text: str, as_json: bool) -> None:  # noqa: FBT001 - typer's flag
    if as_json:
        write_json(data)
    else:
        typer.echo(text, nl=False)
