from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from benches.gate.profile import functions, per_call

if TYPE_CHECKING:
    from pathlib import Path

DUMP = """\
version: 1
creator: callgrind-3.19.0
pid: 1
events: Ir

fl=(1) signature.rs
fn=(1) core::verify::h0123456789abcdef
12 100
+2 20
cfi=(2) sha1.rs
cfn=(2) sha1::compress
calls=3 40
* 5000
-1 7

fl=(2)
fn=(2)
40 5000

fn=(3) fib'2
1 30
fn=(4) fib
1 12

fn=(5) 0x00000000001234
9 8

fn=(6) PyObject_Vectorcall
1 2
fn=(7) _PyEval_EvalFrameDefault
1 3

totals: 5182
"""


def test_own_instructions_are_added_up_by_function(tmp_path: Path) -> None:
    dump = tmp_path / "dump.1"
    dump.write_text(DUMP)
    assert functions(dump) == {
        "core::verify": 127,
        "sha1::compress": 5000,
        "fib": 42,
        "(no symbol)": 8,
        "(CPython's interpreter loop)": 5,
    }


def test_a_call_costs_what_more_calls_add() -> None:
    few = Counter({"verify": 1_100, "start": 500})
    many = Counter({"verify": 3_100, "start": 500, "grow": 20})
    assert per_call(few, many, 200) == {"verify": 10, "start": 0, "grow": 0.1}
