"""``python -m benches.standin``: providers on this machine, for people who have no account."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from dataclasses import fields

from benches.standin.answers import PERSONALITIES
from benches.standin.behaviour import PEOPLE, Behaviour
from benches.standin.faults import FAULTS
from benches.standin.server import Standin, serving

_HELP = f"""
A key or a model whose name ends with :NAME meets that fault or personality, as in
OPENAI_API_KEY=standin:quota. POST /control {{"behaviour": {{"fault": "stall"}}}} changes it for
everybody while it runs, with "key" or "model" for some; DELETE /control undoes it.

faults: {", ".join(sorted(FAULTS))}
personalities: {", ".join(sorted(PERSONALITIES))}
"""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m benches.standin",
        description="Stands in for OpenAI and ElevenLabs on this machine.",
        epilog=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--seed", type=int, default=0)
    for field in fields(Behaviour):
        usual = getattr(PEOPLE, field.name)
        name = f"--{field.name.replace('_', '-')}"
        parser.add_argument(name, type=type(usual), default=usual, help=f"default: {usual!r}")
    given = vars(parser.parse_args())
    port, seed = given.pop("port"), given.pop("seed")
    try:
        behaviour = Behaviour(**given)
    except ValueError as error:
        parser.error(str(error))
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(Standin(behaviour, seed), port))
    except OSError as error:
        parser.error(f"nobody can listen on port {port} ({error.strerror}): name another: --port")


async def _serve(standin: Standin, port: int) -> None:
    async with serving(standin, port):
        print(  # noqa: T201 - the command line's output
            f"OpenAI and ElevenLabs stand in at {standin.url}. In another window:\n\n"
            f"  export OPENAI_BASE_URL={standin.openai_url} OPENAI_API_KEY=standin\n"
            f"  export ELEVENLABS_BASE_URL={standin.url} ELEVENLABS_API_KEY=standin\n"
            "  make run\n",
            flush=True,
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
