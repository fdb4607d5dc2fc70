"""Values that are made for each webhook."""

from __future__ import annotations

from clientsvia.companies.value import value

__all__ = ["value"]
