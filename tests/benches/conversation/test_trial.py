from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from benches.conversation.__main__ import as_data
from benches.conversation.plot import drawn
from benches.conversation.trial import Trial


def trial(policy: str, *waits: float) -> Trial:
    return Trial(policy, waits, tuple(wait / 2 for wait in waits), 2.0, 1.5, 0.25, 1.25)


TRIALS = [trial("none", 0.8, 0.8, 0.8), trial("oracle", 0.0, 0.0, 0.4), trial("balanced", 0.2, 0.2)]


def test_the_saving_is_a_share_of_the_oracles() -> None:
    figures = as_data(TRIALS[2], TRIALS)
    assert (figures["p50_ms"], figures["rehearsed_p50_ms"]) == (200, 100)
    assert figures["saving_vs_oracle"] == figures["rehearsed_saving"] == 0.75


def test_without_bounds_there_is_no_saving() -> None:
    assert "saving_vs_oracle" not in as_data(TRIALS[2], TRIALS[2:])


def test_the_picture_has_a_line_for_each_policy_real_and_rehearsed() -> None:
    picture = ET.fromstring(drawn(TRIALS))
    lines = list(picture.iter("{http://www.w3.org/2000/svg}polyline"))
    assert len(lines) == 2 * len(TRIALS)
    assert sum("stroke-dasharray" in line.attrib for line in lines) == len(TRIALS)
    for line in lines:
        heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
        assert heights == pytest.approx(sorted(heights, reverse=True))
