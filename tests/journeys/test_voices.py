"""Whole calls in a voice of the company's own: the real server, ElevenLabs' package, a stand-in."""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
import yaml

from benches.standin.audio import about
from benches.standin.server import VOICES
from clientsvia.companies.files import as_data, demo_profile
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benches.standin.server import Standin
    from clientsvia.simulator import CallResult
    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey

KEY = "sk_canary_voice"
DEFAULT, OTHER = VOICES[1], VOICES[0]
SPEECH = "/v1/text-to-speech/{}/stream"
OTHER_NUMBER = "+12395551213"
ASKED = ["How much does a visit cost?", "Are you open on Monday?"]


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    """ElevenLabs, for every service that is started."""
    with running() as standin:
        monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
        monkeypatch.setenv("ELEVENLABS_BASE_URL", standin.url)
        yield standin


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"clips": str(tmp_path / "clips")}


async def until_spoken(service: Service, companies: int = 1) -> None:
    """Return once the fixed sentences of so many companies have their clips."""
    deadline = time.monotonic() + 30
    while service.log.read_text().count("fixed sentences have their clips") < companies:
        assert time.monotonic() < deadline, service.log.read_text()
        await asyncio.sleep(0.05)


def sound(url: str) -> dict[str, str]:
    with urlopen(url) as response:
        return about(response.read())


def played(result: CallResult) -> list[dict[str, str]]:
    """Every clip the caller heard, as the stand-in made it."""
    return [sound(line.text) for line in result.conversation if line.kind == "plays"]


def heard(result: CallResult) -> str:
    """All that the caller heard, played or said, in its order."""
    return " ".join(
        sound(line.text)["text"] if line.kind == "plays" else line.text
        for line in result.conversation
        if line.who == "agent"
    )


def logged(service: Service, result: CallResult) -> list[str]:
    """Every sentence of the call, as the log has it."""
    call = service.clientsvia("calls", "show", result.call_sid)
    greeting = next(entry for entry in call["entries"] if entry["kind"] == "ringing")
    said = [greeting["data"]["said"], *(turn["answered"]["said"] for turn in call["turns"])]
    return [sentence for sentences in said for sentence in sentences]


async def ask(service: Service, *questions: str, **script: Any) -> CallResult:
    return await service.call(steps=[{"say": text} for text in questions], **script)


async def test_a_caller_hears_every_sentence_in_the_companys_voice(
    serve: Serve, standin: Standin, settings: dict[str, str]
) -> None:
    with serve(**settings) as service:
        await until_spoken(service)
        result = await ask(service, *ASKED)
        clips = played(result)
        assert [clip["text"] for clip in clips] == logged(service, result)

    assert result.ok, result.problems
    assert result.said() == []
    assert len(clips) > len(ASKED)
    assert {clip["voice"] for clip in clips} == {DEFAULT}
    spoken = [seen.body["text"] for seen in standin.seen]
    assert len(spoken) == len(set(spoken))
    assert KEY not in service.log.read_text()


async def test_clips_survive_a_restart_and_are_found_by_every_worker(
    serve: Serve, standin: Standin, settings: dict[str, str]
) -> None:
    with serve(**settings, workers="2") as service:
        await until_spoken(service)
        clips = await until_played(service)
        service.stop()
        standin.seen.clear()
        service.start()
        assert await until_played(service) == clips

    texts = {clip["text"] for clip in clips}
    assert not {seen.body["text"] for seen in standin.seen} & texts


async def until_played(service: Service) -> list[dict[str, str]]:
    """The clips of a call in which all is played, four times in a row: each worker has them."""
    deadline, played_wholly = time.monotonic() + 40, 0
    for seed in count():  # each a call of its own, not the delivery of another's webhooks
        result = await ask(service, *ASKED, seed=seed)
        played_wholly = 0 if result.said() else played_wholly + 1
        if played_wholly == 4:
            return played(result)
        assert time.monotonic() < deadline, result.said()
    raise AssertionError("there is no end to counting")


@pytest.mark.usefixtures("standin")
async def test_no_caller_hears_another_company_or_another_turn(
    serve: Serve, settings: dict[str, str], tmp_path: Path
) -> None:
    profile = as_data(demo_profile()) | {"slug": "other", "numbers": [OTHER_NUMBER]}
    profile |= {"name": "Canary Heating", "voice": {"voice": OTHER}}
    (tmp_path / "other.yaml").write_text(yaml.safe_dump(profile))
    numbers = ["+12395551212", OTHER_NUMBER]
    with serve(**settings) as service:
        service.clientsvia("company", "import", str(tmp_path / "other.yaml"))
        alone = {
            (number, order): heard(await ask(service, *ASKED[::order], to=number, seed=100 + order))
            for number in numbers
            for order in (1, -1)
        }
        plans = list(alone) * 4
        calls = [
            ask(service, *ASKED[::order], **{"to": number, "from": f"+1239333{4000 + at}"}, seed=at)
            for at, (number, order) in enumerate(plans)
        ]
        for (number, order), result in zip(plans, await asyncio.gather(*calls), strict=True):
            mine = OTHER if number == OTHER_NUMBER else DEFAULT
            assert {clip["voice"] for clip in played(result)} == {mine}
            assert heard(result) == alone[number, order]
    assert len(set(alone.values())) == len(alone)


@pytest.mark.parametrize(
    "behaviour",
    [{"fault": fault} for fault in ("quota", "server_error", "cut", "stall", "not_sound")]
    + [{"voice_ms": 3000.0}],
    ids=lambda behaviour: str(next(iter(behaviour.values()))),
)
async def test_whatever_the_voice_does_the_same_text_is_in_the_same_answer(
    serve: Serve, standin: Standin, settings: dict[str, str], behaviour: dict[str, Any]
) -> None:
    standin.rules.add(behaviour)
    with serve(**settings) as service:
        result = await ask(service, *ASKED)
        sentences = logged(service, result)

    assert result.ok, result.problems
    assert " ".join(result.said()) == " ".join(sentences)
    assert played(result) == []
    assert len(sentences) > len(ASKED)
    finals = [exchange.duration_ms for exchange in result.asked("gather")]
    assert max(finals) < 2500
