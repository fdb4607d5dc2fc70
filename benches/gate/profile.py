"""Reads what callgrind wrote: instructions by function."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAME = re.compile(r"(c?fn)=\((\d+)\)(?: (.*))?$")
_RUST_HASH = re.compile(r"::h[0-9a-f]{16}$")
_CYCLE = re.compile(r"'\d+$")
_LOOP = {"_PyEval_EvalFrameDefault", "PyObject_Vectorcall", "_PyObject_MakeTpCall"}
_ADDRESS = re.compile(r"^0x[0-9a-f]+$")


def functions(dump: Path) -> Counter[str]:
    """Each function's own instructions in one dump; calls count where they are carried out."""
    with dump.open() as lines:
        return _own_costs(lines)


def _own_costs(lines: Iterable[str]) -> Counter[str]:
    names: dict[str, str] = {}
    costs: Counter[str] = Counter()
    current, callee_next = "", False
    for line in lines:
        if named := _NAME.match(line):
            kind, number, name = named.groups()
            if name is not None:
                names[number] = _plain(name)
            if kind == "fn":
                current = names[number]
        elif line.startswith("calls="):
            callee_next = True
        elif line[:1].isdigit() or line[:1] in "+-*":
            if callee_next:  # what the call cost in all: counted in the callee
                callee_next = False
            else:
                costs[current] += int(line.split()[1])
    return costs


def _plain(name: str) -> str:
    """A function's name that two builds share: without hashes, recursion marks and addresses."""
    name = _RUST_HASH.sub("", _CYCLE.sub("", name.strip()))
    if name in _LOOP:  # callgrind cannot tell these apart the same way twice
        return "(CPython's interpreter loop)"
    return "(no symbol)" if _ADDRESS.match(name) else name


def per_call(few: Counter[str], many: Counter[str], calls: int) -> dict[str, float]:
    """Instructions a call by function: what ``calls`` more calls added."""
    return {name: (many[name] - few[name]) / calls for name in few.keys() | many.keys()}
