"""Documents are tried out beside a real service."""

from tests.serving import serve

__all__ = ["serve"]
