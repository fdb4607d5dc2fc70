"""Every command a document shows runs, and prints what the document says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from clientsvia.cli import app
from tests.docs.pages import PAGES, ROOT, agrees, blocks, mentioned, shown

if TYPE_CHECKING:
    from tests.docs.pages import Shown
    from tests.serving import Serve, Service

WIDTH = "100"
SHELL = shutil.which("bash") or "sh"
WITH_COMMANDS = [page for page in PAGES if any(shown(page))]
TURNS = ROOT / "tests/rehearsal/data/turns.tsv"
RUN = ("clientsvia ", "sed ")


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_every_command_shown_prints_what_the_page_says(
    page: Path, serve: Serve, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for block in blocks("yaml"):
        if block.name:
            (files / block.name).write_text(block.text)
    shutil.copy(TURNS, files)
    with serve() as service:
        for example in shown(page):
            if example.command.startswith(RUN):
                _try(example, service, files)


def _try(example: Shown, service: Service, directory: Path) -> None:
    """Run one line in a shell; it may fail only where the page shows how it fails."""
    # The address and the pace of life are what a page leaves to the defaults.
    here = f"clientsvia call --url {service.voice} --fast"
    line = re.sub(r"^clientsvia call\b", here, example.command)
    binaries = Path(sys.executable).parent
    done = subprocess.run(
        [SHELL, "-c", line],
        cwd=directory,
        env=service.environment
        | {"PATH": f"{binaries}:{service.environment['PATH']}", "COLUMNS": WIDTH},
        input="",
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    fails = example.output.startswith("error:")
    assert done.returncode == (1 if fails else 0), (str(example.block), line, done.stdout)
    if example.output and not agrees(example.output, done.stdout):
        pytest.fail(f"{example.block} '{example.command}' prints\n{done.stdout}", pytrace=False)


@pytest.mark.parametrize("command", mentioned())
def test_every_command_named_exists_with_its_options(command: str) -> None:
    words = shlex.split(command)
    words = words[words.index("clientsvia") + 1 :]
    current: Any = get_command(app)
    while words and words[0] in getattr(current, "commands", {}):
        current = current.commands[words.pop(0)]
    assert words[:1] == [] or words[0].startswith("--") or not hasattr(current, "commands"), words
    known = {name for parameter in current.params for name in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known
