from clientsvia.latency.timeline import Timeline


def test_segments_are_contiguous_and_add_up_to_the_whole() -> None:
    ticks = iter([100, 130, 130, 190])
    timeline = Timeline(lambda: next(ticks))
    timeline.mark("receive")
    timeline.mark("parse")
    timeline.mark("answer")
    assert timeline.segments == {"receive": 30, "parse": 0, "answer": 60}
    assert timeline.total == 90


def test_a_stage_that_comes_twice_adds_up() -> None:
    ticks = iter([0, 5, 7, 10])
    timeline = Timeline(lambda: next(ticks))
    timeline.mark("answer")
    timeline.mark("render")
    timeline.mark("answer")
    assert timeline.segments == {"answer": 8, "render": 2}
