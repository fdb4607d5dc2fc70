from __future__ import annotations

import os
import time

from benches.load.process import cpu_ns, memory


def test_cpu_is_that_of_the_process_and_goes_up_with_work() -> None:
    before = cpu_ns(os.getpid())
    sum(range(1_000_000))
    after = cpu_ns(os.getpid())
    assert before < after <= time.process_time_ns()


def test_memory_is_told_in_megabytes() -> None:
    held = memory(os.getpid())
    assert 10 < held.proportional <= held.resident < 2_000
