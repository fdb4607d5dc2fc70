"""Builds another commit with this toolchain, to be measured by today's gate."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benches.gate.callgrind import ROOT, CannotMeasure

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = ROOT / "target" / "gate"  # kept, so that the next base builds only what differs
LIBRARY = "lib_core.so"
EXTENSION = "clientsvia/_core.abi3.so"


@contextmanager
def package_of(commit: str) -> Iterator[Path]:
    """The folder with ``clientsvia`` as of a commit, its extension built; removed at the end.

    Raises CannotMeasure when it cannot be built.
    """
    with TemporaryDirectory(prefix="gate-base-") as folder:
        tree = Path(folder) / "tree"
        _run("git", "worktree", "add", "--quiet", "--detach", str(tree), commit, folder=ROOT)
        try:
            _build(tree)
            yield tree / "service"
        finally:
            _run("git", "worktree", "remove", "--force", str(tree), folder=ROOT)


def _build(tree: Path) -> None:
    # The setting of `make setup`: without it, functions have no names.
    settings = {"CARGO_PROFILE_RELEASE_STRIP": "debuginfo", "CARGO_TARGET_DIR": str(TARGET)}
    command = ("cargo", "build", "--release", "--locked", "--quiet", "--package", "clientsvia-core")
    _run(*command, "--features", "pyo3/extension-module", folder=tree, settings=settings)
    shutil.copy2(TARGET / "release" / LIBRARY, tree / "service" / EXTENSION)


def _run(*command: str, folder: Path, settings: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 - git and cargo, spelt out above
        command,
        cwd=folder,
        env=os.environ | (settings or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotMeasure(f"'{' '.join(command)}' failed:\n{done.stderr[-2000:]}")
