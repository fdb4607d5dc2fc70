"""Counts each subject's instructions with valgrind's callgrind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benches.gate.counting import FEW, MANY, MARK
from benches.gate.planted import VARIABLE
from benches.gate.profile import functions, per_call
from benches.gate.subjects import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
NAME_SHARE = 0.001  # functions below this share of a subject are told as the rest
REST = "(all the rest)"

IN_PYTHON = ("voice",)  # of the others, only one line is

# glibc keeps what is freed in its thread cache as usual, but without a limit: otherwise the state
# of the heap, hence what unrelated code did before, moves a rendering by 5 %.
TUNABLES = "glibc.malloc.tcache_count=2000:glibc.malloc.tcache_max=65536"


class CannotMeasure(Exception):
    """The instructions cannot be counted here; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Count:
    """Instructions of one call: in all, and by function.

    ``bytecodes`` are those of its Python functions, which callgrind sees as one loop.
    """

    total: float
    functions: dict[str, float]
    bytecodes: dict[str, float] = field(default_factory=dict)


def fixed_addresses() -> list[str]:
    """The command before valgrind that fixes addresses; empty where the machine refuses it."""
    command = ["setarch", "-R"]
    if shutil.which("setarch") is None:
        return []
    tried = subprocess.run([*command, "true"], check=False, capture_output=True)  # noqa: S603 - spelt out above
    return command if tried.returncode == 0 else []


def count(
    names: Sequence[str],
    package: Path,
    *,
    plant: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Count]:
    """Instructions a call of each subject, with ``package`` as the folder clientsvia is in.

    ``tell`` hears of each subject that is done. Raises CannotMeasure when valgrind is missing or
    the subjects do not run, as where an older package lacks what they call.
    """
    if shutil.which("valgrind") is None or shutil.which("vgdb") is None:
        raise CannotMeasure("valgrind is missing: on Debian, 'apt-get install valgrind'")
    _compile(package)
    with TemporaryDirectory(prefix="gate-") as folder:
        environment = _environment(package, Path(folder) / "store", plant)
        dumps = Path(folder) / "dump"
        _run(names, dumps, environment, tell)
        bytecodes = _bytecodes([name for name in names if name in IN_PYTHON], environment)
        counts = _counts(dumps, len(names))
        return {
            name: replace(counted, bytecodes=bytecodes.get(name, {}))
            for name, counted in zip(names, counts, strict=True)
        }


def _compile(package: Path) -> None:
    """Bytecode that is compiled on the way would leave another heap than bytecode that is read."""
    for place in (ROOT / "benches", package / "clientsvia"):
        subprocess.run([sys.executable, "-m", "compileall", "-q", place], check=True)  # noqa: S603 - spelt out


def _run(
    names: Sequence[str], dumps: Path, environment: dict[str, str], tell: Callable[[str], None]
) -> None:
    command = [
        *fixed_addresses(),
        "valgrind",
        "--quiet",
        "--tool=callgrind",
        "--instr-atstart=no",
        f"--dump-before={MARK}",
        f"--callgrind-out-file={dumps}",
        sys.executable,
        "-m",
        "benches.gate.counting",
        *names,
    ]
    _emptied(Path(environment[FOLDER]))
    with subprocess.Popen(  # noqa: S603 - spelt out above
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        lines = list(_told(process, tell))
    if process.returncode:
        raise CannotMeasure("counting failed:\n" + "".join(lines[-20:]))


def _bytecodes(names: list[str], environment: dict[str, str]) -> dict[str, dict[str, float]]:
    _emptied(Path(environment[FOLDER]))
    command = [sys.executable, "-m", "benches.gate.bytecodes", *names]
    done = subprocess.run(  # noqa: S603 - spelt out above
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotMeasure(f"counting bytecodes failed:\n{done.stderr[-2000:]}")
    counts: dict[str, dict[str, float]] = json.loads(done.stdout)
    return counts


def _emptied(store: Path) -> None:
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir()


def _environment(package: Path, store: Path, plant: str) -> dict[str, str]:
    """As little as possible: what stands here moves the stack."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(package),
        "GLIBC_TUNABLES": TUNABLES,
        FOLDER: str(store),
        VARIABLE: plant,
    }


def _told(process: subprocess.Popen[str], tell: Callable[[str], None]) -> Iterator[str]:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("counted "):
            tell(line.split()[1])
        else:
            yield line


def _counts(dumps: Path, subjects: int) -> Iterator[Count]:
    """Four parts a subject: the second and the fourth are between marks."""
    for at in range(subjects):
        few, many = (functions(dumps.with_name(f"dump.{4 * at + part}")) for part in (2, 4))
        own = per_call(few, many, MANY - FEW)
        total = sum(own.values())
        yield Count(round(total, 1), _told_functions(own, total))


def _told_functions(own: dict[str, float], total: float) -> dict[str, float]:
    told = {name: round(cost, 1) for name, cost in own.items() if cost >= total * NAME_SHARE}
    ordered = dict(sorted(told.items(), key=lambda item: -item[1]))
    return ordered | {REST: round(total - sum(told.values()), 1)}
