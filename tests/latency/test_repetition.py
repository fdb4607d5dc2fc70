from clientsvia.latency.repetition import WARM_UP_RUNS, time_turn
from clientsvia.latency.timeline import Timeline


async def test_every_run_is_measured_but_the_warm_up() -> None:
    played = 0

    async def turn(timeline: Timeline) -> None:
        nonlocal played
        played += 1
        timeline.mark("parse")

    stages = await time_turn(turn, 5)
    assert played == 5 + WARM_UP_RUNS
    assert stages["parse"].n == stages["total"].n == 5
