"""The installation itself: where it is reached, whom it believes, and where it keeps things."""

from __future__ import annotations

import asyncio
import ssl
import stat
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.companies.public_hosts import is_public_host
from clientsvia.errors import ClientsViaError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clientsvia.admin.ports import Shared
    from clientsvia.companies.ports import Companies

CERTIFICATE_REMEDY = (
    "name a PEM chain in CLIENTSVIA_TLS_CERTIFICATE, and its key, without a password, in "
    "CLIENTSVIA_TLS_KEY"
)
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def check_installation(setup: Setup) -> Iterator[Check]:
    """The origin, the certificate, signatures and the key file: what needs nothing opened."""
    yield check_origin(setup)
    if setup.certificate is not None:
        yield _certificate(*setup.certificate)
    yield _signatures(setup)
    if setup.key_file is not None:
        yield _key_file(setup.key_file)


async def check_store(setup: Setup, companies: Companies) -> Check:
    """Whether companies can be changed, which takes the same lock as every commit of a call."""
    place = setup.store or "in memory"
    try:
        await companies.save([])
    except ClientsViaError as error:
        return Check(Trouble.COMPANY, "store", f"{place} cannot be written", str(error))
    if setup.store is None:
        remedy = "set CLIENTSVIA_STORE to a file: what is in memory is seen by one process alone"
        return Check(Trouble.COMPANY, "store", "in memory", remedy)
    return Check(Trouble.COMPANY, "store", f"{place}, can be written")


async def check_redis(shared: Shared) -> Check:
    """Whether Redis answers in time; asked a few times, for a connection may take a moment."""
    remedy = ""
    for pause in (0.4, 0.4, 0.4, 0.0):
        try:
            await shared.ping()
        except StoreUnavailable as error:
            remedy = str(error)
            await asyncio.sleep(pause)
        else:
            return Check(Trouble.WEBHOOK, "Redis", f"{shared.place} answers in time")
    found = f"{shared.place} does not answer in time: each worker goes on by itself"
    return Check(Trouble.WEBHOOK, "Redis", found, remedy)


def check_origin(setup: Setup) -> Check:
    """Whether Twilio can reach the service where it says it is, by what the address tells."""
    what = "public origin"
    if setup.demo:
        return Check(Trouble.WEBHOOK, what, f"{setup.origin} (demo: this machine alone)")
    remedy = "set CLIENTSVIA_PUBLIC_ORIGIN to the https:// address at which Twilio reaches this"
    scheme, host = _scheme_and_host(setup.origin)
    if not host:
        return Check(Trouble.WEBHOOK, what, f"{setup.origin} is no address", remedy)
    if not is_public_host(host):
        found = f"{setup.origin} is this machine or its own network: Twilio cannot reach it"
        return Check(Trouble.WEBHOOK, what, found, f"{remedy} (or CLIENTSVIA_DEMO=1 for the demo)")
    if scheme != "https":
        found = f"{setup.origin}: callers' words travel readable by others"
        return Check(Trouble.WEBHOOK, what, found, remedy)
    return Check(Trouble.WEBHOOK, what, setup.origin)


def _scheme_and_host(origin: str) -> tuple[str, str]:
    """Both parts of an address, empty where it is none."""
    try:
        parts = urlsplit(origin)
        good = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return "", ""
    return (parts.scheme, parts.hostname or "") if good else ("", "")


def certificate_fault(certificate: Path, key: Path) -> str:
    """Why a server cannot use this chain with this key; empty when it can."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # A password that is none: without it an encrypted key would be asked for at the terminal.
        context.load_cert_chain(certificate, key, password="")
    except OSError as error:  # what ssl raises is one
        reason = getattr(error, "reason", None) or error.strerror or type(error).__name__
        return f"{certificate} cannot be used with {key} ({reason})"
    return ""


def _certificate(certificate: Path, key: Path) -> Check:
    fault = certificate_fault(certificate, key)
    if fault:
        return Check(Trouble.WEBHOOK, "certificate", fault, CERTIFICATE_REMEDY)
    return Check(Trouble.WEBHOOK, "certificate", f"{certificate} fits its key")


def _signatures(setup: Setup) -> Check:
    what = "signatures"
    if setup.signed:
        return Check(Trouble.WEBHOOK, what, "requests must be signed by Twilio")
    if setup.demo:
        return Check(Trouble.WEBHOOK, what, "not checked (demo: this machine alone)")
    found = "not checked: anybody can use the webhooks in Twilio's name"
    remedy = "unset CLIENTSVIA_VALIDATE_SIGNATURES"
    return Check(Trouble.WEBHOOK, what, found, remedy)


def _key_file(file: Path) -> Check:
    what = "key file"
    try:
        mode = file.stat().st_mode
    except OSError as error:
        # A first start makes one; where secrets need an old one, opening the store says so.
        found = f"{file.absolute()}: {error.strerror}"
        return Check(Trouble.WEBHOOK, what, found)
    if mode & OTHERS_MAY:
        found = f"others may read {file.absolute()}: the service will not start"
        return Check(Trouble.WEBHOOK, what, found, f"chmod 600 {file.absolute()}")
    return Check(Trouble.WEBHOOK, what, f"{file.absolute()}, for this user alone")
