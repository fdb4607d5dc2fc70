"""Secrets at rest: AES-GCM, bound to the company and field they belong to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import secrets
import shlex
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from clientsvia.errors import ConfigurationError
from clientsvia.logs import conceal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEYS_VARIABLE = "CLIENTSVIA_SECRET_KEYS"
"""The environment variable whose value ``load_keys`` is given."""

KEY_BYTES = 32
_NONCE_BYTES = 12
_OTHERS_MAY = 0o077
_MAKE_ONE = "make one with: openssl rand -base64 32 | tr '+/' '-_'"


class SecretBox:
    """Seals with the first key, opens with any: so keys are changed without losing what is stored.

    What is sealed reads ``KEYID.BASE64``, where KEYID tells which key opens it. What has been in
    here in plain text stands in no line of the log.
    """

    def __init__(
        self, keys: Sequence[bytes], again: Callable[[], Sequence[bytes]] | None = None
    ) -> None:
        """``again`` reads the keys anew when a secret was sealed with one that was added since."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ConfigurationError(
                f"secrets need at least one key, each of {KEY_BYTES} bytes: {_MAKE_ONE}"
            )
        self._again = again
        self._take(keys)

    def _take(self, keys: Sequence[bytes]) -> None:
        self._keys = {key_id(key): key for key in keys}
        self.first = key_id(keys[0])

    def _key(self, name: str) -> bytes | None:
        """A key by its id, also one that another process has put into the key file meanwhile."""
        if name not in self._keys and self._again is not None:
            with suppress(ConfigurationError):  # what is wrong with the secret is told instead
                self._take(self._again())
        return self._keys.get(name)

    def seal(self, secret: str, *, company: str, field: str) -> str:
        """Encrypt a secret for one field of one company."""
        conceal(secret)
        nonce = os.urandom(_NONCE_BYTES)
        cipher = _cipher(self._keys[self.first])
        sealed = cipher.encrypt(nonce, secret.encode(), _place(company, field))
        return f"{self.first}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, company: str, field: str) -> str:
        """Decrypt what was sealed for this field of this company, or raise ConfigurationError."""
        name, _, text = sealed.partition(".")
        key = self._key(name)
        if key is None:
            raise ConfigurationError(
                f"{field} of company {company} was encrypted with key {name}, which is not among "
                f"the present ones ({', '.join(self._keys)}): add that key again after the "
                "first, or import the company with its tokens and keys"
            )
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise _changed(field, company) from error
        return _opened(key, raw, company, field)


def _opened(key: bytes, raw: bytes, company: str, field: str) -> str:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as in _cipher

    nonce, sealed = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
    try:
        secret = _cipher(key).decrypt(nonce, sealed, _place(company, field)).decode()
    except (InvalidTag, ValueError) as error:
        raise _changed(field, company) from error
    conceal(secret)
    return secret


def _changed(field: str, company: str) -> ConfigurationError:
    return ConfigurationError(
        f"{field} of company {company} cannot be decrypted: it was changed, or was encrypted for "
        "another company or field; import the company with its tokens and keys"
    )


def _cipher(key: bytes) -> AESGCM:
    # PERF: 6 MB in every worker, where no company has an account of its own.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - see above

    return AESGCM(key)


def key_id(key: bytes) -> str:
    """What names a key where it is not to be seen."""
    return hashlib.sha256(b"clientsvia key id" + key).hexdigest()[:8]


def _place(company: str, field: str) -> bytes:
    return b"\0".join((company.encode(), field.encode()))


def load_keys(env_value: str | None, file: Path, *, secrets_exist: bool) -> list[bytes]:
    """The keys from the environment, else from ``file``, made where no secret needs an old one.

    Both hold urlsafe base64, keys apart by commas or line ends, the one to encrypt with first.
    Raises ConfigurationError when there is none, or others may read the file.
    """
    if env_value and env_value.strip():
        return _parse_keys(env_value, KEYS_VARIABLE)
    try:
        return _read_keys(file)
    except FileNotFoundError:
        if secrets_exist:
            raise ConfigurationError(
                f"the store holds secrets, but the key that opens them is gone: put it back into "
                f"{file} (mode 600) from your backup, or set {KEYS_VARIABLE} to it. Without it, "
                "move the database away and import the companies with their tokens"
            ) from None
    _make_key(file)
    return _read_keys(file)


def _read_keys(file: Path) -> list[bytes]:
    try:
        with file.open(encoding="ascii", errors="replace") as stream:
            if os.fstat(stream.fileno()).st_mode & _OTHERS_MAY:
                raise ConfigurationError(
                    f"others may read the key file {file}: run chmod 600 {shlex.quote(str(file))}"
                )
            return _parse_keys(stream.read(), str(file))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigurationError(
            f"the key file {file} cannot be read ({error.strerror}): "
            f"let this user own it, or set {KEYS_VARIABLE}"
        ) from error


def _parse_keys(text: str, place: str) -> list[bytes]:
    keys = []
    for number, part in enumerate(re.split(r"[,\s]+", text.strip()), start=1):
        try:
            key = base64.b64decode(part, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise ConfigurationError(
                f"key {number} in {place} is not {KEY_BYTES} bytes of urlsafe base64: {_MAKE_ONE}"
            )
        keys.append(key)
    return keys


def write_keys(file: Path, keys: Sequence[bytes]) -> None:
    """Put these keys into the file in the place of those that are there, whole or not at all."""
    with _draft(file, keys) as draft:
        draft.replace(file)


def _make_key(file: Path) -> None:
    """Write a new key beside ``file`` and link it there: whole, and never over another's."""
    with (
        _draft(file, [secrets.token_bytes(KEY_BYTES)]) as draft,
        suppress(FileExistsError),  # another process was first: its key is everybody's
    ):
        os.link(draft, file)


@contextmanager
def _draft(file: Path, keys: Sequence[bytes]) -> Iterator[Path]:
    """A file beside the key file with these keys, on the disk; gone afterwards."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(base64.urlsafe_b64encode(key) + b"\n" for key in keys)
            stream.flush()
            os.fsync(stream.fileno())
        yield draft
    except OSError as error:
        raise ConfigurationError(
            f"the key file {file} cannot be made ({error.strerror}): give this user write access "
            f"to {file.parent}, or set {KEYS_VARIABLE}; {_MAKE_ONE}"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
