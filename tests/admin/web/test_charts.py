from __future__ import annotations

import pytest

from clientsvia.admin.web.charts import HEIGHT, WIDTH, bar_chart, ceiling, line_chart


@pytest.mark.parametrize(
    ("value", "above"),
    [(0, 1), (1, 1), (1.1, 2), (0.3, 0.5), (7, 10), (10, 10), (120, 200), (0.0004, 0.0005)],
)
def test_a_scale_ends_with_a_round_number(value: float, above: float) -> None:
    assert ceiling(value) == pytest.approx(above)


def test_bars_stand_side_by_side_as_high_as_their_values() -> None:
    half, whole, none = bar_chart(["a", "b", "c"], [5, 10, 0], ["5 s", "10 s", "0 s"]).bars

    assert half.height == whole.height / 2
    assert none.height == 0
    assert half.y + half.height == whole.y + whole.height == none.y
    assert half.x + half.width < whole.x
    assert none.x + none.width < WIDTH
    assert half.title == "a: 5 s"


def test_of_many_names_only_as_many_are_written_as_fit() -> None:
    names = [str(number) for number in range(31)]
    chart = bar_chart(names, [1] * 31, names)
    below = [one.text for one in chart.labels if one.y == HEIGHT - 6]
    assert below == ["0", "4", "8", "12", "16", "20", "24", "28"]


def test_lines_go_through_their_values() -> None:
    chart = line_chart(["a", "b"], [("p50", [1, 2]), ("p99", [2, 1])])
    slow, fast = chart.lines[1].ends, chart.lines[0].ends
    assert slow[0][1] == fast[1][1] < slow[1][1] == fast[0][1]
    assert chart.lines[0].points == " ".join(f"{x},{y}" for x, y in fast)
