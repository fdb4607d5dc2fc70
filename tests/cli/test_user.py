from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.admin.access.visitor import Role
from clientsvia.cli.session import open_stores
from clientsvia.cli.user import app
from clientsvia.companies.files import demo_profile
from clientsvia.errors import ConfigurationError, InvalidInput
from clientsvia.wiring.access import Access, open_access
from tests.admin.access.guests import OTHER, PASSWORD, join, sign_in
from tests.notices.samples import Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from clientsvia.admin.access.user import User


def at(work: Callable[[Access], Awaitable[Any]]) -> Any:
    """What somebody does at the store that the commands use."""

    async def there() -> Any:
        async with open_stores(create=True) as stores:
            if not await stores.companies.all():
                await stores.companies.save([demo_profile()])
            return await work(open_access(stores.access, Clock()))

    return asyncio.run(there())


def known() -> dict[str, User]:
    async def listed(access: Access) -> dict[str, User]:
        return {user.email: user for user in await access.users.list()}

    return dict(at(listed))


@pytest.fixture
def people(environment: Path) -> Path:
    """An administrator, and the demo's one owner."""

    async def fill(access: Access) -> None:
        await join(access, "bob", admin=True)
        await join(access, "ada", demo=Role.OWNER)

    at(fill)
    return environment


def printed(*arguments: str, **options: Any) -> str:
    done = CliRunner(env={"COLUMNS": "120"}).invoke(
        app, arguments, catch_exceptions=False, **options
    )
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*arguments: str) -> str:
    error = CliRunner().invoke(app, arguments).exception
    assert isinstance(error, InvalidInput), error
    return str(error)


@pytest.mark.usefixtures("people")
def test_people_are_listed_with_what_they_may_do() -> None:
    told = printed("list")
    assert "bob@acme.example" in told
    assert "administrator" in told
    assert "owner of demo" in told

    (ada,) = orjson.loads(printed("list", "--company", "demo", "--json"))
    assert (ada["email"], ada["companies"], ada["admin"]) == (
        "ada@acme.example",
        {"demo": "owner"},
        False,
    )
    assert "hash" not in ada
    assert "no company is called 'acme'" in refused("list", "--company", "acme")


@pytest.mark.usefixtures("environment")
def test_where_nobody_is_it_says_what_to_do() -> None:
    assert known() == {}
    assert "clientsvia user link" in printed("list")


@pytest.mark.usefixtures("environment")
def test_a_store_that_does_not_exist_is_not_made() -> None:
    assert isinstance(CliRunner().invoke(app, ["list"]).exception, ConfigurationError)


@pytest.mark.parametrize("way", ["file", "-", "typed"])
def test_who_is_added_signs_in_with_the_password_given(people: Path, way: str) -> None:
    (people / "password").write_text(f"{OTHER}\n")
    place = {"file": str(people / "password"), "-": "-"}.get(way)
    given = f"{OTHER}\n" * (2 if way == "typed" else 1)
    file = ["--password-file", place] if place else []

    told = printed(
        "add", "cyd@acme.example", "--name", "Cyd", "--company", "demo", "--role", "member", *file,
        input=given,
    )  # fmt: skip

    assert "cyd@acme.example may sign in (member of demo)." in told
    assert OTHER not in told

    async def enter(access: Access) -> str:
        return await sign_in(access, "cyd", OTHER)

    assert at(enter)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "say what they may do"),
        (["--company", "demo"], "a company and a role there"),
        (["--company", "acme", "--role", "owner"], "no company is called 'acme'"),
        (["--admin", "--password-file", "/nowhere"], "name a file"),
    ],
)
def test_nobody_is_added_by_halves(people: Path, options: list[str], told: str) -> None:
    (people / "password").write_text(PASSWORD)
    file = [] if "--password-file" in options else ["--password-file", str(people / "password")]

    assert told in refused("add", "cyd@acme.example", "--name", "Cyd", *options, *file)

    assert "cyd@acme.example" not in known()


@pytest.mark.usefixtures("people")
def test_a_link_is_printed_under_the_public_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_PUBLIC_ORIGIN", "https://answers.example")

    url, until = printed(
        "link", "cyd@acme.example", "--company", "demo", "--role", "reader", "--admin"
    ).splitlines()

    address, _, token = url.rpartition("/")
    assert address == "https://answers.example/link"
    assert until.startswith("It works once, until 20")

    async def follow(access: Access) -> User:
        return await access.links.use(token, name="Cyd", password=PASSWORD)

    user = at(follow)
    assert (user.admin, user.memberships) == (True, {"demo": Role.READER})


@pytest.mark.usefixtures("people")
def test_an_address_alone_gets_a_link_to_another_password() -> None:
    made = orjson.loads(printed("link", "ada@acme.example", "--json"))
    assert made["kind"] == "reset"

    async def follow(access: Access) -> str:
        token = made["url"].rpartition("/")[2]
        link = await access.links.look(token)
        assert link is not None
        assert link.by.startswith("command line (")
        await access.links.use(token, password=OTHER)
        return await sign_in(access, password=OTHER)

    assert at(follow)
    assert "nobody has the address" in refused("link", "eve@acme.example")


@pytest.mark.usefixtures("people")
def test_there_is_one_first_administrator() -> None:
    assert "an administrator already" in refused("link", "--first-admin")
    for wrong in (["link"], ["link", "ada@acme.example", "--first-admin"]):
        assert "name an e-mail address" in refused(*wrong)


@pytest.mark.usefixtures("people")
def test_roles_are_changed_but_the_last_owner_stays() -> None:
    assert "last owner of demo" in refused(
        "role", "ada@acme.example", "--company", "demo", "--role", "reader"
    )
    printed("role", "bob@acme.example", "--company", "demo", "--role", "owner")

    told = printed("role", "ada@acme.example", "--company", "demo", "--role", "none", "--admin")

    assert told == "ada@acme.example is changed (administrator).\n"
    printed("role", "bob@acme.example", "--no-admin")
    users = known()
    assert users["ada@acme.example"].memberships == {}
    assert not users["bob@acme.example"].admin
    assert "last administrator" in refused("role", "ada@acme.example", "--no-admin")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "name a company with a role there, or --admin"),
        (["--company", "demo"], "name a company with a role there"),
        (["--role", "owner", "--admin"], "name a company with a role there"),
        (["--company", "acme", "--role", "owner"], "no company is called 'acme'"),
    ],
)
def test_a_role_is_one_of_a_company(options: list[str], told: str) -> None:
    assert told in refused("role", "ada@acme.example", *options)


@pytest.mark.usefixtures("people")
def test_somebody_is_kept_out_and_let_in_again() -> None:
    session = at(sign_in)

    told = printed("disable", "ada@acme.example")

    async def enters(access: Access) -> bool:
        return await access.signing_in.visitor(session) is not None

    assert "kept out" in told
    assert not at(enters)
    assert "(disabled)" in printed("list")
    assert orjson.loads(printed("enable", "ada@acme.example", "--json"))["disabled"] is False
    assert "last administrator" in refused("disable", "bob@acme.example")
