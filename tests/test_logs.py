from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import orjson
import structlog

from clientsvia.logs import configure_logging

if TYPE_CHECKING:
    import pytest


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
