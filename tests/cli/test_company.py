"""``clientsvia company`` on a store of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli.company import app
from clientsvia.companies.files import as_yaml, demo_profile
from clientsvia.companies.saving import set_up
from clientsvia.errors import ConfigurationError, InvalidInput, InvalidProfile

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

SMALL = "slug: acme\nname: Acme\ntime_zone: America/New_York\n"
ACCOUNT = "twilio: {account_sid: AC" + "0" * 32 + ", auth_tokens: [canary-secret]}\n"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_STORE", f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db")
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(tmp_path / "secret.key"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    directory = tmp_path / "companies"
    directory.mkdir()
    (directory / "acme.yaml").write_text(SMALL + "numbers: [+12395550100]\n" + ACCOUNT)
    (directory / "demo.yaml").write_text(as_yaml(demo_profile()))
    return directory


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(app, [str(part) for part in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run_json(*arguments: object) -> Any:
    return orjson.loads(run(*arguments, "--json").stdout)


def test_a_directory_is_imported_and_listed(files: Path) -> None:
    outcomes = [(row["company"], row["outcome"]) for row in run_json("import", files)]
    assert outcomes == [("acme", "created"), ("demo", "created")]
    listed = run_json("list")
    assert [(row["slug"], row["numbers"]) for row in listed] == [
        ("acme", ["+12395550100"]),
        ("demo", ["+12395551212"]),
    ]
    assert "+12395551212" in run("list").stdout


def test_a_dry_run_shows_the_difference_and_changes_nothing(files: Path) -> None:
    run("import", files)
    (files / "acme.yaml").write_text(SMALL.replace("Acme", "Zenith"))
    shown = run("import", files, "--dry-run").stdout
    assert "Would be imported" in shown
    assert "Zenith" in shown
    assert "unchanged" in shown
    assert run_json("list")[0]["name"] == "Acme"


def test_a_new_company_is_told_not_to_be_live(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Not live yet: acme, demo. When all is ready: clientsvia company live --all" in (
        run("import", files, "--dry-run").stdout
    )
    assert {row["state"] for row in run_json("import", files)} == {"setup"}
    assert "clientsvia company live acme" in run("import", files / "acme.yaml").stdout
    monkeypatch.setenv("CLIENTSVIA_DEMO", "1")
    (files / "acme.yaml").write_text(SMALL.replace("acme", "zenith"))
    assert [row["state"] for row in run_json("import", files / "acme.yaml")] == ["active"]


def test_brackets_in_a_profile_are_shown_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text(SMALL)
    run("import", tmp_path / "acme.yaml")
    (tmp_path / "acme.yaml").write_text(SMALL + "greeting: '[bold]Hi[/bold]'\n")
    assert "[bold]Hi[/bold]" in run("import", tmp_path / "acme.yaml").stdout


def test_importing_twice_changes_nothing(files: Path) -> None:
    run("import", files)
    before = run_json("list")
    assert {row["outcome"] for row in run_json("import", files)} == {"unchanged"}
    assert run_json("list") == before


def test_one_wrong_file_stops_the_whole_import(files: Path) -> None:
    (files / "wrong.yaml").write_text("slug: Wrong Slug\ncolor: blue\n")
    with pytest.raises(InvalidProfile) as caught:
        run("import", files)
    assert len(str(caught.value).splitlines()) == 4
    (files / "wrong.yaml").unlink()
    assert [row["outcome"] for row in run_json("import", files, "--dry-run")] == ["created"] * 2


def test_looking_at_a_store_that_does_not_exist_makes_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no store at"):
        run("list")
    assert list(tmp_path.iterdir()) == []


def test_an_export_holds_no_secret_and_its_import_changes_nothing(
    files: Path, tmp_path: Path
) -> None:
    run("import", files)
    backup = tmp_path / "backup"
    assert "2 written" in run("export", "--output", backup).stdout
    assert sorted(path.name for path in backup.iterdir()) == ["acme.yaml", "demo.yaml"]
    assert "canary-secret" not in (backup / "acme.yaml").read_text()
    assert {row["outcome"] for row in run_json("import", backup)} == {"unchanged"}


def test_one_company_is_exported_to_the_terminal_or_a_file(files: Path, tmp_path: Path) -> None:
    run("import", files)
    assert run("export", "demo").stdout == as_yaml(set_up(demo_profile()))
    run("export", "demo", "--output", tmp_path / "demo.json")
    assert orjson.loads((tmp_path / "demo.json").read_bytes())["slug"] == "demo"
    assert [data["slug"] for data in run_json("export")] == ["acme", "demo"]
    assert run_json("export", "demo", "--output", tmp_path / "out") == [
        str(tmp_path / "out" / "demo.yaml")
    ]


@pytest.mark.parametrize("arguments", [["export"], ["export", "--output", "all.yaml"]])
def test_several_companies_need_a_directory(files: Path, arguments: list[str]) -> None:
    run("import", files)
    with pytest.raises(InvalidInput, match="a file holds one company"):
        run(*arguments)


def test_a_company_is_shown_without_its_secrets(files: Path) -> None:
    run("import", files)
    shown = run("show", "acme").stdout
    assert shown.startswith("# revision ")
    assert "account_sid" in shown
    assert "canary-secret" not in shown
    assert run_json("show", "acme")["profile"]["name"] == "Acme"


def test_an_unknown_company_is_told_with_a_remedy(files: Path) -> None:
    run("import", files)
    with pytest.raises(InvalidInput, match="clientsvia company list"):
        run("show", "nobody")


def test_help_has_examples() -> None:
    assert "companies/ --dry-run" in " ".join(run("import", "--help").stdout.split())
