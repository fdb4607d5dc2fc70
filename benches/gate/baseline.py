"""The committed baseline: what was accepted, for which toolchain, and why."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches.gate.callgrind import ROOT, Count

FILE = Path(__file__).with_name("baseline.json")
PROFILE = "release"
BASE = "GATE_BASE"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Figures that were accepted under one key."""

    counts: dict[str, Count]
    ratios: dict[str, float]


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the baseline: when, why, and the commit it was measured on."""

    at: str
    reason: str
    commit: str
    changes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was accepted, by key, and every move that led there."""

    accepted: dict[str, Accepted] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()


def key() -> str:
    """What a count of instructions depends on besides the code."""
    libc = " ".join(platform.libc_ver())
    rustc = _output("rustc", "--version")
    processor = f"{platform.machine()}{'+avx2' if _has_avx2() else ''}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    compilers = f"{platform.python_compiler()}, {rustc}"
    return f"{python}, {compilers}, {processor}, {libc}, {PROFILE}"


def _has_avx2() -> bool:
    """What the C library and the core choose their routines by."""
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="ascii")
    except OSError:
        return False


def load(file: Path = FILE) -> Baseline:
    """The committed baseline; an empty one where there is none yet."""
    if not file.exists():
        return Baseline()
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    accepted = {
        name: Accepted(
            {subject: Count(**count) for subject, count in entry["counts"].items()},
            entry["ratios"],
        )
        for name, entry in data["accepted"].items()
    }
    return Baseline(accepted, tuple(Move(**move) for move in data["moves"]))


def save(baseline: Baseline, file: Path = FILE) -> None:
    """Write the baseline as it is to be committed."""
    file.write_text(json.dumps(asdict(baseline), indent=1) + "\n", encoding="utf-8")


def moved(
    baseline: Baseline, name: str, figures: Accepted, reason: str, changes: dict[str, str]
) -> Baseline:
    """The baseline after a move; what other keys accepted was of older code, and goes."""
    commit = _output("git", "rev-parse", "--short=12", "HEAD")
    if _output("git", "status", "--porcelain", "--untracked-files=no"):
        commit += " with changes"
    at = datetime.now(UTC).strftime("%Y-%m-%d")
    return Baseline({name: figures}, (*baseline.moves, Move(at, reason, commit, changes)))


def wants_base() -> bool:
    """Whether somebody named the commit to compare with."""
    return bool(os.environ.get(BASE))


def base_commit() -> str | None:
    """The commit to measure where the key is unknown: GATE_BASE, else the baseline's last mover."""
    wanted = os.environ.get(BASE) or _output("git", "log", "-1", "--format=%H", "--", str(FILE))
    if not wanted:
        return None
    return _output("git", "rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}") or None


def _output(*command: str) -> str:
    """What a command prints, or nothing where it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - git and rustc
    except FileNotFoundError:
        sys.stderr.write(f"{command[0]} is missing\n")
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
