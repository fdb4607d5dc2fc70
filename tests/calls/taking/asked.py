"""What a caller was last asked while a message is taken, and what is made of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.calls.events import Heard
from clientsvia.calls.state import Mode
from tests.calls.calling import a_call, decided

if TYPE_CHECKING:
    from clientsvia.calls.reply import Decision
    from clientsvia.companies.company import Company

REASON, NAME, CALLERS = Mode.ASKED_REASON, Mode.ASKED_NAME, Mode.CONFIRM_CALLER
NUMBER, READ_BACK, URGENT = Mode.ASKED_NUMBER, Mode.CONFIRM_NUMBER, Mode.ASKED_URGENT


def at(mode: Mode, company: Company, text: str, **state: Any) -> Decision:
    return decided(Heard(text, 0.9), company, a_call(turn=4, mode=mode, **state))
