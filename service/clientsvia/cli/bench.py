"""``clientsvia bench``: what preparing answers early brings, and whether words are told apart."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.onset import DEFAULT, NONE, POLICIES
from clientsvia.cli import bench_view
from clientsvia.cli.json_output import write_json
from clientsvia.errors import InvalidInput
from clientsvia.rehearsal.dialogues import read_turns, vocabulary
from clientsvia.rehearsal.figures import Bounds, figures, judged, median
from clientsvia.rehearsal.pairs import changed_pairs, noise_pairs
from clientsvia.rehearsal.recogniser import Recogniser
from clientsvia.rehearsal.speculating import rehearse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientsvia.rehearsal.figures import Figures
    from clientsvia.rehearsal.recogniser import Turn
    from clientsvia.rehearsal.speculating import Measured

ORACLE = "oracle"
app = typer.Typer(help="Measure how answers are prepared while callers speak.")

File = Annotated[
    Path, typer.Argument(help="What callers said: dialogue, turn, text; tabs between.")
]
Seed = Annotated[int, typer.Option(help="Equal seeds make equal noise.")]
Turns = Annotated[int | None, typer.Option(min=1, help="Take only so many turns of the file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command(
    epilog="Examples: clientsvia bench speculation turns.tsv · clientsvia bench speculation "
    "turns.tsv --policy balanced --policy eager --seed 2 · clientsvia bench speculation turns.tsv "
    "--turns 200 --json"
)
def speculation(
    file: File,
    *,
    policy: Annotated[
        list[str] | None, typer.Option(help="A start policy; repeat it for several.")
    ] = None,
    seed: Seed = 1,
    turns: Turns = None,
    as_json: AsJson = False,
) -> None:
    """Measure, in virtual time, what callers wait for an answer under several start policies.

    Each turn that asks for an answer is heard by a recogniser with the errors of real ones, and
    played against the real code with a model and a voice that take their time. Two bounds run
    along: no preparing at all, and an oracle that knows what will be said.
    """
    names = list(dict.fromkeys(policy or POLICIES))
    if unknown := [name for name in names if name not in POLICIES]:
        raise InvalidInput(f"there is no policy {unknown[0]}: use one of {', '.join(POLICIES)}")
    texts = read_turns(file, turns)
    heard = _heard(texts, seed)
    found = list(_measured(heard, [name for name in names if name != NONE.name], seed))
    if as_json:
        write_json({"seed": seed, "said": len(texts), "policies": [asdict(row) for row in found]})
    else:
        Console().print(bench_view.speculation(found, said=len(texts)))


@app.command(
    epilog="Examples: clientsvia bench matching turns.tsv · clientsvia bench matching turns.tsv "
    "--pairs 1000 --seed 2 --json"
)
def matching(
    file: File,
    *,
    pairs: Annotated[int, typer.Option(min=1, help="How many pairs of either sort.")] = 20_000,
    seed: Seed = 1,
    turns: Turns = None,
    as_json: AsJson = False,
) -> None:
    """Count how often changed meanings are taken for the same, and noise for a change.

    The pairs are made of the file's turns, and labelled by how they were made: negation,
    correction, another name, number or day, "never mind", an addition; or recognition noise alone.
    Ends with 1 when any changed meaning is accepted.
    """
    texts = read_turns(file, turns)
    rng = Random(seed)  # noqa: S311 - noise, not a secret
    with _progress() as progress:
        every = [*changed_pairs(texts, pairs, rng), *noise_pairs(texts, pairs, rng)]
        result = judged(progress.track(every, description="pairs"))
    if as_json:
        write_json(asdict(result))
    else:
        Console().print(bench_view.matching(result))
    if result.false_accepts:
        raise typer.Exit(1)


def _heard(texts: Sequence[str], seed: int) -> list[Turn]:
    """The turns that ask for an answer; courtesies and wishes of the call get theirs at once."""
    recogniser = Recogniser(vocabulary(texts))
    asking = [text for text in texts if intent_of(text) is Intent.QUESTION]
    if not asking:
        raise InvalidInput("none of these turns asks for an answer: give a file with questions")
    numbered = enumerate(asking)
    return [recogniser.hear(text, Random(f"{seed} {number}")) for number, text in numbered]  # noqa: S311 - noise


def _measured(heard: Sequence[Turn], names: Sequence[str], seed: int) -> Iterator[Figures]:
    rehearsed: dict[str, list[Measured]] = {}
    with _progress() as progress:
        for name in (NONE.name, ORACLE, *names):
            task = progress.add_task(name, total=len(heard))
            done = partial(progress.advance, task)
            rehearsed[name] = rehearse(heard, POLICIES.get(name), seed, done)
    bounds = Bounds(median(rehearsed[NONE.name]), median(rehearsed[ORACLE]))
    for name, measured in rehearsed.items():
        yield figures(name, measured, bounds, default=name == DEFAULT.name)


def _progress() -> Progress:
    """How far it has come, on standard error, and gone when done."""
    return Progress(console=Console(stderr=True), transient=True)
