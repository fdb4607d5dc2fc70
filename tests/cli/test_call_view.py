from __future__ import annotations

import io

from rich.console import Console

from clientsvia.cli.call_view import Conversation, show_report
from clientsvia.simulator import CallResult, Exchange, Expectation, Line, Problem

LINES = (
    Line(0, 1, "agent", "says", "Hello [b]there[/b]."),
    Line(61, 62, "caller", "says", "Are you open?"),
    Line(63, 63, "caller", "presses", "1"),
    Line(64, 65, "agent", "plays", "a beep"),
    Line(66, 66, "twilio", "notes", "no-answer"),
    Line(67, 67, "caller", "hangs up", ""),
)


def exchange(purpose: str, *, status: int | None = 200, body: bytes = b"") -> Exchange:
    return Exchange(
        at=1.5,
        purpose=purpose,
        method="POST",
        url="http://h/api/twilio/heard?turn=1&sig=secret",
        parameters={},
        headers={},
        status=status,
        content_type="text/xml",
        body=body,
        duration_ms=2.25,
        attempts=1,
    )


def report(*requests: Exchange, problems: tuple[Problem, ...] = ()) -> str:
    result = CallResult(
        call_sid="CA1",
        outcome="hung-up",
        seconds=70,
        conversation=LINES,
        requests=requests,
        problems=problems,
        expectations=(Expectation("nine", "say 'open?'", met=False),),
        unsaid=("say 'bye'",),
        recordings=(),
    )
    screen = io.StringIO()
    show_report(Console(file=screen, width=100), result, documents=True)
    return screen.getvalue()


def test_the_agent_stands_left_and_the_caller_right() -> None:
    screen = io.StringIO()
    show = Conversation(Console(file=screen, width=60))
    for line in LINES:
        show(line)
    shown = screen.getvalue().splitlines()
    assert shown[0].rstrip() == "0:00 Hello [b]there[/b]."
    assert shown[1].endswith("1:01 Are you open?")
    assert shown[2].endswith("(presses 1)")
    assert shown[3].startswith("1:04 (plays a beep)")
    assert shown[4].strip() == "1:06 (no-answer)"
    assert shown[5].endswith("(caller hangs up)")


def test_webhooks_are_listed_with_partials_together_and_without_queries() -> None:
    shown = report(exchange("partial"), exchange("partial"), exchange("gather", status=None))
    assert "partial x 2" in shown
    assert "POST /api/twilio/heard?…" in shown
    assert "secret" not in shown
    assert "none" in shown


def test_documents_are_indented_and_what_is_none_is_shown_as_it_came() -> None:
    shown = report(
        exchange("voice", body=b"<Response><Say>Hi</Say></Response>"),
        exchange("gather", body=b"<Response><Say>broken"),
    )
    assert "<Response>\n  <Say>Hi</Say>\n</Response>" in "\n".join(
        line.rstrip() for line in shown.splitlines()
    )
    assert "<Response><Say>broken" in shown


def test_what_was_wrong_is_said_at_the_end() -> None:
    shown = report(
        exchange("voice"), problems=(Problem(13327, "error", "refused [auto]", "http://h", 2.0),)
    )
    assert "error 13327 at 2.0 s: refused [auto]" in shown
    assert "expected the agent to say 'nine' after: say 'open?'" in shown
    assert "not reached before the call ended: say 'bye'" in shown
    assert "not well" in shown
