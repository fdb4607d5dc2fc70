"""``clientsvia user``: who may sign in, and what they may do."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clientsvia.admin.access.ports import LinkKind
from clientsvia.admin.access.visitor import Role
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_services, operator, require_store, run, stored_of
from clientsvia.errors import InvalidInput
from clientsvia.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from clientsvia.admin.access.user import User
    from clientsvia.wiring import Services

T = TypeVar("T")

app = typer.Typer(help="Who may sign in, and what they may do.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The e-mail address they sign in with.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]
Company = Annotated[str, typer.Option(help="A company's slug.")]
RoleThere = Annotated[Role | None, typer.Option(help="What they are to the company.")]
Admin = Annotated[bool, typer.Option("--admin", help="An administrator of the whole platform.")]


@app.callback()
def _group() -> None:
    """Who may sign in, and what they may do."""


@app.command(
    "list", epilog="Examples: clientsvia user list · clientsvia user list --company acme --json"
)
def list_(*, company: Company = "", as_json: Json = False) -> None:
    """List everybody who may sign in, or who has a role in one company, with all their roles."""
    found = run(_list(company))
    if as_json:
        write_json([_as_data(user) for user in found])
    elif not found:
        Console().print("Nobody yet: see 'clientsvia user link --help'.")
    else:
        Console(highlight=False).print(_table(found))


@app.command(
    epilog="Examples: clientsvia user add ada@acme.example --name 'Ada Miller' --company acme "
    "--role owner · clientsvia user add ada@acme.example --name Ada --admin --password-file FILE"
)
def add(
    email: Email,
    *,
    name: Annotated[str, typer.Option(help="What they are called.")],
    company: Company = "",
    role: RoleThere = None,
    admin: Admin = False,
    password_file: Annotated[
        Path | None, typer.Option(help="The file that holds the password; asked for without one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Add somebody with a password; where they can, let them choose it with 'user link' instead."""
    given = _roles(company, role, admin=admin)
    password = _password(password_file)

    async def work(services: Services) -> User:
        return await services.access.people.add(
            email, name, password, admin=admin, memberships=given
        )

    _tell(run(_at(company, work)), "may sign in", as_json=as_json)


@app.command(
    epilog="Examples: clientsvia user link ada@acme.example --company acme --role owner · "
    "clientsvia user link ada@acme.example · clientsvia user link --first-admin"
)
def link(
    email: Annotated[str, typer.Argument(help="Whom it is for, unless --first-admin.")] = "",
    *,
    company: Company = "",
    role: RoleThere = None,
    admin: Admin = False,
    first_admin: Annotated[
        bool, typer.Option("--first-admin", help="For whoever sets up this installation.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Print a one-time link: an invitation, or, with an address alone, one to another password.

    Send it to that person alone. A newer one of the same kind takes its place.
    """
    if bool(email) == first_admin:
        raise InvalidInput("name an e-mail address, or ask for the first administrator's link")
    invites = bool(company or role or admin)
    kind = LinkKind.INVITE if invites else LinkKind.RESET
    kind = LinkKind.FIRST_ADMIN if first_admin else kind

    async def work(services: Services) -> dict[str, str]:
        made = await services.access.links.make(
            kind, email=email, company=company, role=role, admin=admin, by=operator()
        )
        url = services.stores.settings.origin + made.path
        return {"kind": kind, "url": url, "expires_at": made.expires_at.isoformat()}

    made = run(_at(company, work))
    if as_json:
        write_json(made)
    else:
        until = f"It works once, until {made['expires_at'][:16].replace('T', ' ')} UTC."
        Console(highlight=False, soft_wrap=True).print(made["url"], until, sep="\n", markup=False)


@app.command(
    epilog="Examples: clientsvia user role ada@acme.example --company acme --role member · "
    "clientsvia user role ada@acme.example --no-admin"
)
def role(
    email: Email,
    *,
    company: Company = "",
    role: Annotated[
        Literal["owner", "member", "reader", "none"] | None,
        typer.Option(help="What they are to the company from now on."),
    ] = None,
    admin: Annotated[
        bool | None, typer.Option(help="An administrator of the whole platform, or one no more.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Change what somebody may do, from their next page on.

    A company's last owner and the last administrator stay what they are.
    """
    if bool(company) != (role is not None) or (not company and admin is None):
        raise InvalidInput("name a company with a role there, or --admin, or --no-admin")

    async def work(services: Services) -> User:
        people = services.access.people
        user = await people.named(email)
        if role is not None:
            user = await people.set_role(user.id, company, None if role == "none" else Role(role))
        if admin is not None:
            user = await people.set_admin(user.id, admin=admin)
        return user

    # A role is also taken in a company that is no more.
    _tell(run(_at(company if role != "none" else "", work)), "is changed", as_json=as_json)


@app.command(epilog="Example: clientsvia user disable ada@acme.example")
def disable(email: Email, *, as_json: Json = False) -> None:
    """Keep somebody out at once: every session and API token of theirs ends; their roles stay."""

    async def work(services: Services) -> User:
        people = services.access.people
        return await people.disable((await people.named(email)).id)

    _tell(run(_at("", work)), "is signed out everywhere, and kept out", as_json=as_json)


@app.command(epilog="Example: clientsvia user enable ada@acme.example")
def enable(email: Email, *, as_json: Json = False) -> None:
    """Let somebody who was disabled sign in again, with the password and the roles they had."""

    async def work(services: Services) -> User:
        people = services.access.people
        return await people.enable((await people.named(email)).id)

    _tell(run(_at("", work)), "may sign in again", as_json=as_json)


async def _list(company: str) -> Sequence[User]:
    async with _open(company) as services:
        users = services.access.users
        return await (users.people_of(company) if company else users.list())


async def _at(company: str, work: Callable[[Services], Awaitable[T]]) -> T:
    async with _open(company) as services:
        return await work(services)


@asynccontextmanager
async def _open(company: str) -> AsyncIterator[Services]:
    """The services; raises InvalidInput where a company is named that is none."""
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        if company:
            await stored_of(services.stores, company)
        yield services


def _roles(company: str, role: Role | None, *, admin: bool) -> dict[str, Role]:
    if bool(company) != (role is not None):
        raise InvalidInput("name a company and a role there, or neither")
    if role is None and not admin:
        raise InvalidInput("say what they may do: --company SLUG --role ROLE, or --admin")
    return {} if role is None else {company: role}


def _password(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"{file} cannot be read as text ({error}): name a file with the password alone in it"
        ) from None
    return text.strip("\r\n")


def _as_data(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "admin": user.admin,
        "disabled": user.disabled,
        "companies": dict(user.memberships),
        "created_at": user.created_at.isoformat(),
    }


def _told(user: User) -> str:
    roles = ["administrator"] if user.admin else []
    return ", ".join([*roles, *(f"{role} of {slug}" for slug, role in user.memberships.items())])


def _table(users: Sequence[User]) -> Table:
    table = Table("E-mail", "Name", "May")
    for user in users:
        may = _told(user) or "nothing"
        table.add_row(
            *map(Text, (user.email, user.name, f"{may} (disabled)" if user.disabled else may))
        )
    return table


def _tell(user: User, what: str, *, as_json: bool) -> None:
    if as_json:
        write_json(_as_data(user))
        return
    told = f"{user.email} {what} ({_told(user) or 'no role'})."
    Console(highlight=False, soft_wrap=True).print(told, markup=False)
