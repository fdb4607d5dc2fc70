"""Counts the bytecodes a call executes, by Python function: callgrind sees but one loop of them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.gate.subjects import SUBJECTS

if TYPE_CHECKING:
    from types import CodeType, FrameType

    from benches.gate.subjects import Subject

CALLS = 20


def count(subject: Subject) -> dict[str, float]:
    """Bytecodes of one call by function; those of the gate itself are left out."""
    executed: Counter[CodeType] = Counter()

    def local(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 - the interpreter's own signature
        if event == "opcode":
            executed[frame.f_code] += 1
        return local

    def entered(frame: FrameType, _: str, __: Any) -> Any:  # noqa: ANN401 - likewise
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return local

    subject.run(CALLS)
    subject.settle()
    sys.settrace(entered)
    try:
        subject.run(CALLS)
    finally:
        sys.settrace(None)
    named: Counter[str] = Counter()
    for code, times in executed.items():
        named[_name(code)] += times
    return {
        name: round(times / CALLS, 1)
        for name, times in named.most_common()
        if times >= CALLS and not name.startswith("benches/")
    }


def _name(code: CodeType) -> str:
    """Where a function stands, from its package on: the same on every machine."""
    parts = Path(code.co_filename).parts
    for root in ("benches", "clientsvia", "site-packages", "lib"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            inside = parts[at + (root in {"site-packages", "lib"}) :]
            return f"{'/'.join(inside)}:{code.co_qualname}"
    return f"{code.co_filename}:{code.co_qualname}"


def main(names: list[str]) -> None:
    """Print the counts of these subjects as JSON."""
    counts = {}
    for name in names:
        with SUBJECTS[name]() as subject:
            counts[name] = count(subject)
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
