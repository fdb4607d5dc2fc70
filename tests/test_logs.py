from __future__ import annotations

import logging
import subprocess
import sys

import orjson
import pytest
import structlog

from clientsvia.logs import conceal, configure_logging
from clientsvia.stores.sql.secrets import SecretBox


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [orjson.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    structlog.get_logger("x").warning("no company", remedy="import one")
    (line,) = lines(capsys)
    assert line["event"] == "no company"
    assert line["level"] == "warning"
    assert line["remedy"] == "import one"


def test_numbers_are_shortened_and_secrets_are_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    structlog.get_logger("x").info("call", called="+12395551212", auth_token="12345", api_key="k")
    (line,) = lines(capsys)
    assert "2395551212" not in line["called"]
    assert line["auth_token"] == line["api_key"] == "hidden"


CANARIES = {
    "platform": "canary-0123456789abcdef",
    "with marks": "canary/plat+form.key==",
    "openai": "sk-proj-Canary0123456789_-abcdef",
    "elevenlabs": "sk_canary0123456789abcdef0123456789abcdef",
    "one-time link": "/link/canary-0123456789_abcdef0123456789abcdef01",
    "of our API": "cv_canary-0123456789_abcdef0123456789abcdef012",
}


@pytest.mark.parametrize("secret", CANARIES.values(), ids=CANARIES)
def test_secrets_stand_in_no_line_wherever_they_were_written(
    secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("debug")
    conceal(CANARIES["platform"], CANARIES["with marks"])
    headers = [("xi-api-key", secret), ("Authorization", f"Bearer {secret}")]

    logging.getLogger("library").debug("sent %s to https://a.example/?key=%s", headers, secret)
    structlog.get_logger("x").warning(f"refused {secret}: ask again", answer={"key": [secret]})
    structlog.get_logger("x").error("broke", exc_info=ValueError(f'no such key "{secret}"'))

    written = capsys.readouterr().err
    assert len([orjson.loads(line) for line in written.splitlines()]) == 3
    assert "canary" not in written.lower()
    assert written.count("hidden") >= 5
    assert "ask again" in written


def test_credentials_of_any_form_are_hidden_where_they_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("info")
    logging.getLogger("library").info("Authorization: Bearer canary.canary.canary")
    assert "canary" not in capsys.readouterr().err


def test_ordinary_words_are_not_taken_for_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    conceal("short", "")
    told = "a short, basic question about task_management_in_detail, asked by CA" + "1" * 32
    structlog.get_logger("x").info(told)
    assert lines(capsys)[0]["event"] == told


def test_what_was_sealed_or_opened_is_hidden_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    box = SecretBox([b"k" * 32])
    place = {"company": "acme", "field": "ai.api_key"}
    box.seal("sealed-canary-1", **place)
    elsewhere = (
        "from clientsvia.stores.sql.secrets import SecretBox as Box;"
        "print(Box([b'k' * 32]).seal('opened-canary-2', company='acme', field='ai.api_key'))"
    )
    done = subprocess.run([sys.executable, "-c", elsewhere], capture_output=True, check=True)
    box.open(done.stdout.decode().strip(), **place)

    structlog.get_logger("x").info("both: sealed-canary-1 and opened-canary-2")

    assert lines(capsys)[0]["event"] == "both: hidden and hidden"


def test_other_libraries_log_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    logging.getLogger("asyncio").error("a task %s", "failed")
    (line,) = lines(capsys)
    assert line["event"] == "a task failed"


def test_what_is_less_severe_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("error")
    structlog.get_logger("x").info("quiet")
    assert lines(capsys) == []


def test_an_exception_is_part_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    structlog.get_logger("x").error("broke", exc_info=ValueError("planted"))
    (line,) = lines(capsys)
    assert "ValueError: planted" in line["exception"]
