from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization

from clientsvia.admin.diagnosis.installation import (
    check_installation,
    check_redis,
    check_store,
)
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.companies import MemoryCompanies
from tests.admin.diagnosis.setups import amiss, production
from tests.certificates import self_signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile


FILE = Path("/var/lib/clientsvia/calls.db")


class FullStore(MemoryCompanies):
    """A store that cannot be written."""

    async def save(
        self,
        _profiles: Sequence[CompanyProfile],
        *,
        by: str = "",  # noqa: ARG002 - the port's
    ) -> Sequence[StoredProfile]:
        raise StoreUnavailable("the disk is full: make room")


def test_a_public_https_origin_with_signatures_is_well() -> None:
    assert amiss(check_installation(production())) == []


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        ("http://answers.example", "readable by others"),
        ("https://127.0.0.1:8000", "Twilio cannot reach it"),
        ("https://localhost", "Twilio cannot reach it"),
        ("https://192.168.1.20", "Twilio cannot reach it"),
        ("https://[::1]:8000", "Twilio cannot reach it"),
        ("https://office.local", "Twilio cannot reach it"),
        ("answers.example", "no address"),
        ("https://answers.example:eighty", "no address"),
        ("https://[::1", "no address"),
    ],
)
def test_an_origin_twilio_cannot_use_is_told(origin: str, found: str) -> None:
    check = next(check_installation(production(origin=origin)))
    assert found in check.found
    assert "CLIENTSVIA_PUBLIC_ORIGIN" in check.remedy


def test_the_demo_is_well_on_loopback_without_signatures() -> None:
    setup = production(origin="http://127.0.0.1:8000", demo=True, signed=False)
    assert amiss(check_installation(setup)) == []


def test_unsigned_requests_outside_the_demo_are_told() -> None:
    (found,) = amiss(check_installation(production(signed=False)))
    assert "anybody" in found


def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    setup = production(key_file=file)
    assert amiss(check_installation(setup)) == []  # the first start makes it
    file.touch(0o600)
    assert amiss(check_installation(setup)) == []
    file.chmod(0o640)
    (check,) = [c for c in check_installation(setup) if not c.well]
    assert check.remedy == f"chmod 600 {file}"


def test_a_certificate_must_fit_its_key(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (pem, key), (_, other) = self_signed(tmp_path / "one"), self_signed(tmp_path / "two")
    assert amiss(check_installation(production(certificate=(pem, key)))) == []
    for wrong in (other, tmp_path / "none.pem", pem):
        (found,) = amiss(check_installation(production(certificate=(pem, wrong))))
        assert "cannot be used" in found


def test_a_key_with_a_password_is_told_rather_than_asked_for(tmp_path: Path) -> None:
    certificate, file = self_signed(tmp_path)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    (check,) = [
        c for c in check_installation(production(certificate=(certificate, file))) if not c.well
    ]
    assert "without a password" in check.remedy


async def test_a_store_that_cannot_be_written_is_told_with_its_own_remedy() -> None:
    check = await check_store(production(store=FILE), FullStore())
    assert "cannot be written" in check.found
    assert check.remedy == "the disk is full: make room"


async def test_a_store_that_can_be_written_is_named_in_full() -> None:
    check = await check_store(production(store=FILE), MemoryCompanies())
    assert check.well
    assert str(FILE) in check.found


async def test_what_is_in_memory_cannot_be_looked_at() -> None:
    assert "CLIENTSVIA_STORE" in (await check_store(production(), MemoryCompanies())).remedy


class Redis:
    """A Redis that answers the nth time it is asked."""

    place = "cache:6379"

    def __init__(self, answers: int) -> None:
        self._unanswered = answers - 1

    async def ping(self) -> None:
        if self._unanswered > 0:
            self._unanswered -= 1
            raise StoreUnavailable("see that Redis runs")


async def test_a_redis_whose_connection_takes_a_moment_is_well() -> None:
    check = await check_redis(Redis(answers=2))
    assert check.well
    assert "cache:6379" in check.found


async def test_a_redis_that_does_not_answer_is_told_with_its_remedy() -> None:
    check = await check_redis(Redis(answers=9))
    assert check.remedy == "see that Redis runs"
