"""A call in a sentence or two, from what was committed of it: pure, and without any account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from clientsvia.calls.ports import LoggedCall, LoggedTurn
    from clientsvia.companies.company import Company

QUESTIONS_TOLD = 3
WORDS_TOLD = 20
ANSWERED = ("knowledge:", "model:", "hours", "address")
"""Sources of an answer to a question; whatever else was said belongs to the call itself."""
LONGEST_TALK_S = 4 * 3600


def caller_of(call: LoggedCall | None) -> str:
    """The number a call came from, or the word Twilio sends instead; empty when unknown."""
    return call.caller if call else ""


def caller_name(call: LoggedCall | None, company: Company | None) -> str:
    """What the company calls the number a call came from, unless it was found to be feigned."""
    if (
        call is None
        or company is None
        or any(entry.data.get("unverified") for entry in call.entries)
    ):
        return ""
    known = company.callers.known.get(call.caller)
    return known.name if known else ""


def transfers(call: LoggedCall | None) -> list[tuple[str, str]]:
    """The target and the outcome of each transfer that nobody took."""
    missed = (effect for effect in _effects(call) if effect["type"] == "TransferMissed")
    return [(str(effect["target"]), str(effect["outcome"])) for effect in missed]


def urgent_words(call: LoggedCall | None) -> list[str]:
    """What was said that is urgent to the company."""
    return [str(effect["words"]) for effect in _effects(call) if effect["type"] == "UrgentCall"]


def called_off(call: LoggedCall | None) -> bool:
    """Whether a missed transfer need not be told: somebody was reached, or a message left after."""
    if call is None:
        return False
    kinds = [effect["type"] for effect in _effects(call)]
    last = max((at for at, kind in enumerate(kinds) if kind == "TransferMissed"), default=-1)
    return call.outcome == "transferred" or "MessageLeft" in kinds[last + 1 :]


def is_going_on(call: LoggedCall | None, now: datetime, quiet: timedelta) -> bool:
    """Whether more may come of a call: after ``quiet`` nothing does, but for one who talks."""
    if call is None or call.ended_at is not None:
        return False
    latest = call.turns[-1].at if call.turns else call.started_at
    silent = now - latest
    talks = call.outcome == "transferring" and silent.total_seconds() < LONGEST_TALK_S
    return talks or silent < quiet


def summary(call: LoggedCall | None, company: Company | None) -> str:
    """What was urgent, what was asked and answered, whom they missed, what is to be done."""
    if call is None:
        return ""
    urgent = [f"Urgent: {_quoted(words)}." for words in urgent_words(call)]
    return " ".join([*urgent, *_asked(call), *_missed(call, company), *_left(call)])


def _asked(call: LoggedCall) -> Iterator[str]:
    answered, unanswered = [], []
    for source, asked in _questions(call.turns):
        if source.startswith(ANSWERED):
            answered.append(_quoted(asked))
        elif source == "unknown":
            unanswered.append(_quoted(asked))
    if answered:
        yield f"Asked {_listed(answered)}, and was answered."
    if unanswered:
        begun = "Also asked" if answered else "Asked"
        yield f"{begun} {_listed(unanswered)}, which nobody has answered yet."


def _questions(turns: Sequence[LoggedTurn]) -> Iterator[tuple[str, str]]:
    """From what each turn was answered, and what was asked; an answer may take several turns."""
    asked = ""
    for turn in turns:
        goes_on = turn.event.get("type") == "Continued"
        asked = str(turn.event.get("text") or "") or (asked if goes_on else "")
        if asked:
            yield str(turn.answered.get("source") or ""), asked


def _left(call: LoggedCall) -> Iterator[str]:
    left = [effect for effect in _effects(call) if effect["type"] == "MessageLeft"]
    if any(effect["complete"] for effect in left):
        yield "Left a message, and is to be called back."
    elif left:
        yield "Began a message and did not finish it."


def _quoted(asked: str) -> str:
    words = asked.split()
    more = "\N{HORIZONTAL ELLIPSIS}" if len(words) > WORDS_TOLD else ""
    text = " ".join(words[:WORDS_TOLD]).rstrip(".,;: ")
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}{more}\N{RIGHT DOUBLE QUOTATION MARK}"


def _listed(questions: list[str]) -> str:
    told = list(dict.fromkeys(questions))
    more = len(told) - QUESTIONS_TOLD
    if more > 0:
        told = [*told[:QUESTIONS_TOLD], f"{more} more"]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _missed(call: LoggedCall, company: Company | None) -> Iterator[str]:
    if not (missed := transfers(call)):
        return
    names = dict.fromkeys(_name(target, company) for target, _ in missed)
    yield f"Could not be put through to {' or '.join(names)}."


def _name(target_id: str, company: Company | None) -> str:
    target = company.target(target_id) if company else None
    return target.name if target else target_id or "anybody"


def _effects(call: LoggedCall | None) -> Iterator[Mapping[str, Any]]:
    for turn in call.turns if call else ():
        yield from turn.answered.get("effects") or ()
