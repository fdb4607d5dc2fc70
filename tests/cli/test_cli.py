"""What holds for every command: help with examples, and JSON alone with --json."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
import typer
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from clientsvia.companies.files import as_yaml, demo_profile
from clientsvia.companies.known_callers import changed
from clientsvia.inbox.message import Message
from clientsvia.stores.archive import back_up
from tests.contracts.people import somebody
from tests.contracts.samples import NOON, OTHER_SID, SID, ringing

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every command that needs no running service, with what it takes; {folder} is the test's own.
ARGUMENTS: dict[tuple[str, ...], list[str]] = {
    ("backup",): ["{folder}/backup.tar"],
    ("bench", "matching"): ["{folder}/turns.tsv", "--pairs", "50"],
    ("bench", "speculation"): ["{folder}/turns.tsv", "--policy", "none"],
    ("caller", "block"): ["demo", "+12393334444"],
    ("caller", "erase"): ["+12393334444", "--company", "demo", "--confirm", "+12393334444"],
    ("caller", "export"): ["+12393334444", "--company", "demo"],
    ("caller", "import"): ["demo", "{folder}/callers.csv"],
    ("caller", "list"): ["demo"],
    ("caller", "name"): ["demo", "+12393334444", "Jo Berg"],
    ("caller", "show"): ["demo", "+12393334444"],
    ("caller", "unblock"): ["demo", "+12393334444"],
    ("calls",): [],
    ("calls", "latency"): ["--company", "demo"],
    ("calls", "replay"): [OTHER_SID],
    ("calls", "show"): [SID],
    ("company", "export"): [],
    ("company", "forward"): ["demo", "office"],
    ("company", "live"): ["demo", "--offline"],
    ("company", "resume"): ["demo"],
    ("company", "suspend"): ["demo"],
    ("company", "import"): ["{folder}/demo.yaml"],
    ("company", "list"): [],
    ("company", "show"): ["demo"],
    ("doctor",): [],
    ("history", "list"): ["demo"],
    ("history", "log"): [],
    ("history", "put-back"): ["demo", "1"],
    ("history", "show"): ["demo", "1"],
    ("hours", "explain"): ["+12395551212"],
    ("hours", "override"): ["demo", "closed", "--until", "14:00"],
    ("messages", "list"): [],
    ("messages", "mark"): [SID, "done"],
    ("messages", "show"): [SID],
    ("notify", "list"): [],
    ("notify", "secret"): ["demo"],
    ("company", "remove"): ["demo", "--confirm", "Gulf Breeze Plumbing"],
    ("deploy", "caddy"): [],
    ("deploy", "systemd"): [],
    ("keys", "list"): [],
    ("keys", "rotate"): [],
    ("notify", "test"): ["demo"],
    ("number", "fallback"): ["demo"],
    ("number", "put-back"): ["+12395551212"],
    ("number", "setup"): ["+12395551212", "--dry-run"],
    ("number", "show"): ["+12395551212"],
    ("restore",): ["{folder}/made.tar", "--force"],
    ("usage",): [],
    ("user", "add"): [
        "ada@acme.example",
        *("--name", "Ada", "--company", "demo", "--role", "owner"),
        *("--password-file", "{folder}/password.txt"),
    ],
    ("user", "disable"): ["bob@acme.example"],
    ("user", "enable"): ["bob@acme.example"],
    ("user", "link"): ["--first-admin"],
    ("user", "list"): [],
    ("user", "role"): ["bob@acme.example", "--company", "demo", "--role", "owner"],
}
# These have tests of their own: test_call.py and test_serve.py.
WITH_A_SERVICE = {("call",), ("serve",)}
ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"clientsvia ([a-z]+) (-*[a-z]+(?:-[a-z]+)*)")


def commands() -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Each command that does something, with its options."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(app))]
    while waiting:
        path, command = waiting.pop()
        children = getattr(command, "commands", {})
        waiting += [((*path, name), child) for name, child in children.items()]
        if not children or getattr(command, "invoke_without_command", False):
            yield path, {option for parameter in command.params for option in parameter.opts}


COMMANDS = dict(commands())


@pytest.fixture
def folder(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo with one known caller, two calls and a message, and its profile in a file."""
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    monkeypatch.setenv("CLIENTSVIA_PORT", "9")  # where nobody listens
    monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", "https://answers.example")

    async def ring() -> None:
        async with open_stores(create=True) as stores:
            await stores.companies.save([demo_profile()])
            await stores.companies.save([changed(demo_profile(), "+12393335555", name="Jo")])
            await stores.access.users.add(somebody("bob"), "")
            await stores.audit.write("signed in", at=NOON, by="jo@demo.example")
            stores.call_log.write(ringing())
            stores.call_log.write(ringing(OTHER_SID, company="demo"))
            await stores.messages.keep(Message("acme", SID, NOON, "+15551234567", name="Ada"))

    asyncio.run(ring())
    (environment / "password.txt").write_text("four words of one's own\n")
    back_up(environment / "clientsvia.db", environment / "made.tar")
    (environment / "demo.yaml").write_text(as_yaml(demo_profile()))
    (environment / "callers.csv").write_text("number,name\n+12393334444,Jo Berg\n")
    (environment / "turns.tsv").write_text("ours\t0\tDo you repair garage doors in Naples?\n")
    return environment


def test_no_command_is_forgotten_here() -> None:
    assert set(COMMANDS) == set(ARGUMENTS) | WITH_A_SERVICE


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_help_says_what_it_does_with_examples(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])
    words = " ".join(result.stdout.replace("│", " ").split())
    assert result.exit_code == 0
    before, found, examples = words.partition("Example")
    assert len(before) > 100
    assert found
    assert f"clientsvia {' '.join(path)}" in examples


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_every_command_speaks_json(path: tuple[str, ...]) -> None:
    assert "--json" in COMMANDS[path]


@pytest.mark.parametrize("path", sorted(ARGUMENTS), ids=" ".join)
def test_json_is_all_that_is_printed(path: tuple[str, ...], folder: Path) -> None:
    arguments = [argument.format(folder=folder) for argument in ARGUMENTS[path]]
    result = CliRunner().invoke(app, [*path, *arguments, "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert orjson.loads(result.stdout)


def test_commands_that_mails_remedies_and_documents_name_are_commands() -> None:
    sources = [*ROOT.glob("service/**/*.py"), *ROOT.glob("docs/*.md"), ROOT / "README.md"]
    named = {
        (path.name, found[1], found[2])
        for path in sources
        for found in NAMED.finditer(path.read_text(encoding="utf-8"))
    }
    groups = {path[0] for path in COMMANDS if len(path) > 1} - {
        path[0] for path in COMMANDS if len(path) == 1
    }
    wrong = {name for name in named if name[1] in groups and name[1:] not in COMMANDS}
    assert len(named) > 50
    assert wrong == set()


def test_without_a_command_they_are_listed() -> None:
    told = CliRunner().invoke(app, []).output
    for path in COMMANDS:
        assert path[0] in told
