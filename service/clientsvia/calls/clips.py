"""Names of sounds: nobody can guess one, and what would sound different is called otherwise."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OWNER_LENGTH = 16
_NAME = re.compile(r"[0-9a-f]{64}")


def is_clip_name(text: str) -> bool:
    """Whether ``text`` could name a clip: 64 hexadecimal digits and nothing else."""
    return _NAME.fullmatch(text) is not None


def owner_of(name: str) -> str:
    """The part of a clip's name that all clips of its company share."""
    return name[:OWNER_LENGTH]


class ClipNames:
    """Names clips by an HMAC of all that decides how they sound.

    The company comes first in every name, as an HMAC as well, so that a store can be fair to
    companies without knowing them. Another first secret names everything anew.
    """

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._secret = hmac.digest(secrets[0], b"clips", "sha256")

    def of(self, company: str, *voice: str | float) -> VoiceNames:
        """The names of a company's sentences; ``voice`` are provider, voice, model and settings."""
        return VoiceNames(self._secret, company, voice)


class VoiceNames:
    """The names of what one company says in one voice."""

    def __init__(self, secret: bytes, company: str, voice: Sequence[str | float]) -> None:
        self.owner = hmac.digest(secret, _framed("owner", company), "sha256").hex()[:OWNER_LENGTH]
        self._keyed = hmac.new(secret, digestmod="sha256")
        self._keyed.update(_framed("clip", company, *map(repr, voice)))

    def name(self, text: str) -> str:
        """The name of the clip that says ``text``."""
        mac = self._keyed.copy()
        mac.update(text.encode("utf-8", "surrogatepass"))
        return f"{self.owner}{mac.hexdigest()[OWNER_LENGTH:]}"


def _framed(*fields: str) -> bytes:
    """The fields with their lengths, so that no two lists of fields make the same bytes."""
    raw = [field.encode("utf-8", "surrogatepass") for field in fields]
    return b"".join(b"%d:%b" % (len(field), field) for field in raw) + b"."
