"""What the gate counts the instructions of: the core's hot functions and the voice webhook."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benches.webhook import (
    BODY,
    CALLED,
    SIGNATURE,
    TOKEN,
    URL,
    numbers,
    signed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Run = Callable[[int], None]
    Setup = Callable[[], AbstractContextManager["Subject"]]

FOLDER = "GATE_FOLDER"  # where the webhook's store is put
CALLS = 1_000  # distinct callers of the voice webhook, so that none has too many calls


def _nothing() -> None: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to call ``run`` times; ``settle`` ends what the calls left to be done."""

    run: Run
    settle: Callable[[], None] = _nothing


def _repeating(call: Callable[[], Any], expected: object) -> Subject:
    if (result := call()) != expected:
        raise AssertionError(f"{call} gave {result!r}, not {expected!r}")

    def run(times: int) -> None:
        for _ in range(times):
            call()

    return Subject(run)


@contextmanager
def _normalize() -> Iterator[Subject]:
    from clientsvia.telephony.numbers import normalize  # noqa: PLC0415 - only what is measured loads

    yield _repeating(lambda: normalize(CALLED), CALLED)


@contextmanager
def _normalize_national() -> Iterator[Subject]:
    from clientsvia.telephony.numbers import normalize  # noqa: PLC0415 - likewise

    yield _repeating(lambda: normalize("(239) 555-1212"), CALLED)


@contextmanager
def _lookup() -> Iterator[Subject]:
    from clientsvia.telephony.directory import NumberDirectory  # noqa: PLC0415 - likewise

    directory: NumberDirectory[str] = NumberDirectory(lifetime_s=86_400)
    for number in (CALLED, *numbers(0, 1_000)):
        directory.replace(number, number, [number])
    yield _repeating(lambda: directory.get(CALLED), CALLED)


@contextmanager
def _search() -> Iterator[Subject]:
    from benches.knowledge import ASKED, entries  # noqa: PLC0415 - likewise
    from clientsvia.telephony.search import Index  # noqa: PLC0415 - likewise

    index = Index(entries(200))
    yield _repeating(lambda: index.search(ASKED, 1)[0][0], 199)


@contextmanager
def _verify() -> Iterator[Subject]:
    from clientsvia.telephony.form import parse_form  # noqa: PLC0415 - likewise
    from clientsvia.telephony.signature import verify  # noqa: PLC0415 - likewise

    form = parse_form(BODY)
    yield _repeating(lambda: verify(TOKEN, URL, form, SIGNATURE), expected=True)


@contextmanager
def _parse() -> Iterator[Subject]:
    from clientsvia.telephony.form import parse_form  # noqa: PLC0415 - likewise

    yield _repeating(lambda: len(parse_form(BODY)), 27)


@contextmanager
def _render_tree() -> Iterator[Subject]:
    from benches.document import ACTION, ANSWER, EXPECTED, document  # noqa: PLC0415 - likewise
    from clientsvia.telephony.twiml import render  # noqa: PLC0415 - likewise

    yield _repeating(lambda: render(document(ANSWER, ACTION)), EXPECTED)


@contextmanager
def _render_template() -> Iterator[Subject]:
    from benches.document import ACTION, ANSWER, EXPECTED, document  # noqa: PLC0415 - likewise
    from clientsvia.telephony.twiml import Template, slot  # noqa: PLC0415 - likewise

    template = Template(document(slot("answer"), slot("action")))
    yield _repeating(lambda: template.fill(ACTION, ANSWER), EXPECTED)


@contextmanager
def _voice() -> Iterator[Subject]:
    from benches.in_process import service  # noqa: PLC0415 - likewise

    requests = [
        signed(f"CA{at:032x}", caller, CALLED) for at, caller in enumerate(numbers(0, CALLS))
    ]
    waiting = iter(requests)
    with service(Path(os.environ[FOLDER])) as running:
        document = running.post(requests[-1:])
        if b"Gulf Breeze Plumbing" not in document or b"<Gather" not in document:
            raise AssertionError(f"the voice webhook answered {document!r}")
        running.be_quiet()

        def run(times: int) -> None:
            running.post(islice(waiting, times))

        yield Subject(run, running.settle)


SUBJECTS: dict[str, Setup] = {
    "normalize": _normalize,
    "normalize_national": _normalize_national,
    "lookup": _lookup,
    "search": _search,
    "verify": _verify,
    "parse": _parse,
    "render_tree": _render_tree,
    "render_template": _render_template,
    "voice": _voice,
}
