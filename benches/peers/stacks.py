"""Peers made ready: npm install and go build, into target/peers/, when they are there to do it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benches.load.stacks import ROOT, DidNotStart, Stack
from benches.peers import companies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
BUILT = ROOT / "target" / "peers"
FALCON, EXPRESS, GO = "Falcon, Python libraries", "Express", "Go net/http"
GOALS = {FALCON: 5.0, EXPRESS: 4.0, GO: 1.7}


def peers(folder: Path, tell: Callable[[str], None]) -> Iterator[Stack]:
    """Every peer whose tools are here; ``tell`` hears of those that are left out, and why."""
    file = folder / "companies.json"
    companies.write(file)
    known = {companies.VARIABLE: str(file)}
    command = [sys.executable, "-m", "benches.load.serve_other", "benches.peers.falcon_app:app"]
    yield Stack(FALCON, [*command, "{port}"], known)
    if _here("node", "npm", name=EXPRESS, tell=tell):
        yield Stack(
            EXPRESS,
            ["node", "server.js"],
            {**known, "NODE_ENV": "production"},
            workers=False,
            folder=_express(),
        )
    if _here("go", name=GO, tell=tell):
        yield Stack(GO, [str(_go())], {**known, "GOMAXPROCS": "1"}, workers=False)


def _here(*commands: str, name: str, tell: Callable[[str], None]) -> bool:
    missing = [command for command in commands if shutil.which(command) is None]
    if missing:
        tell(f"{name} is left out: {' and '.join(missing)} not found")
    return not missing


def _express() -> Path:
    """Installed once, and again when package.json changed."""
    folder, wanted = BUILT / "express", HERE / "express" / "package.json"
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / ".installed"
    if not done.exists() or done.read_bytes() != wanted.read_bytes():
        shutil.copy(wanted, folder)
        _run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", folder=folder)
        shutil.copy(wanted, done)
    shutil.copy(HERE / "express" / "server.js", folder)
    return folder


def _go() -> Path:
    program = BUILT / "go"
    _run("go", "build", "-trimpath", "-o", str(program), ".", folder=HERE / "go")
    return program


def _run(*command: str, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - npm and go, spelt out above
    if done.returncode:
        raise DidNotStart(f"'{' '.join(command)}' failed:\n{done.stderr[-2000:]}")
