from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.errors import ConfigurationError
from clientsvia.stores.sql.secrets import SecretBox, load_keys

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"o" * 32
NEW = b"n" * 32
PLACE = {"company": "acme", "field": "twilio.auth_tokens"}


def written(*keys: bytes) -> str:
    return ",".join(base64.urlsafe_b64encode(key).decode() for key in keys)


@given(st.text().filter(lambda text: text.isprintable()))
def test_what_is_sealed_opens_again(secret: str) -> None:
    box = SecretBox([NEW])

    assert box.open(box.seal(secret, **PLACE), **PLACE) == secret


def test_equal_secrets_are_sealed_differently() -> None:
    box = SecretBox([NEW])

    assert box.seal("secret", **PLACE) != box.seal("secret", **PLACE)


def test_what_is_sealed_does_not_show_the_secret() -> None:
    assert "secret" not in SecretBox([NEW]).seal("secret", **PLACE)


@pytest.mark.parametrize(
    "place",
    [
        {"company": "other", "field": "twilio.auth_tokens"},
        {"company": "acme", "field": "openai.key"},
        {"company": "acmetwilio", "field": ".auth_tokens"},
    ],
)
def test_a_secret_moved_to_another_company_or_field_does_not_open(place: dict[str, str]) -> None:
    box = SecretBox([NEW])

    with pytest.raises(ConfigurationError, match="encrypted for another company or field"):
        box.open(box.seal("secret", **PLACE), **place)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_secret_changed_anywhere_does_not_open(position: int, change: int) -> None:
    box = SecretBox([NEW])
    key_id, _, text = box.seal("secret", **PLACE).partition(".")
    raw = bytearray(base64.urlsafe_b64decode(text))
    raw[position % len(raw)] ^= change

    with pytest.raises(ConfigurationError, match="import the company with its tokens"):
        box.open(f"{key_id}.{base64.urlsafe_b64encode(raw).decode()}", **PLACE)


@pytest.mark.parametrize("text", ["", "!", "AAAA", "A" * 40])
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    box = SecretBox([NEW])
    key_id = box.seal("", **PLACE).partition(".")[0]

    with pytest.raises(ConfigurationError, match=r"twilio\.auth_tokens of company acme"):
        box.open(f"{key_id}.{text}", **PLACE)


def test_old_keys_open_and_the_first_one_seals() -> None:
    sealed = SecretBox([OLD]).seal("secret", **PLACE)
    rotating = SecretBox([NEW, OLD])

    assert rotating.open(sealed, **PLACE) == "secret"
    assert SecretBox([NEW]).open(rotating.seal("secret", **PLACE), **PLACE) == "secret"


def test_a_missing_key_is_named_by_its_id_and_never_by_itself() -> None:
    sealed = SecretBox([OLD]).seal("secret", **PLACE)

    with pytest.raises(ConfigurationError) as refusal:
        SecretBox([NEW]).open(sealed, **PLACE)

    assert sealed.partition(".")[0] in str(refusal.value)
    assert "add that key again" in str(refusal.value)
    assert written(NEW) not in str(refusal.value)


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b""]])
def test_a_box_needs_whole_keys(keys: list[bytes]) -> None:
    with pytest.raises(ConfigurationError, match="openssl rand"):
        SecretBox(keys)


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    keys = load_keys(f" {written(NEW)} ,{written(OLD)}\n", tmp_path / "key", secrets_exist=True)

    assert keys == [NEW, OLD]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["password", written(b"short"), written(NEW) + ",x", "é" * 44])
def test_a_key_that_is_none_is_refused_without_being_shown(value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="urlsafe base64") as refusal:
        load_keys(value, tmp_path / "key", secrets_exist=False)

    assert value not in str(refusal.value)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_key_is_made_when_no_secret_needs_an_old_one(value: str | None, tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret.key"
    made = load_keys(value, file, secrets_exist=False)

    assert file.stat().st_mode & 0o777 == 0o600
    assert load_keys(value, file, secrets_exist=True) == made
    assert [len(key) for key in made] == [32]
    assert list(file.parent.iterdir()) == [file]


def test_a_lost_key_is_not_replaced_while_secrets_need_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="put it back") as refusal:
        load_keys(None, tmp_path / "secret.key", secrets_exist=True)

    assert "CLIENTSVIA_SECRET_KEYS" in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610])
def test_a_file_others_may_read_is_refused_with_the_command_that_mends_it(
    mode: int, tmp_path: Path
) -> None:
    file = tmp_path / "secret key"
    file.write_text(written(NEW))
    file.chmod(mode)

    with pytest.raises(ConfigurationError, match="chmod 600") as refusal:
        load_keys(None, file, secrets_exist=False)

    assert f"chmod 600 '{file}'" in str(refusal.value)


def test_a_file_may_hold_several_keys(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text(f"{written(NEW)}\n{written(OLD)}\n")
    file.chmod(0o600)

    assert load_keys(None, file, secrets_exist=True) == [NEW, OLD]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    os.close(os.open(file, os.O_CREAT, 0o600))

    with pytest.raises(ConfigurationError, match="openssl rand"):
        load_keys(None, file, secrets_exist=False)


def test_a_file_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError, match="CLIENTSVIA_SECRET_KEYS"):
        load_keys(None, tmp_path / "file" / "secret.key", secrets_exist=False)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_keys(None, tmp_path, secrets_exist=False)


def test_of_two_who_make_the_file_at_once_both_get_the_first_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret.key"
    link = os.link

    def slow_link(source: str, target: str) -> None:
        monkeypatch.setattr(os, "link", link)
        load_keys(None, file, secrets_exist=False)
        link(source, target)

    monkeypatch.setattr(os, "link", slow_link)
    mine = load_keys(None, file, secrets_exist=False)

    assert mine == load_keys(None, file, secrets_exist=True)
    assert list(tmp_path.iterdir()) == [file]
