"""The companies that peers look the called number up among, as a JSON file they read at start."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches.load.wire import COMPANIES, company_name
from benches.webhook import TOKEN, URL, numbers

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "PEER_COMPANIES"
STATE = ".1795499900.1.0.0.l..1c4677b62a7cd5ae3e6719b625cbcc9f"  # as long as what ours signs


def write(file: Path) -> None:
    """Write what every peer knows: the companies by number, the token, the public URL."""
    companies = {
        number: {"slug": f"company-{at:04}", "name": company_name(at)}
        for at, number in enumerate(numbers(0, COMPANIES))
    }
    known = {"companies": companies, "token": TOKEN, "url": URL, "state": STATE}
    file.write_text(json.dumps(known), encoding="utf-8")
