"""Draws docs/call.svg: what a simulated call looks like in a terminal, from a real run."""  # noqa: INP001 - a script

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURE = Path(__file__).with_name("call.svg")
COMMAND = "clientsvia call --no-documents"
COLUMNS = 100
START_SECONDS = 20
A_WEDNESDAY = "2026-11-18T10:00:00-05:00"
CLIENTSVIA = (sys.executable, "-m", "clientsvia")

THEME = TerminalTheme(
    (22, 27, 34),
    (201, 209, 217),
    [
        (72, 79, 88),
        (255, 123, 114),
        (126, 231, 135),
        (227, 179, 65),
        (121, 192, 255),
        (210, 168, 255),
        (86, 212, 221),
        (201, 209, 217),
    ],
)

# Whatever monospaced font the reader has: a picture loads nothing from anywhere.
FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve"
     viewBox="0 0 {width} {height}" role="img">
<title>A simulated call in the terminal</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


@contextmanager
def service() -> Iterator[str]:
    """The demo company on a Wednesday morning; yields the address of its voice webhook."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as directory:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {
            "CLIENTSVIA_DEMO": "1",
            "CLIENTSVIA_PORT": str(port),
            "CLIENTSVIA_STORE": f"sqlite+aiosqlite:///{directory}/clientsvia.db",
            "CLIENTSVIA_SECRET_KEY_FILE": f"{directory}/secret.key",
            "CLIENTSVIA_CLOCK_START": A_WEDNESDAY,
        }
        serving = subprocess.Popen(  # noqa: S603 - this very interpreter
            [*CLIENTSVIA, "serve"], env=os.environ | settings, stdout=subprocess.DEVNULL
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/health/ready")
            yield f"http://127.0.0.1:{port}/api/twilio/voice"
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait()


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(url, timeout=1).close()  # noqa: S310 - a loopback address
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def play(url: str) -> str:
    """What the command prints, with its colours."""
    command = [*CLIENTSVIA, *COMMAND.split()[1:], "--fast", "--url", url]
    environment = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": str(COLUMNS)}
    done = subprocess.run(command, env=environment, text=True, stdout=subprocess.PIPE, check=True)  # noqa: S603 - likewise
    return done.stdout


def draw(printed: str) -> str:
    """The command and its output as an SVG document."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text.assemble(("$ ", "dim"), (COMMAND, "bold")))
        console.print(Text.from_ansi(printed.rstrip()))
    return console.export_svg(title="ClientsVia", theme=THEME, code_format=FORMAT, unique_id="call")


def main() -> None:
    """Play the call twice, the second time on a warm service, and draw that one."""
    with service() as url:
        play(url)
        PICTURE.write_text(draw(play(url)), encoding="utf-8")


if __name__ == "__main__":
    main()
