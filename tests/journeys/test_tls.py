"""The service serves HTTPS by two settings."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.certificates import self_signed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Serve

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_https_is_served_to_clients_of_both_versions(
    serve: Serve, tmp_path: Path, version: ssl.TLSVersion
) -> None:
    certificate, key = self_signed(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate))
    context.minimum_version = context.maximum_version = version
    body = b"Called=%2B12395551212&Caller=%2B15551234567&CallSid=test123"
    with (
        serve(tls_certificate=str(certificate), tls_key=str(key)) as service,
        urlopen(service.voice, data=body, timeout=5, context=context) as response,
    ):
        document = response.read()
    assert b'action="https://127.0.0.1:' in document
