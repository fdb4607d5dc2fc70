"""``clientsvia call``: plays a caller against the running service, with no account used."""

from __future__ import annotations

import asyncio
import socket
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console

from clientsvia.cli.call_view import Conversation, show_report
from clientsvia.cli.json_output import write_json
from clientsvia.cli.typed_caller import TypedCaller
from clientsvia.errors import ClientsViaError, InvalidInput
from clientsvia.simulator import (
    RealClock,
    Script,
    ScriptError,
    VirtualClock,
    load_script,
    place_call,
    shipped_script,
)
from clientsvia.simulator.address import usable
from clientsvia.simulator.script import shipped_names, validated

DEFAULT_URL = "http://127.0.0.1:8000/api/twilio/voice"
EPILOG = (
    "Examples: clientsvia call · clientsvia call --say 'Are you open on Monday?' --expect Monday · "
    "clientsvia call my_script.yaml --json · clientsvia call --talk"
)
CONNECT_SECONDS = 5.0
LIVELY = 4.0
"""How many times faster than life a call is shown: quick, and still to be followed."""


def call(  # noqa: PLR0913 - each is an option of the command
    script: Annotated[
        str | None, typer.Argument(help="A YAML file, or the name of a script that comes with it.")
    ] = None,
    *,
    url: Annotated[str, typer.Option(help="The voice webhook to call.")] = DEFAULT_URL,
    to: Annotated[str | None, typer.Option(help="The number that is called.")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="The caller's number.")] = None,
    say: Annotated[
        list[str] | None, typer.Option(help="What the caller says; repeat it for each turn.")
    ] = None,
    press: Annotated[
        list[str] | None, typer.Option(help="Digits the caller presses after what is said.")
    ] = None,
    expect: Annotated[
        list[str] | None, typer.Option(help="A phrase the agent must say after the last of these.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(help="Sign as the account with this token."),
    ] = None,
    account: Annotated[str | None, typer.Option(help="The account's SID.")] = None,
    listener: Annotated[
        str | None, typer.Option(help="Where a server with a public URL is really reached.")
    ] = None,
    status_url: Annotated[
        str, typer.Option(help="Status callback, relative to the webhook; empty for none.")
    ] = "status",
    fallback_url: Annotated[
        str, typer.Option(help="Fallback, relative to the webhook; empty for none.")
    ] = "fallback",
    talk: Annotated[bool, typer.Option("--talk", help="Type what the caller says.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Take no time; default of --json.")] = False,
    speed: Annotated[float, typer.Option(help="Times faster than life.", min=0.1)] = LIVELY,
    json: Annotated[bool, typer.Option("--json", help="Print the whole call as JSON.")] = False,
    documents: Annotated[bool, typer.Option(help="Show each TwiML document.")] = True,
) -> None:
    """Play a caller against a webhook server, exactly as Twilio would, with no account.

    Shows the conversation as it goes, then every webhook with its time and every TwiML document.
    Ends with 1 when Twilio would have reported an error or when something expected was not said.
    """
    if talk and json:
        raise InvalidInput("--talk is for a person and --json for a machine: leave one out")
    given = {
        "from": from_,
        "to": to,
        "account_sid": account,
        "token": token,
        "steps": _steps(say or [], press or [], expect or []),
    }
    defaults = {"status_url": status_url, "fallback_url": fallback_url}
    played = _script(script, {name: value for name, value in given.items() if value}, defaults)
    _demand_listener(listener or url)
    console = Console(quiet=json)
    clock = VirtualClock() if fast or json or talk else RealClock(speed)
    person = TypedCaller(console) if talk else None
    observe = Conversation(console)
    result = asyncio.run(
        place_call(played, url=url, clock=clock, listener=listener, person=person, observe=observe)
    )
    if json:
        write_json(result.as_dict())
    else:
        show_report(console, result, documents=documents)
    if not result.ok:
        raise typer.Exit(1)


def _steps(say: list[str], press: list[str], expect: list[str]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [{"say": text} for text in say]
    steps += [{"press": digits} for digits in press]
    if expect:
        steps = steps or [{}]
        steps[-1]["expect"] = expect
    return steps


def _script(name: str | None, given: dict[str, Any], defaults: dict[str, str]) -> Script:
    """The script that was named, or one of what was given; the shipped one when nothing was."""
    try:
        if name is None:
            base = Script() if "steps" in given else shipped_script()
        else:
            base = shipped_script(name) if name in shipped_names() else load_script(name)
        written = base.model_dump(by_alias=True, exclude_unset=True)
        return validated(defaults | written | given, name or "the call")
    except ScriptError as error:
        raise InvalidInput(str(error)) from error


def _demand_listener(url: str) -> None:
    """Raise ClientsViaError with the remedy when nothing listens where the call would go."""
    if not usable(url):
        raise InvalidInput(f"{url!r} is no address: write --url {DEFAULT_URL}")
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), timeout=CONNECT_SECONDS).close()
    except OSError as error:
        raise ClientsViaError(
            f"nothing listens at {parts.hostname}:{port} ({error.strerror or error}): start the "
            "service with `make run`, or give the address of its voice webhook with --url"
        ) from error
